"""The page in a real browser: no console errors, everything opens, every inner link resolves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tasks.report import write_report
from tests.tasks.report.full_document import full_document

SECTIONS = [
    "waterfall", "credit", "curve", "slices", "tree", "tried", "trust", "stages", "model", "replay",
]  # fmt: skip

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-logging=stderr", "--virtual-time-budget=10000",
)  # fmt: skip
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PROBE = """<script>
const found = {closed: 0, broken: [], wide: document.documentElement.scrollWidth > innerWidth};
for (const d of document.querySelectorAll("details")) {
  if (!d.open) d.querySelector("summary").click();
  const inside = d.querySelector("summary").nextElementSibling;
  if (!d.open || inside.getBoundingClientRect().height === 0) found.closed += 1;
}
for (const a of document.querySelectorAll("a[href^='#']"))
  if (!document.getElementById(a.hash.slice(1))) found.broken.push(a.hash);
for (const u of document.querySelectorAll("svg use"))
  if (!document.getElementById(u.getAttribute("href").slice(1))) found.broken.push("use");
found.wideOpen = document.documentElement.scrollWidth > innerWidth;
found.details = document.querySelectorAll("details").length;
found.sections = [...document.querySelectorAll("section[id]")].map(s => s.id);
found.attempts = document.querySelectorAll(".tried > li").length;
found.arms = document.querySelectorAll("#curve tbody tr").length;
found.links = [...document.querySelectorAll("a[href]")].map(a => a.getAttribute("href"));
found.charts = [...document.querySelectorAll("svg")].filter(
  s => s.getBoundingClientRect().height > 100).length;
document.title = "PROBE" + JSON.stringify(found);
</script>"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH to open the page with"),
]


def browse(url: str, profile: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    return subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", *flags, url],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip


def test_opens_without_console_errors_and_everything_unfolds(
    tmp_path: Path,
) -> None:
    document = full_document()
    page = write_report(document, tmp_path)
    opened = browse(page.as_uri(), tmp_path / "one")
    assert "CONSOLE" not in opened.stderr, opened.stderr

    # Scripts are forbidden in the page itself: the copy that is probed has no policy.
    text, replaced = POLICY.subn("", page.read_text(encoding="utf-8"))
    assert replaced == 1
    copy = tmp_path / "probed.html"
    copy.write_text(text.replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    probed = browse(copy.as_uri(), tmp_path / "two", "--window-size=1280,900")
    match = re.search(r"<title>PROBE(\{.*?\})</title>", probed.stdout)
    assert match is not None, probed.stderr
    found = json.loads(match[1])
    assert found["closed"] == 0
    assert found["broken"] == []
    tries = len(document.accepted) + len(document.rejected)
    rounds = {c.round for c in (*document.accepted, *document.rejected)}
    assert found["details"] == tries + len(rounds) + len(document.by_type) + 2
    assert found["sections"] == SECTIONS
    assert found["attempts"] == tries
    assert found["arms"] == len(document.arms) + 2
    files = {link for link in found["links"] if not link.startswith(("#", "http://127.0.0.1"))}
    assert files
    assert all((tmp_path / link).is_file() for link in files)
    assert found["charts"] == 4
    assert not found["wide"]
    assert not found["wideOpen"]


def test_fits_a_phone(tmp_path: Path) -> None:
    page = write_report(full_document(), tmp_path)
    text = POLICY.sub("", page.read_text(encoding="utf-8"))
    (tmp_path / "probed.html").write_text(
        text.replace("</body>", f"{PROBE}</body>"), encoding="utf-8"
    )
    # A window cannot be as narrow as a phone, a frame can.
    frame = tmp_path / "phone.html"
    frame.write_text(
        "<iframe src='probed.html' style='width:390px;height:800px;border:0'></iframe>"
        "<script>onload = () => { document.title ="
        " document.querySelector('iframe').contentDocument.title }</script>",
        encoding="utf-8",
    )
    probed = browse(frame.as_uri(), tmp_path / "profile", "--allow-file-access-from-files")
    match = re.search(r"<title>PROBE(\{.*?\})</title>", probed.stdout)
    assert match is not None, probed.stdout[:300] + probed.stderr
    found = json.loads(match[1])
    assert not found["wide"]
    assert not found["wideOpen"]
    assert found["charts"] == 4
