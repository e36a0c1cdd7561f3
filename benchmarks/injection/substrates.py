"""Substrates: working packages with their tests, into which defects are put.

`substrates.yaml` lists them. Nothing of other people's packages is kept in this repository: their
source distributions are fetched by pip into a cache when they are asked for, and checked by digest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import Field

from tasks.errors import DataError
from tasks.records.base import Record

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path(__file__).with_name("substrates.yaml")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", ".hypothesis", "*.pyi")


class Substrate(Record):
    """One working package.

    `kind` says what its code does. `copy_` maps paths of its origin to paths of a case's
    repository; `modules` and `tests` are globs there: where defects go, and what judges them.
    `unseen` are globs of tests that are never visible; without any, half of the tests are drawn.
    `python_path` are folders that tests import from. A package has `version` and `sha256` of its
    source distribution; without them the origin is `folder`, by default this repository.
    `least_passing` is the share of tests that a defect must leave passing.
    """

    name: str
    kind: str
    copy_: Mapping[str, str] = Field(alias="copy")
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    unseen: tuple[str, ...] = ()
    python_path: tuple[str, ...] = (".",)
    version: str | None = None
    sha256: str | None = None
    folder: Path = ROOT
    least_passing: float = 0.6

    def origin(self, cache: Path) -> Path:
        """The folder that `copy` reads from. Raises DataError."""
        if self.version is None:
            return self.folder
        return unpacked(self.name, self.version, str(self.sha256), cache)


def catalogue(path: Path = CATALOGUE) -> dict[str, Substrate]:
    """All substrates by name."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Substrate(name=name, **entry) for name, entry in document.items()}


def default_cache() -> Path:
    """Where source distributions are kept: `WHETSTONE_SUBSTRATES`, or the user's cache."""
    named = os.environ.get("WHETSTONE_SUBSTRATES")
    return Path(named) if named else Path.home() / ".cache" / "whetstone" / "substrates"


def unpacked(name: str, version: str, digest: str, cache: Path) -> Path:
    """A source distribution's folder, fetched and unpacked once. Raises DataError."""
    folder = cache / f"{name}-{version}-{digest[:12]}"
    if not folder.is_dir():
        archive = _fetched(name, version, cache)
        found = sha256(archive.read_bytes()).hexdigest()
        if found != digest:
            raise DataError(
                f"{archive} has the digest {found}, expected {digest}",
                "delete it and try again; if it stays so, the release was changed: pin another",
            )
        _unpack(archive, folder)
    return folder


def _fetched(name: str, version: str, cache: Path) -> Path:
    archives = cache / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    spelled = {name, name.replace("-", "_")}
    known = [path for n in spelled for path in archives.glob(f"{n}-{version}.tar.gz")]
    if not known:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", name, "--dest", str(archives), f"{name}=={version}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        known = [path for n in spelled for path in archives.glob(f"{n}-{version}.tar.gz")]
        if not known:
            raise DataError(
                f"pip could not fetch the source of {name} {version}: {done.stderr.strip()[-500:]}",
                f"connect to a package index, or put its archive into {archives}",
            )
    return known[0]


def _unpack(archive: Path, folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(part, filter="data")
    (top,) = part.iterdir()
    top.replace(folder)
    part.rmdir()


def lay_out(substrate: Substrate, cache: Path, tree: Path) -> None:
    """Writes a substrate's healthy tree, with a pytest.ini of its own. Raises DataError."""
    origin = substrate.origin(cache)
    for source, target in substrate.copy_.items():
        here, there = origin / source, tree / target
        if not here.exists():
            raise DataError(
                f"substrate {substrate.name} has no {source} in {origin}",
                f"mend `copy` of {substrate.name} in {CATALOGUE.name}",
            )
        there.parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, there, ignore=_LEFT_OUT, dirs_exist_ok=True)
        else:
            shutil.copy2(here, there)
    lines = ["[pytest]", f"pythonpath = {' '.join(substrate.python_path)}"]
    lines += ["python_files = test*.py *_test.py", ""]
    (tree / "pytest.ini").write_text("\n".join(lines), encoding="utf-8")
