"""A few words about a picture, from its pixels: colours, brightness, outline."""

import colorsys
from collections import Counter
from pathlib import Path

SIDE = 48


def colour_name(red: int, green: int, blue: int) -> str:
    """The everyday name of an RGB colour (0-255 a channel)."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if value < 0.2:
        return "black"
    if saturation < 0.15:
        return "white" if value > 0.85 else "grey"
    degrees = hue * 360
    if degrees < 15 or degrees >= 345:
        return "pink" if saturation < 0.5 and value > 0.8 else "red"
    if degrees < 45:
        return "brown" if value < 0.65 else "orange"
    for limit, name in ((70, "yellow"), (165, "green"), (260, "blue"), (300, "purple")):
        if degrees < limit:
            return name
    return "pink"


def shape_name(filled: float) -> str:
    """Names an outline by the share of its bounding box that it fills."""
    if filled > 0.93:
        return "square"
    if filled > 0.68:
        return "circle"
    return "triangle" if filled > 0.4 else ""


def describe(path: Path) -> str:
    """Such as "red and white circle"; empty when there is no such file."""
    if not path.is_file():
        return ""
    from PIL import Image

    with Image.open(path) as image:
        pixels = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.NEAREST)
    names = [colour_name(*pixel) for pixel in pixels.get_flattened_data()]
    background = Counter(names).most_common(1)[0][0]
    figure = [i for i, name in enumerate(names) if name != background]
    if not figure:
        return background
    rows, columns = [i // SIDE for i in figure], [i % SIDE for i in figure]
    box = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    colours = [name for name, _ in Counter(names[i] for i in figure).most_common(2)]
    return " ".join([" and ".join(colours), shape_name(len(figure) / box), f"on {background}"])
