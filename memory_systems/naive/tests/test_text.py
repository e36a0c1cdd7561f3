import pytest

from memory.question import kind_of, subject_of
from memory.spans import brief, names, sentences
from memory.tokens import terms, words


def test_terms() -> None:
    assert words("It's SUSHI, again.") == ["it", "s", "sushi", "again"]
    assert terms("She was adopting puppies") == ["adopt", "puppi"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When did Ana move?", "when"),
        ("How long has Ben played?", "how_long"),
        ("How many cats does Ana have?", "how_many"),
        ("Does Ben like tea?", "yes_no"),
        ("What books does Ana own?", "list"),
        ("What is the title of the song?", "title"),
        ("Where did Ben go?", "name"),
        ("What did Ana paint?", "fact"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_subject() -> None:
    assert subject_of("What does Ana's dog eat?", ["Ana", "Ben"]) == "Ana"
    assert subject_of("What do Ana and Ben eat?", ["Ana", "Ben"]) == ""


def test_spans() -> None:
    assert sentences("Yes. We went! Why?") == ["Yes.", "We went!", "Why?"]
    assert names("I met Frank Ocean in Tokyo") == ["Frank Ocean", "Tokyo"]
    assert brief("red, big and round", 2, lambda word: word != "red") == "big, round"
