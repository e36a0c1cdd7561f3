"""Matplotlib figures as inline SVG: one drawing for wide screens, one for phones."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

from tasks.report import palette
from tasks.report.wording import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 760, 350
"""Widths in CSS pixels; a drawing is shown at its natural size, so that text keeps its own."""

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_FONT = re.compile(r"font-family:[^;]*;?\s*")
_SHORTHAND = re.compile(
    r"font:\s*(?P<weight>bold|\d+)?\s*(?P<size>[\d.]+px)\s*(?:/[^'\s]+)?\s*'[^;]*;?\s*"
)
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Sheet:
    """An empty figure to paint on; one unit of its size is one CSS pixel."""

    figure: Figure
    width: int
    height: int
    narrow: bool

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Axes inside margins given in pixels, without a frame."""
        axes = self.figure.add_axes(
            (
                left / self.width,
                bottom / self.height,
                (self.width - left - right) / self.width,
                (self.height - top - bottom) / self.height,
            )
        )
        axes.set_frame_on(False)
        axes.tick_params(length=0, labelsize=11, labelcolor=palette.stand_in(palette.MUTED))
        return axes


@dataclass(frozen=True)
class Chart:
    """The two drawings; `alt` is what a screen reader says in their place."""

    wide: Markup
    narrow: Markup
    alt: str


def chart(
    name: str, alt: str, height: Callable[[bool], int], paint: Callable[[Sheet], None]
) -> Chart:
    """Draws a chart at both widths; `height` says how tall, given whether it is narrow."""
    return Chart(
        wide=_drawing(f"{name}-wide", alt, WIDE, height(False), False, paint),
        narrow=_drawing(f"{name}-narrow", alt, NARROW, height(True), True, paint),
        alt=alt,
    )


def _drawing(
    name: str, alt: str, width: int, height: int, narrow: bool, paint: Callable[[Sheet], None]
) -> Markup:
    import matplotlib  # takes half a second: commands that draw nothing do not wait for it
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "text.parse_math": False,  # titles may hold dollar signs
        "text.color": palette.stand_in(palette.INK),
        "font.size": 12,
    }
    with matplotlib.rc_context(style), io.StringIO() as output:
        figure = Figure(figsize=(width / 72, height / 72))
        paint(Sheet(figure, width, height, narrow))
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(output, format="svg", transparent=True, metadata=nothing)
        return _inline(output.getvalue(), name, alt)


def _inline(text: str, name: str, alt: str) -> Markup:
    """The drawing as an element of a page: own ids, the page's fonts, colours by variable."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(text)
    used = _references(root)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in {f"{{{_SVG}}}style", f"{{{_SVG}}}metadata"}:
                parent.remove(child)
        _rewrite(parent, name, used)
    for size in ("width", "height"):
        root.set(size, root.get(size, "").removesuffix("pt"))
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", visible(alt))
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _references(root: ElementTree.Element) -> set[str]:
    found = {e.get(f"{{{_XLINK}}}href", "").removeprefix("#") for e in root.iter()}
    for element in root.iter():
        for value in element.attrib.values():
            found.update(_REFERENCE.findall(value))
    return found


def _rewrite(element: ElementTree.Element, name: str, used: set[str]) -> None:
    identifier = element.attrib.pop("id", None)
    if identifier in used:
        element.set("id", f"{name}-{identifier}")
    link = element.attrib.pop(f"{{{_XLINK}}}href", None)
    if link is not None:
        element.set("href", f"#{name}-{link.removeprefix('#')}")
    for key, value in list(element.attrib.items()):
        element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))
    if "style" in element.attrib:
        element.set("style", _styled(element.attrib["style"]))


def _styled(style: str) -> str:
    for colour, variable in palette.replacements().items():
        style = style.replace(colour, variable)
    style = _SHORTHAND.sub(
        lambda m: f"font-size: {m['size']}; font-weight: {m['weight'] or 'normal'}; ", style
    )
    return _FONT.sub("", style)
