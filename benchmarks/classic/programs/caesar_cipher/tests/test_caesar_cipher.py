import pytest
from caesar_cipher import crack, decrypt, encrypt, shift_letter, vigenere


@pytest.mark.parametrize(
    ("text", "shift", "expected"),
    [
        ("abc", 3, "def"),
        ("xyz", 3, "abc"),
        ("Hello, World!", 13, "Uryyb, Jbeyq!"),
        ("abc", -1, "zab"),
        ("abc", 26, "abc"),
        ("", 5, ""),
    ],
)
def test_encrypt(text, shift, expected):
    assert encrypt(text, shift) == expected


def test_decrypt_reverses():
    assert decrypt(encrypt("Attack at Dawn", 7), 7) == "Attack at Dawn"


@pytest.mark.parametrize(("letter", "expected"), [("Z", "A"), ("5", "5"), ("é", "é")])
def test_shift_letter(letter, expected):
    assert shift_letter(letter, 1) == expected


def test_crack():
    assert crack(encrypt("the secret is in the little red house on the hill", 11)) == 11


def test_vigenere():
    assert vigenere("attackatdawn", "lemon") == "lxfopvefrnhr"


def test_vigenere_back():
    assert vigenere("lxfopvefrnhr", "lemon", decode=True) == "attackatdawn"


def test_vigenere_skips_other_signs():
    assert vigenere("a-a a", "bc") == "b-c b"


def test_vigenere_key_must_be_letters():
    with pytest.raises(ValueError):
        vigenere("abc", "k3y")
