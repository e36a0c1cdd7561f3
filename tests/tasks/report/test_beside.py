"""Two runs side by side: shared changes in one row, differing settings marked, nothing invented."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from tasks.report.beside import matched, render_beside, slice_pairs, write_beside


def test_shared_changes_stand_in_one_row_and_others_alone(sample: ModuleType) -> None:
    left = sample.sample_document(accepted=3)
    right = sample.sample_document(accepted=3).model_copy(
        update={"accepted": (*left.accepted[:1], sample.change(77, "prompt", "b", "accepted", 0.1))}
    )
    rows = matched(left, right)
    assert [(row.left is not None, row.right is not None) for row in rows] == [
        (True, True), (True, False), (True, False), (False, True),
    ]  # fmt: skip


def test_the_page_names_what_differs_and_what_cannot_be_compared(
    sample: ModuleType, tmp_path: Path
) -> None:
    left = sample.sample_document()
    right = sample.sample_document(run="other-run", seed=3)
    apart = {"sealed": sample.difference(0.02, 0.01, 806, 4), "dev": None}
    page = write_beside(left, right, apart, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert page.name == "beside-other-run.html"
    assert "+0.020" in text
    assert "not comparable" in text
    marked = [line for line in text.splitlines() if 'class="apart"' in line]
    assert len(marked) == 1
    assert "Seed" in marked[0]
    assert len(slice_pairs(left, right)) == 7


def test_a_run_without_anything_yet_can_stand_beside_another(sample: ModuleType) -> None:
    empty = sample.sample_document(
        rejected=0, accepted=0, champion=None, baseline=None, status="running", automl=None
    )
    text = render_beside(empty, sample.sample_document(), {"sealed": None, "dev": None})
    assert "not measured" in text
    assert "<script" not in text


def test_hostile_titles_stay_texts(sample: ModuleType) -> None:
    hostile = sample.change(1, "prompt", "<script>alert(1)</script>", "accepted", 0.1)
    document = sample.sample_document().model_copy(update={"accepted": (hostile,)})
    text = render_beside(document, sample.sample_document(), {"sealed": None, "dev": None})
    assert "<script>alert" not in text
