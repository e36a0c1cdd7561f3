"""What holds of every proposal: it parses, stays within bounds, and leaves the rest as it was."""

from __future__ import annotations

import ast
import difflib
import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from researchers.program_analysis.catalogue import DETECTORS, OPERATORS
from researchers.program_analysis.recipes import RECIPES
from tasks.records.candidate import Failure
from tasks.records.dossier import Sample
from tasks.records.evidence import FlowCount, FlowTrace, Location, SwallowedException
from tasks.records.knowledge import ExperienceEntry, ExperienceHit

BLOCKS = (
    "def f{n}(rows, limit=5):\n    best = sorted(rows)[:limit]\n"
    "    return [r for r in best if r and r > {n}]\n",
    "def g{n}(text: str, word: str) -> bool:\n    # Grüße, 日本\n    return word in text  # kept\n",
    "class K{n}:\n    def __init__(self, name='ä'):\n        self.name = name\n\n"
    "    def same(self, name: str):\n        return self.name == name or {n}\n",
    "async def h{n}(xs=[]):\n    for i in range(len(xs) - 1):\n        if xs[i] <= {n}:\n"
    "            continue\n        xs[i] -= 1; yield xs[i]\n",
    "def t{n}(text: str) -> list[str]:\n    '''Words.'''\n    return text.split()\n",
    "def e{n}(rows):\n    out = {{}}\n    for r in rows:\n        try:\n"
    "            out[r['text']] = float(r['amount']) / {n}\n        except Exception: pass\n"
    "    return max(0, *out.values()) if out else -({n} ** 2)\n",
)


@given(
    st.lists(st.tuples(st.sampled_from(BLOCKS), st.integers(1, 9)), min_size=1, max_size=5),
    st.booleans(),
)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_proposal_parses_and_keeps_to_its_place(
    bench: Any, blocks: list[tuple[str, int]], frozen: bool
) -> None:
    text = "\n\n".join(b.format(n=f"{i}{n}" if i else n) for i, (b, n) in enumerate(blocks))
    target = bench({"pkg/a.py": text, "pkg/b.py": BLOCKS[0].format(n=7), "pkg/__init__.py": ""})
    fields = {"protected": ("pkg/b.py",)} if frozen else {}
    drafts = target.draft(400, **fields)
    base = {"pkg/a.py": text, "pkg/b.py": BLOCKS[0].format(n=7)}
    assert drafts.proposals
    for proposal in drafts.proposals:
        for edit in proposal.edits:
            assert edit.content is not None
            ast.parse(edit.content)
            assert not (frozen and edit.path == "pkg/b.py")
            if edit.path in base and not proposal.source.startswith("recipe"):
                assert _changed(base[edit.path], edit.content) <= 12


def _changed(old: str, new: str) -> int:
    diff = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return sum(line[:1] in "+-" and line[:3] not in {"+++", "---"} for line in diff)


def test_the_first_thirty_are_of_many_kinds_and_strictly_ordered(bench: Any) -> None:
    text = "\n\n".join(b.format(n=i + 1) for i, b in enumerate(BLOCKS * 3))
    proposals = bench({"a.py": text}).draft(30).proposals
    assert len({p.source for p in proposals}) >= 8
    priorities = [p.priority for p in proposals]
    assert priorities == sorted(priorities, reverse=True)
    assert len({p.id for p in proposals}) == len({p.edit_digest for p in proposals}) == 30


def test_what_was_tried_is_not_drafted_again(bench: Any) -> None:
    target = bench({"a.py": BLOCKS[0].format(n=1)})
    first = target.draft(5).proposals
    again = target.draft(500, tried=frozenset(p.edit_digest for p in first)).proposals
    assert not {p.edit_digest for p in first} & {p.edit_digest for p in again}


def test_the_same_dossier_gives_the_same_proposals(bench: Any) -> None:
    target = bench({"a.py": "\n\n".join(b.format(n=i + 1) for i, b in enumerate(BLOCKS))})
    assert target.draft(60) == target.draft(60)


def test_experience_moves_priors_and_can_be_switched_off(bench: Any) -> None:
    target = bench({"a.py": BLOCKS[0].format(n=1)})
    entry = ExperienceEntry(
        id="1", run="r", target="t", tree="x", title="", idea="", change_type="bug_fix",
        source="operator:filter_first", researcher="program_analysis", verdict="rejected",
        reason="", delta=0.0, edit_digest="",
    )  # fmt: skip
    hits = tuple(ExperienceHit(entry=entry, similarity=0.5) for _ in range(8))
    plain = target.of("operator:filter_first")[0].priority
    assert target.of("operator:filter_first", experience=hits)[0].priority < plain


def test_traced_exceptions_and_coverage_strengthen_findings(bench: Any) -> None:
    target = bench({"a.py": BLOCKS[5].format(n=1) + "\n\n" + BLOCKS[0].format(n=2)})
    seen = SwallowedException(
        location=Location(path="a.py", line=6), exception="KeyError", message="'amount'", count=9
    )
    trace = FlowTrace(
        flows=(FlowCount(location=Location(path="a.py", function="e1"), calls=2),),
        swallowed=(seen,), coverage={"a.py:e1": ("i1", "i2"), "a.py:f2": ("i2",)}, items=2,
    )  # fmt: skip
    samples = tuple(
        Sample(item=i, group="g", question="", gold="", prediction="", score=s)
        for i, s in (("i1", 0.0), ("i2", 1.0))
    )
    findings = target.diagnose(trace=trace, samples=samples)
    assert findings[0].kind == "swallowed"
    assert "9 times" in findings[0].evidence


def test_a_missing_import_is_mended(bench: Any) -> None:
    target = bench({"a.py": "def f(text):\n    return text[:3]\n"})
    proposal = target.draft(1).proposals[0]
    broken = proposal.edits[0].model_copy(
        update={"content": "def f(text):\n    return re.sub('a', 'b', text)\n"}
    )
    proposal = proposal.model_copy(update={"edits": (broken,)})
    output = "File \"a.py\", line 2\nNameError: name 're' is not defined"
    mended = target.repair(Failure(proposal=proposal, step="tests", output=output, attempt=1))
    assert mended.refines == proposal.id
    assert mended.edits[0].content.startswith("import re")
    silent = Failure(proposal=proposal, step="tests", output="1 failed", attempt=1)
    assert target.repair(silent) is None


def _mended(bench: Any, text: str, output: str) -> str:
    target = bench({"a.py": "def f(text):\n    return text[:3]\n"})
    proposal = target.draft(1).proposals[0]
    broken = proposal.edits[0].model_copy(update={"content": text})
    proposal = proposal.model_copy(update={"edits": (broken,)})
    failure = Failure(proposal=proposal, step="tests", output=output, attempt=1)
    content: str = target.repair(failure).edits[0].content
    return content


def test_an_unexpected_argument_is_dropped_from_its_call(bench: Any) -> None:
    text = (
        "def g(a):\n    return a\n\n\ndef f(b):\n"
        "    return g(\n        b,\n        n=(1, 2),  # two\n    )\n"
    )
    output = "File \"a.py\", line 6\nTypeError: g() got an unexpected keyword argument 'n'"
    assert "n=" not in _mended(bench, text, output)
    assert "g(\n        b,\n" in _mended(bench, text, output)


def test_a_missing_value_is_guarded_with_its_comment(bench: Any) -> None:
    text = "def f(a):\n    # upper\n    a.b = a.name.upper()  # x\n    return a\n"
    output = "File \"a.py\", line 3\nAttributeError: 'NoneType' object has no attribute 'upper'"
    assert _mended(bench, text, output) == (
        "def f(a):\n    # upper\n    # x\n    if a.name is not None:\n"
        "        a.b = a.name.upper()\n    return a\n"
    )


def test_the_catalogue_is_of_one_piece() -> None:
    names = [o.name for o in OPERATORS] + [r.name for r in RECIPES]
    assert len(set(names)) == len(names)
    assert all(0 < o.prior <= 1 for o in OPERATORS)
    assert len({d.__module__ for d in DETECTORS}) == len(DETECTORS)


def test_two_thousand_lines_take_seconds(bench: Any) -> None:
    text = "\n\n".join(b.format(n=i + 1) for i, b in enumerate(BLOCKS * 56))
    assert 1800 < text.count("\n") < 2600
    parts = text.split("\n\n\n")
    files = {f"m{i}.py": "\n\n\n".join(parts[i::8]) for i in range(8)}
    target = bench(files)
    start = time.process_time()
    assert len(target.draft(60).proposals) == 60
    assert time.process_time() - start < 15, "aim: 5 s"
