"""Reading a conversation into memories."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from memory.dates import parse_session_date
from memory.pictures import describe
from memory.records import Memory

UNDATED = datetime(2023, 1, 1)
SESSION = re.compile(r"session_(\d+)")


def session_numbers(conversation: dict[str, Any]) -> list[int]:
    """Numbers of the sessions that have turns, in order."""
    matches = (SESSION.fullmatch(key) for key in conversation)
    return sorted(int(match.group(1)) for match in matches if match)


def caption_of(turn: dict[str, Any]) -> str:
    if not turn.get("img_url"):
        return ""
    return (turn.get("blip_caption") or "").strip()


def picture_of(turn: dict[str, Any], assets: Path) -> str:
    try:
        return describe(assets / turn["img_file"][0])
    except Exception:
        return ""


def ingest(conversation: dict[str, Any], assets: Path) -> list[Memory]:
    """All turns of all sessions, oldest first."""
    memories: list[Memory] = []
    for number in session_numbers(conversation):
        date = conversation.get(f"session_{number}_date")
        when = parse_session_date(date) if date else UNDATED
        for turn in conversation[f"session_{number}"]:
            memories.append(
                Memory(
                    id=turn["dia_id"],
                    position=len(memories),
                    speaker=turn["speaker"],
                    text=turn["text"].strip(),
                    caption=caption_of(turn),
                    picture=picture_of(turn, assets),
                    when=when,
                )
            )
    return memories
