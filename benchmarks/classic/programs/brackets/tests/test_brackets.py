import pytest
from brackets import closers, depth, first_error, is_balanced, partners


@pytest.mark.parametrize("text", ["", "()", "a[b]{c}", "([{}])", "no brackets"])
def test_balanced(text):
    assert is_balanced(text)


@pytest.mark.parametrize("text", ["(", ")", "(]", "([)]", "())"])
def test_not_balanced(text):
    assert not is_balanced(text)


def test_error_at_a_wrong_closer():
    assert first_error("(a]") == 2


def test_error_at_an_open_bracket():
    assert first_error("()[") == 2


def test_depth():
    assert depth("(a[b]{(c)})") == 3


def test_depth_of_unbalanced():
    with pytest.raises(ValueError):
        depth("((")


def test_partners():
    assert partners("(a[b])") == {0: 5, 2: 4}


def test_closers():
    assert closers("f(a[1") == "])"


def test_closers_when_nothing_helps():
    with pytest.raises(ValueError):
        closers("(]")
