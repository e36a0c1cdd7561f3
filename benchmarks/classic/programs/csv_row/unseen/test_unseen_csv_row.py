import csv
import io
import random

import pytest
from csv_row import format_row, parse_row, to_records


def by_library(fields, separator):
    output = io.StringIO()
    csv.writer(output, delimiter=separator, lineterminator="\n").writerow(fields)
    return output.getvalue()[:-1]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_csv_module(seed, separator):
    draw = random.Random(seed)
    for _ in range(20):
        fields = [
            "".join(draw.choice('ab,;\t" \n') for _ in range(draw.randint(0, 5)))
            for _ in range(draw.randint(2, 5))
        ]
        line = by_library(fields, separator)
        assert format_row(fields, separator) == line
        assert parse_row(line, separator) == fields


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"', "never closed"),
        ('a,"b', "never closed"),
        ('"a""', "never closed"),
        ('"a"b,c', "after a closing quote at 3"),
        ('x,"a" ', "after a closing quote at 5"),
        ('ab"', "a quote inside of 'ab\"'"),
        ('x,a"b,"c"', "a quote inside"),
    ],
)
def test_errors(line, message):
    with pytest.raises(ValueError, match=message):
        parse_row(line)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (",", ["", ""]),
        ('""', [""]),
        ('"",""', ["", ""]),
        ('"a",b', ["a", "b"]),
        ('a,"b,",c', ["a", "b,", "c"]),
        ('""""', ['"']),
    ],
)
def test_rows(line, fields):
    assert parse_row(line) == fields


def test_records_of_nothing():
    assert to_records([]) == []
    assert to_records(["  ", ""]) == []
    assert to_records(["a,b"]) == []


def test_record_errors_count_blank_lines():
    with pytest.raises(ValueError, match="line 4 has 3 fields, not 2"):
        to_records(["", "a,b", " ", "1,2,3"])
    with pytest.raises(ValueError, match="line 2 has 1 fields, not 2"):
        to_records(["a;b", "1"], ";")


def test_records_with_another_separator():
    assert to_records(["a;b", '"x;y";1,5'], ";") == [{"a": "x;y", "b": "1,5"}]


def test_format_of_an_empty_row():
    assert format_row([]) == ""
    assert format_row(["", ""]) == ","
    assert format_row(["a b"], " ") == '"a b"'
