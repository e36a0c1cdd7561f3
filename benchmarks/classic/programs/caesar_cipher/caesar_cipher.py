"""Caesar and Vigenère ciphers over the Latin letters; everything else stays as it is."""

ALPHABET = 26
FREQUENT = "etaoinshrdlu"


def shift_letter(letter, shift):
    """Moves one letter along the alphabet and keeps its case."""
    for first in "aA":
        place = ord(letter) - ord(first)
        if 0 <= place < ALPHABET:
            return chr((place + shift) % ALPHABET + ord(first))
    return letter


def encrypt(text, shift):
    """Shifts every letter; a negative shift goes back."""
    return "".join(shift_letter(letter, shift) for letter in text)


def decrypt(text, shift):
    """Reverses `encrypt`."""
    return encrypt(text, -shift)


def crack(text):
    """The shift whose decryption has the most frequent English letters; the least on a tie."""

    def score(shift):
        return sum(letter in FREQUENT for letter in decrypt(text, shift).lower())

    return max(range(ALPHABET), key=score)


def vigenere(text, key, decode=False):
    """Shifts every letter by the next letter of the key ("a" is 0).

    The key moves on at letters only. Raises ValueError unless it is made of Latin letters.
    """
    if not (key.isalpha() and key.isascii()):
        raise ValueError(f"the key {key!r} must be made of letters")
    shifts = [ord(letter) - ord("a") for letter in key.lower()]
    result = []
    position = 0
    for letter in text:
        if letter.isascii() and letter.isalpha():
            shift = shifts[position % len(shifts)]
            letter = shift_letter(letter, -shift if decode else shift)
            position += 1
        result.append(letter)
    return "".join(result)
