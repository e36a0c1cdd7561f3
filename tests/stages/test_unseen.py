"""What held-out tests say of a mend: refuted, confirmed, or neither; with two faults at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stages.opening import open_sealed
from stages.run import Run
from stages.suites import ONLY_SEEN
from stages.unseen import BREAKS_UNSEEN, UNCONFIRMED, Heard, hear
from tasks.records.change import FileEdit
from tests.stages.runs import needs_sandbox, new_run_of

pytestmark = [pytest.mark.slow, needs_sandbox]
CONTRACT = """
name: shop
repository: {path: tree, snapshot: true}
editable: ["*.py"]
protected: [tests/**, conftest.py]
metric: {kind: pytest, command: ["{python}", -m, pytest, -q, -p, "no:cacheprovider", tests]}
splits: {dev: [test_price, test_price_of_many, test_name], sealed: [SEALED, test_names]}
limits: {seconds: 60}
budget: {experiments: 6, minutes: 30, sealed_openings: 12, repeats: 2}
"""
CODE = """def price(units, each):
    return units + each


def label(names):
    return names[0] + names[len(names)]


def bill(units, each, names):
    total = price(units, each)
    return f"{label(names)}: {total}"


def shout(name):
    return name.upper()


def shorter(name):
    return name
"""
TESTS = """from shop import bill, price, shorter, shout

def test_price():
    assert price(3, 4) == 12

def test_price_of_many():
    assert price(5, 6) == 30

def test_price_of_few():
    assert price(1, 7) == 7

def test_bill():
    assert bill(2, 5, ["a", "b"]) == "ab: 10"

def test_shorter():
    assert shorter("ab") == "a"

def test_name():
    assert shout("ab") == "AB"

def test_names():
    assert shout("abc") == "ABC"
"""
RIGHT = CODE.replace("units + each", "units * each")
BY_HEART = CODE.replace("return units + each", "return {3: 12, 5: 30}.get(units, units + each)")
GUARDED = CODE.replace(
    "    return units + each",
    "    if units == 3:\n        return 12\n    if units == 5:\n        return 30\n"
    "    return units + each",
)


def shop(folder: Path, sealed: str) -> Run:
    (folder / "tree" / "tests").mkdir(parents=True)
    (folder / "tree" / "conftest.py").write_text("")
    (folder / "tree" / "shop.py").write_text(CODE)
    (folder / "tree" / "tests" / "test_shop.py").write_text(TESTS)
    contract = CONTRACT.replace("SEALED", sealed).replace(" test_", " tests.test_shop::test_")
    (folder / "shop.yaml").write_text(contract.replace("[test_", "[tests.test_shop::test_"))
    return new_run_of(folder / "shop.yaml")


def said(run: Run, text: str) -> Heard:
    base = run.workspace.base
    edit = FileEdit(path="shop.py", content=text)
    mend = run.workspace.commit(base, [edit], "A mend", {}, "mend")
    seen = run.evaluator.evaluate(mend, purpose="merge", seed=run.seed)
    old, new = (open_sealed(run, commit, "test") for commit in (base, mend))
    return hear(run, base, mend, seen, new, old)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("unseen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHETSTONE_HOME", str(made / "home"))
        yield made


def test_a_right_mend_is_not_blamed_for_a_fault_that_it_does_not_touch(folder: Path) -> None:
    run = shop(folder / "a", "test_shorter")
    heard = said(run, RIGHT)
    assert heard.against == ""
    assert heard.note.startswith(UNCONFIRMED)
    traced = [(s.split, s.items) for s in run.spending() if s.purpose == "probe"]
    assert traced == [("sealed", 1)]
    assert run.seal.openings == 2


def test_nor_for_one_that_fails_at_another_place(folder: Path) -> None:
    run = shop(folder / "b", "test_bill")
    heard = said(run, RIGHT)
    assert heard.against == ""
    assert heard.note.startswith(UNCONFIRMED)
    assert not [s for s in run.spending() if s.purpose == "probe"]


def test_a_held_out_test_of_the_same_fault_confirms_or_refutes(folder: Path) -> None:
    run = shop(folder / "c", "test_price_of_few")
    assert said(run, RIGHT) == Heard(note="it mends 1 of 1 held-out tests that failed")
    assert said(run, BY_HEART) == Heard(against=ONLY_SEEN)
    assert said(run, GUARDED) == Heard(against=ONLY_SEEN)
    broken = RIGHT.replace("name.upper()", "name.upper()[:2]")
    assert said(run, broken) == Heard(against=BREAKS_UNSEEN)
