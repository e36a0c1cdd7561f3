"""The shipped recording: no machine in it, and the same changes come out again, offline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from benchmarks.language_model import HEAD, RECORDED, measured, row
from researchers.language_model.models import load_model
from researchers.language_model.models.recording import read_recording
from researchers.language_model.models.settings import Replay
from tests.stages.runs import needs_sandbox

CONFIGS = Path(__file__).parents[2] / "configs"
FOLDER = CONFIGS / "recordings" / "lifelog"
ACCEPTED = (
    "Bare answers, and a refusal in the words that are credited",
    "Read session_N_date_time and resolve dates in their own session",
    "Read the whole turn, not only its first sentence",
    "Hand the word limit to join",
    "Rank by stems, keep fitting questions, leave speakers and months out of names",
)
_MACHINE = re.compile(r"(?<![\w.<])/(?:tmp|home|root|work|usr|opt|var|mnt|Users)/")


def test_the_recording_is_found_and_names_no_machine() -> None:
    settings = load_model(RECORDED).settings
    assert isinstance(settings, Replay)
    assert (CONFIGS / "models" / settings.recording).resolve() == FOLDER
    calls = read_recording(FOLDER)
    asked = {call.purpose for call in calls}
    assert {"explore", "form hypotheses", "draft a change", "judge novelty"} < asked
    assert not [call.purpose for call in calls if _MACHINE.search(call.model_dump_json())]


def test_its_readme_names_what_was_accepted() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"- {title}\n" in readme for title in ACCEPTED)
    assert f"the {len(read_recording(FOLDER))} requests" in readme


@needs_sandbox
@pytest.mark.slow
def test_the_recorded_run_comes_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without credit by change, which asks no model and takes as long as the search."""
    tmp_path.chmod(0o755)
    monkeypatch.setenv("WHETSTONE_HOME", str(tmp_path / "home"))
    shipped = CONFIGS / "targets" / "lifelog.yaml"
    contract = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    contract["repository"]["path"] = str(shipped.parent / contract["repository"]["path"])
    contract["budget"]["credit"] = 0
    (tmp_path / "lifelog.yaml").write_text(yaml.safe_dump(contract), encoding="utf-8")
    document = measured(str(tmp_path / "lifelog.yaml"), RECORDED)
    assert {change.title for change in document.accepted} == set(ACCEPTED)
    assert document.sealed_gain is not None
    assert document.sealed_gain.interval.low > 0
    assert document.model is not None
    assert document.model.sources == ("replay",)
    assert document.model.total.calls == len(read_recording(FOLDER))
    cells = dict(zip(HEAD, row(document), strict=True))
    assert (cells["accepted"], cells["money"]) == ("5", "0.0000")
