import random
import re

import pytest
from lexer import Lexer, LexError

PATTERN = re.compile(
    r"(?P<blank>\s+|#[^\n]*)|(?P<number>[0-9]+)|(?P<name>[A-Za-z_]\w*)"
    r'|(?P<string>"(?:\\.|[^"\n\\])*")|(?P<sign>==|!=|<=|>=|->|[-+*/=<>(){};,])'
)


def by_pattern(source):
    result = []
    at = 0
    while at < len(source):
        match = PATTERN.match(source, at)
        text, kind = match.group(), match.lastgroup
        if kind != "blank":
            before = source[:at]
            line, column = before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
            if text in ("if", "else", "while", "return"):
                kind = "keyword"
            result.append((kind, text, line, column))
        at = match.end()
    return result


PIECES = [
    "if", "else", "while", "return", "x", "_y2", "42", "0", '"a b"', '"\\""', '"#"', '""', "==",
    "!=", "<=", ">=", "->", "+", "-", "*", "/", "=", "<", ">", "(", ")", "{", "}", ";", ",", " ",
    "\n", "\t", "# note\n", "\n\n", "ifs",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_a_regular_expression(seed):
    draw = random.Random(seed)
    for _ in range(8):
        source = "".join(
            draw.choice(PIECES) + draw.choice(["", " "]) for _ in range(draw.randint(0, 20))
        )
        assert Lexer(source).tokens() == by_pattern(source)


@pytest.mark.parametrize("piece", [p for p in PIECES if p.strip() and p[0] != "#"])
def test_every_piece_alone(piece):
    assert Lexer(piece).tokens() == by_pattern(piece)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("$", "unexpected '\\$' at 1:1"),
        ("a\n  ?", "unexpected '\\?' at 2:3"),
        ("!", "unexpected '!' at 1:1"),
        ('x "abc', "a string without an end at 1:3"),
        ('\n"a\nb"', "a string without an end at 2:1"),
        ('"', "a string without an end at 1:1"),
        ('"a\\', "a string without an end"),
        ('"a\\"', "a string without an end"),
    ],
)
def test_messages(source, message):
    with pytest.raises(LexError, match=message):
        Lexer(source).tokens()


def test_number_before_a_name_is_split():
    assert [t[:2] for t in Lexer("1a").tokens()] == [("number", "1"), ("name", "a")]


def test_comment_at_the_end():
    assert Lexer("a #").tokens() == [("name", "a", 1, 1)]
    assert Lexer("# only").tokens() == []


def test_error_is_a_value_error():
    assert issubclass(LexError, ValueError)
