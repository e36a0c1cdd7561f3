"""The report's sample document, and a store made once: making one takes seconds."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tasks.track.store import open_client


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    path = Path(__file__).parents[1] / "report" / "sample_document.py"
    spec = importlib.util.spec_from_file_location("sample_document_for_track", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("empty")
    open_client(home).search_experiments()
    return home / "mlflow.db"


@pytest.fixture
def home(tmp_path: Path, empty_store: Path) -> Path:
    """A home whose store exists and is empty."""
    made = tmp_path / "home"
    made.mkdir()
    shutil.copy(empty_store, made / "mlflow.db")
    return made
