"""The catalogue of substrates, fetching without an index, and the tables."""

from __future__ import annotations

import io
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.injection.attempts import Attempt
from benchmarks.injection.classic import classic_programs
from benchmarks.injection.splitting import hide
from benchmarks.injection.substrates import Substrate, catalogue, lay_out, unpacked
from benchmarks.injection.tables import Result, attempts_table, results_table
from tasks.errors import DataError


def archive(folder: Path) -> str:
    """A source distribution in the cache; returns its digest."""
    path = folder / "archives" / "some_thing-1.0.tar.gz"
    path.parent.mkdir()
    with tarfile.open(path, "w:gz") as tar:
        for name in ("some_thing.py", "tests/test_it.py"):
            content = b"def f():\r\n    return 1\r\n"
            info = tarfile.TarInfo(f"some_thing-1.0/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return sha256(path.read_bytes()).hexdigest()


def thing(digest: str, source: str = "some_thing.py") -> Substrate:
    return Substrate(
        name="some-thing",
        kind="nothing",
        version="1.0",
        sha256=digest,
        copy={source: "some_thing.py", "tests": "tests"},
        modules=("some_thing.py",),
        tests=("tests/test_*.py",),
    )


def test_the_catalogue_has_many_kinds_and_pins_what_it_fetches() -> None:
    known = catalogue()
    assert len({substrate.kind for substrate in known.values()}) >= 12
    fetched = [s for s in known.values() if s.version is not None]
    assert len(fetched) >= 10
    assert all(len(str(s.sha256)) == 64 for s in fetched)
    for substrate in known.values():
        if substrate.version is None:
            assert all((substrate.folder / path).exists() for path in substrate.copy_)


def test_a_cached_archive_is_laid_out_byte_for_byte(tmp_path: Path) -> None:
    substrate = thing(archive(tmp_path))
    lay_out(substrate, tmp_path, tmp_path / "tree")
    assert (tmp_path / "tree" / "some_thing.py").read_bytes().count(b"\r\n") == 2
    assert "pythonpath = ." in (tmp_path / "tree" / "pytest.ini").read_text()


def test_another_digest_is_refused(tmp_path: Path) -> None:
    archive(tmp_path)
    with pytest.raises(DataError, match="expected 0000"):
        unpacked("some-thing", "1.0", "0" * 64, tmp_path)


def test_a_missing_path_names_the_substrate(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="some-thing has no src"):
        lay_out(thing(archive(tmp_path), source="src"), tmp_path, tmp_path / "tree")


def test_what_pip_cannot_fetch_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(DataError, match="could not fetch the source of some-thing"):
        unpacked("some-thing", "1.0", "0" * 64, tmp_path)


def test_programs_keep_their_own_unseen_tests(tmp_path: Path) -> None:
    for name in ("sums/sums.py", "sums/tests/test_sums.py", "sums/unseen/test_more.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (program,) = classic_programs(tmp_path)
    assert program.name == "classic-sums"
    assert program.unseen == ("unseen/test*.py",)
    assert set(program.copy_) == {"sums.py", "tests", "unseen"}


def test_hiding_leaves_a_file_that_works() -> None:
    text = "import os\n\n\n@mark\ndef test_a():\n    pass\n\n\n"
    text += "class TestB:\n    def test_c(self):\n        pass\n"
    assert hide(text, {"TestB.test_c"}) == text.replace(
        "    def test_c(self):\n        pass\n", "    pass\n"
    )
    assert "test_a" not in hide(text, {"test_a"})
    assert "@mark" not in hide(text, {"test_a"})


def test_tables() -> None:
    attempt = Attempt(
        key="k", substrate="s", kind="MFC+MIA", file="f", line=1, verdict="kept", seconds=1.0
    )
    table = attempts_table([attempt, attempt.model_copy(update={"verdict": "survived"})])
    assert "| MIA | 2 | 1 | 1 | 1.0 |" in table
    assert "| all | 2 | 1 | 1 | 1.0 |" in table.splitlines()[-1]
    right = Result(
        case="a",
        kind="MFC",
        substrate="s",
        half="reported",
        verdict="right",
        evaluations=5,
        seconds=1,
    )
    wrong = right.model_copy(update={"verdict": "plausible", "evaluations": 9})
    assert "| MFC | 2 | 1 | 50% | 1 | 5 |" in results_table([right, wrong])
