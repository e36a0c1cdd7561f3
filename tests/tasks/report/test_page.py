from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from markupsafe import Markup

from tasks.records.document import RunDocument
from tasks.report import write_report
from tasks.report.csv_table import changes_csv
from tasks.report.page import render
from tasks.report.waterfall import residual

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='x' $\\alpha$ {{ 7*7 }}"
LOADING = {"script", "img", "link", "iframe", "object", "embed", "video", "audio", "base", "form"}


class Outline(HTMLParser):
    """Tags, ids, links and attribute names of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


@pytest.fixture(scope="module")
def document(sample: ModuleType) -> RunDocument:
    made: RunDocument = sample.sample_document()
    return made


@pytest.fixture(scope="module")
def page(document: RunDocument) -> str:
    return render(document)


def test_the_files_lie_beside_it_and_the_document_survives(
    document: RunDocument, tmp_path: Path
) -> None:
    assert write_report(document, tmp_path) == tmp_path / "report.html"
    assert {file.name for file in tmp_path.iterdir()} == {
        "report.html", "report.json", "changes.csv", "figures.csv", "curves.csv",
    }  # fmt: skip
    kept = RunDocument.model_validate_json((tmp_path / "report.json").read_text())
    assert kept == document
    with (tmp_path / "changes.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["id"] for row in rows] == [
        change.id for change in (*document.accepted, *document.rejected)
    ]
    assert float(rows[0]["contribution_delta"]) == document.accepted[0].contribution.delta  # type: ignore[union-attr]
    assert float(rows[0]["select_delta"]) == document.accepted[0].select.gain.delta  # type: ignore[union-attr]
    assert not list(tmp_path.glob(".*"))


def test_the_page_tells_gains_on_seen_and_unseen_items(page: str) -> None:
    assert page.count("Items the search saw") == page.count("Items it did not see") > 0


def test_page_loads_nothing_and_every_inner_link_resolves(page: str) -> None:
    outline = Outline(page)
    assert not LOADING & set(outline.tags)
    assert len(outline.ids) == len(set(outline.ids))
    inner = [link for link in outline.links if link.startswith("#")]
    assert inner
    assert {link.removeprefix("#") for link in inner} <= set(outline.ids)
    rest = {link for link in outline.links if not link.startswith("#")}
    assert rest == {
        "report.json", "changes.csv", "figures.csv", "curves.csv", "http://127.0.0.1:4200",
    }  # fmt: skip
    assert "url(http" not in page
    assert "@import" not in page


def test_first_screen_shows_sealed_before_dev_with_interval_and_n(page: str) -> None:
    first = page.index("Sealed split"), page.index("+0.120"), page.index("Development split")
    assert list(first) == sorted(first)
    assert "[+0.095, +0.146], n=806 in 4 groups" in page
    assert "0.116 [0.099, 0.134], n=806" in page


def test_every_candidate_is_there_with_verdict_and_reason(page: str, document: RunDocument) -> None:
    assert page.count("<details>") == len(document.accepted) + len(document.rejected)
    for change in document.rejected:
        assert f"{Markup.escape(change.title)}</span>" in page
        assert change.mlflow_run in page
    assert page.count('class="number"') == 23


def test_charts_have_words_for_those_who_do_not_see_them(page: str) -> None:
    labels = re.findall(r'<svg[^>]*role="img"[^>]*aria-label="([^"]*)"', page)
    assert len(labels) == 8
    assert all(len(label) > 60 for label in labels)
    assert "#fe01" not in page, "a stand-in colour was not replaced"
    assert "DejaVu Sans'," not in page


def test_hostile_texts_stay_texts(sample: ModuleType) -> None:
    hostile = sample.change(
        1, "bug_fix", HOSTILE, "accepted", 0.03,
        contribution=sample.difference(0.03, 0.01), contribution_note=HOSTILE,
        rationale=HOSTILE, reason=HOSTILE, source=HOSTILE, evidence=(HOSTILE,),
        knowledge=(HOSTILE,), mlflow_run=HOSTILE, mlflow_page=HOSTILE,
        diff=f"--- a/{HOSTILE}\n+++ b/x\n@@ -1 +1 @@\n-{HOSTILE}\n+{HOSTILE}\u202e\x1b[2J\n",
    )  # fmt: skip
    document = sample.sample_document().model_copy(
        update={
            "accepted": (hostile,),
            "rejected": (hostile.model_copy(update={"verdict": HOSTILE}),),
            "target": HOSTILE, "description": HOSTILE, "status": "failed", "error": HOSTILE,
            "branch": HOSTILE, "degradations": (HOSTILE,), "environment": {HOSTILE: HOSTILE},
            "commands": {HOSTILE: HOSTILE, "x": "javascript:alert(3)"},
        }
    )  # fmt: skip
    page = render(document)
    outline = Outline(page)
    assert not LOADING & set(outline.tags)
    assert not {name for name in outline.attributes if name.startswith("on")}
    assert not [link for link in outline.links if link.startswith("javascript")]
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "\\u202e\\x1b[2J" in page


def test_unguarded_and_unfinished_runs_are_stamped(
    sample: ModuleType, document: RunDocument, page: str
) -> None:
    assert "unguarded" not in page
    assert "unsandboxed" not in page
    metric = document.metric.model_copy(update={"guarded": False})
    stamped = render(
        sample.sample_document(
            metric=metric, status="stopped", error="interrupted", sandbox="unsandboxed"
        )
    )
    assert "<strong>unsandboxed</strong>" in stamped
    assert "<strong>unguarded</strong>" in stamped
    assert "<strong>stopped</strong> interrupted" in stamped


def test_changes_without_credit_of_their_own_are_named(page: str) -> None:
    named = "1 of 8 accepted changes without credit of its own clear of zero: Add the session"
    assert f"<dt>Own credit</dt><dd>{named}" in page


def test_a_run_without_gains_says_so(sample: ModuleType) -> None:
    page = render(sample.sample_document(accepted=0))
    assert "No change was accepted: lifelog stands as it was" in page
    assert "Own credit" not in page
    for section in ("waterfall", "credit", "slices"):
        assert f'id="{section}"' not in page
    assert "no change" in page


def test_a_run_that_has_hardly_begun_renders(sample: ModuleType) -> None:
    page = render(
        sample.sample_document(
            accepted=0, rejected=0, status="running", baseline=None, champion=None, automl=None,
            curve=(), noise_floor=None, integrity=(), degradations=(), commands={},
            evaluations_by_purpose={}, sealed_openings=0, branch="", base_commit="",
        )
    )  # fmt: skip
    assert "The noise floor was not measured." in page
    assert "Nothing was accepted." in page


def test_residual_is_whole_minus_parts_and_unknown_when_a_part_is(document: RunDocument) -> None:
    parts = sum(c.contribution.delta for c in document.accepted if c.contribution is not None)
    assert document.gain is not None
    assert residual(document) == pytest.approx(document.gain.delta - parts)
    lacking = document.accepted[0].model_copy(update={"contribution": None})
    partly = document.model_copy(update={"accepted": (lacking, *document.accepted[1:])})
    assert residual(partly) is None
    assert "not separable from the rest" in render(partly)


def test_smaller_is_better_runs_downhill(sample: ModuleType, document: RunDocument) -> None:
    metric = document.metric.model_copy(update={"direction": "minimize", "name": "error"})
    swapped = document.model_copy(
        update={"metric": metric, "baseline": document.champion, "champion": document.baseline}
    )
    page = render(swapped)
    assert "smaller is better" in page
    assert "from baseline to champion" in page.lower()


def test_csv_quotes_formulas_and_leaves_unknown_figures_empty(sample: ModuleType) -> None:
    entry = sample.change(1, "prompt", "=HYPERLINK(1)", "failed", 0.0, dev=None)
    document = sample.sample_document(accepted=0, rejected=0).model_copy(
        update={"rejected": (entry,)}
    )
    row = next(csv.DictReader(changes_csv(document).splitlines()))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["dev_delta"] == ""
    assert json.dumps(row)


def test_what_was_counted_is_not_given_an_interval(document: RunDocument) -> None:
    metric = document.metric.model_copy(update={"kind": "pytest"})
    told = render(document.model_copy(update={"metric": metric}))
    assert "95 % interval" not in told
    assert "thin line is its interval" not in told
    assert "counted test by test" in told
    assert "95 % intervals" in render(document)
