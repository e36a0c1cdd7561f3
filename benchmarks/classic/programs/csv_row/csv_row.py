"""Rows of comma-separated values with quotes (RFC 4180)."""

from __future__ import annotations


def parse_row(line: str, separator: str = ",") -> list[str]:
    """The fields of one row. Raises ValueError for misplaced or unclosed quotes."""
    fields: list[str] = []
    at = 0
    while True:
        if line[at : at + 1] == '"':
            field, at = _quoted(line, at + 1)
            if at < len(line) and line[at] != separator:
                raise ValueError(f"text after a closing quote at {at}")
        else:
            end = line.find(separator, at)
            end = len(line) if end < 0 else end
            field, at = line[at:end], end
            if '"' in field:
                raise ValueError(f"a quote inside of {field!r}")
        fields.append(field)
        if at >= len(line):
            return fields
        at += 1


def _quoted(line: str, at: int) -> tuple[str, int]:
    """The field that a quote before `at` has opened, and the index behind its closing quote."""
    field = ""
    while at < len(line):
        if line[at] != '"':
            field += line[at]
            at += 1
        elif line[at + 1 : at + 2] == '"':
            field += '"'
            at += 2
        else:
            return field, at + 1
    raise ValueError("a quote is never closed")


def format_row(fields: list[str], separator: str = ",") -> str:
    """Writes a row; fields are quoted only where they must be."""
    return separator.join(_protect(field, separator) for field in fields)


def _protect(field: str, separator: str) -> str:
    if any(sign in field for sign in (separator, '"', "\n")):
        return '"' + field.replace('"', '""') + '"'
    return field


def to_records(lines: list[str], separator: str = ",") -> list[dict[str, str]]:
    """Rows as mappings by the names in the first row; blank lines are skipped.

    Raises ValueError with the line's number for a row of another length.
    """
    rows = [(n, parse_row(line, separator)) for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        return []
    header = rows[0][1]
    records = []
    for number, row in rows[1:]:
        if len(row) != len(header):
            raise ValueError(f"line {number} has {len(row)} fields, not {len(header)}")
        records.append(dict(zip(header, row, strict=True)))
    return records
