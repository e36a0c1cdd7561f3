import pytest
from run_lengths import decode, encode, longest_run, ratio, runs


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("a", "a"),
        ("aaab", "3ab"),
        ("abbbcc", "a3b2c"),
        ("zzzzzzzzzzzz", "12z"),
    ],
)
def test_encode(text, code):
    assert encode(text) == code


def test_encode_escapes_digits():
    assert encode("a11") == "a2\\1"


@pytest.mark.parametrize(("code", "text"), [("3ab", "aaab"), ("12z", "z" * 12), ("", "")])
def test_decode(code, text):
    assert decode(code) == text


def test_decode_escapes():
    assert decode("2\\1x") == "11x"


def test_decode_unfinished():
    with pytest.raises(ValueError):
        decode("a3")


def test_runs():
    assert runs("aab") == [("a", 2), ("b", 1)]


def test_ratio():
    assert ratio("aaaa") == 0.5


def test_longest_run():
    assert longest_run("abbcc") == ("b", 2)
