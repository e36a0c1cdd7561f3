import pytest
from lexer import Lexer, LexError


def kinds(source):
    return [token[0] for token in Lexer(source).tokens()]


def texts(source):
    return [token[1] for token in Lexer(source).tokens()]


def test_names_numbers_and_signs():
    assert texts("total = total + 42;") == ["total", "=", "total", "+", "42", ";"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [("abc", "name"), ("_x1", "name"), ("17", "number"), ('"hi"', "string"), ("while", "keyword")],
)
def test_kind(source, kind):
    assert kinds(source) == [kind]


def test_double_signs():
    assert texts("a<=b == c -> d") == ["a", "<=", "b", "==", "c", "->", "d"]


def test_keyword_must_be_a_whole_word():
    assert kinds("iffy") == ["name"]


def test_comments_are_skipped():
    assert texts("a # b c\nd") == ["a", "d"]


def test_places():
    assert [token[2:] for token in Lexer("x\n  y z").tokens()] == [(1, 1), (2, 3), (2, 5)]


def test_escaped_quote():
    assert texts(r'"a\"b" c') == [r'"a\"b"', "c"]


@pytest.mark.parametrize("source", ["a $ b", '"open', '"open\n"'])
def test_errors(source):
    with pytest.raises(LexError):
        Lexer(source).tokens()


def test_nothing():
    assert Lexer("  \n").tokens() == []
