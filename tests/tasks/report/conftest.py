"""The sample document, which the report's benchmark uses too."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The module `sample_document` beside this file."""
    path = Path(__file__).with_name("sample_document.py")
    spec = importlib.util.spec_from_file_location("sample_document", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
