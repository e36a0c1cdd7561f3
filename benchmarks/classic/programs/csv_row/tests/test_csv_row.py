import pytest
from csv_row import format_row, parse_row, to_records


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("a,b,c", ["a", "b", "c"]),
        ("", [""]),
        ("a,,c", ["a", "", "c"]),
        ("a,", ["a", ""]),
        (" x , y ", [" x ", " y "]),
    ],
)
def test_plain_rows(line, fields):
    assert parse_row(line) == fields


def test_quoted_separator():
    assert parse_row('"Smith, John",42') == ["Smith, John", "42"]


def test_doubled_quotes():
    assert parse_row('"say ""hi"""') == ['say "hi"']


@pytest.mark.parametrize("line", ['"open', 'a"b,c', '"a"b'])
def test_misplaced_quotes(line):
    with pytest.raises(ValueError):
        parse_row(line)


def test_other_separator():
    assert parse_row("a;b,c", ";") == ["a", "b,c"]


def test_format_quotes_where_needed():
    assert format_row(["a", "b,c", 'd"e']) == 'a,"b,c","d""e"'


def test_records():
    assert to_records(["name,age", "Ann,30", "", "Bob,25"]) == [
        {"name": "Ann", "age": "30"},
        {"name": "Bob", "age": "25"},
    ]


def test_records_with_a_short_row():
    with pytest.raises(ValueError):
        to_records(["a,b", "1"])
