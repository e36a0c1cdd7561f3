from pathlib import Path

from PIL import Image, ImageDraw

from memory.ingest import ingest
from memory.pictures import describe

CONVERSATION = {
    "speaker_a": "Ana",
    "speaker_b": "Ben",
    "session_1_date_time": "1:56 pm on 8 May, 2023",
    "session_1": [
        {"speaker": "Ana", "dia_id": "D1:1", "text": " Look at this! "},
        {
            "speaker": "Ben",
            "dia_id": "D1:2",
            "text": "Nice.",
            "img_url": ["https://example.org/a.jpg"],
            "blip_caption": "a photo of a lake",
        },
    ],
}


def test_turns(tmp_path: Path) -> None:
    first, second = ingest(CONVERSATION, tmp_path)
    assert (first.id, first.speaker, first.text) == ("D1:1", "Ana", "Look at this!")
    assert second.caption == "a photo of a lake"


def test_picture(tmp_path: Path) -> None:
    image = Image.new("RGB", (80, 80), (255, 255, 255))
    ImageDraw.Draw(image).ellipse((20, 20, 60, 60), fill=(220, 20, 20))
    image.save(tmp_path / "red.png")
    assert describe(tmp_path / "red.png") == "red circle on white"
    assert describe(tmp_path / "none.png") == ""
