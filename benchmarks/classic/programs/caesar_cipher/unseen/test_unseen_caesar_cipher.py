import random
import string

import pytest
from caesar_cipher import crack, decrypt, encrypt, shift_letter, vigenere


def by_table(text, shift):
    low, up = string.ascii_lowercase, string.ascii_uppercase
    s = shift % 26
    return text.translate(str.maketrans(low + up, low[s:] + low[:s] + up[s:] + up[:s]))


@pytest.mark.parametrize("shift", [-53, -26, -1, 0, 1, 5, 13, 25, 27, 100])
def test_agrees_with_translation_tables(shift):
    for text in (string.printable, "Ärger & ñandú @[`{"):
        assert encrypt(text, shift) == by_table(text, shift)
        assert decrypt(text, shift) == by_table(text, -shift)


@pytest.mark.parametrize("seed", range(6))
def test_vigenere_letter_by_letter(seed):
    draw = random.Random(seed)
    text = "".join(draw.choice(string.ascii_letters + " .,1ß") for _ in range(40))
    key = "".join(draw.choice(string.ascii_letters) for _ in range(draw.randint(1, 6)))
    places = [i for i, letter in enumerate(text) if letter in string.ascii_letters]
    expected = list(text)
    for n, place in enumerate(places):
        expected[place] = by_table(text[place], ord(key[n % len(key)].lower()) - ord("a"))
    code = vigenere(text, key)
    assert code == "".join(expected)
    assert vigenere(code, key, decode=True) == text


@pytest.mark.parametrize("letter", ["a", "z", "A", "Z", "@", "[", "`", "{", " "])
def test_one_step_at_the_edges(letter):
    assert shift_letter(letter, 1) == by_table(letter, 1)


@pytest.mark.parametrize("shift", [0, 1, 9, 20, 25])
def test_crack_finds_the_shift(shift):
    text = "Then the hounds ran into the old stone house and slid under the linen."
    assert crack(encrypt(text, shift)) == shift
    assert crack(encrypt(text.upper(), shift)) == shift


def test_crack_by_counting():
    for text in ("zebra", "quick", "jazz", "xylophone", "etaoinshrdlu"):
        scores = [sum(c in "etaoinshrdlu" for c in by_table(text, -s)) for s in range(26)]
        assert crack(text) == scores.index(max(scores))
    assert crack("") == 0


@pytest.mark.parametrize("key", ["", "a b", "é", "1"])
def test_bad_keys(key):
    with pytest.raises(ValueError, match="must be made of letters"):
        vigenere("abc", key)
