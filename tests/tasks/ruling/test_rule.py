"""The rule that types changes by their text, line by line and on the labelled set."""

from __future__ import annotations

import pytest

from benchmarks.change_types.__main__ import cases, ruled
from tasks.ruling import FileChange, rule

HEAD = "import re\nfrom app.dates import resolve\n\n\n"


def python(before: str, after: str) -> str:
    return rule([FileChange("app/a.py", HEAD + before, HEAD + after)])[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("K = 5\n", "K = 7\n"),
        ("def f(x, k=5):\n    return x[:k]\n", "def f(x, k=9):\n    return x[:k]\n"),
        ("def f(x):\n    return g(x, 5)\n", "def f(x):\n    return g(x, 7)\n"),
        ("W = {'a': 0.5, 'b': 1}\n", "W = {'a': 0.2, 'b': 1}\n"),
        ("MODE = 'fast'\n", "MODE = 'slow'\n"),
        ("LEVEL = -1\n", "LEVEL = -3\n"),
    ],
)
def test_values_of_names_defaults_and_arguments_are_hyperparameters(before: str, after: str):
    assert python(before, after) == "hyperparameter"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(x):\n    return x / 30\n", "def f(x):\n    return x / 31\n"),
        ("def f(x):\n    return x[1]\n", "def f(x):\n    return x[0]\n"),
        ("def f(x):\n    return x > 3\n", "def f(x):\n    return x > 2\n"),
        ("def f(x):\n    return False\n", "def f(x):\n    return True\n"),
        ("def f(x):\n    return sorted(x)\n", "def f(x):\n    return sorted(x, reverse=True)\n"),
        ("def f(x):\n    return x['day']\n", "def f(x):\n    return x['date']\n"),
        ("P = re.compile('see the')\n", "P = re.compile('see the end')\n"),
        ("def f(x):\n    return x\n", "def f(x):\n    return x.strip().lower()\n"),
        ("def f(x):\n    return g(x)\n", "def f(x):\n    return h(x)\n"),
    ],
)
def test_what_is_part_of_the_logic_is_a_bug_fix(before: str, after: str):
    assert python(before, after) == "bug_fix"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ASK = 'Answer briefly.'\n", "ASK = 'Answer in one word.'\n"),
        (
            "def f(q):\n    return f'Answer {q} now'\n",
            "def f(q):\n    return f'Reply to {q} now'\n",
        ),
        ("PROMPT = '{q}'\n", "PROMPT = '{q}?'\n"),
    ],
)
def test_instructions_in_code_are_prompts(before: str, after: str):
    assert python(before, after) == "prompt"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(x):\n    return x\n", "def f(x):\n    return resolve(x)\n"),
        (
            "def f(x):\n    return x\n",
            "def f(x):\n    return part(x)\n\n\ndef part(x):\n    return x[:3]\n",
        ),
        (
            "def f(x):\n    a(x)\n    b(x)\n",
            "def f(x):\n    for y in x.parts():\n        a(x)\n        b(x)\n",
        ),
    ],
)
def test_new_components_calls_and_flows_are_architecture(before: str, after: str):
    assert python(before, after) == "architecture"


def test_moving_code_into_a_function_of_its_own_adds_no_component():
    before = "def f(x):\n    y = x + 1\n    z = y * 2\n    w = z - 3\n    return w / 2\n"
    after = (
        "def f(x):\n    return g(x)\n\n\n"
        "def g(x):\n    y = x + 1\n    z = y * 2\n    w = z - 3\n    return w / 4\n"
    )
    assert rule([FileChange("a.py", before, after)])[0] == "bug_fix"


def test_comments_messages_and_annotations_change_nothing():
    before = "def f(x):\n    'Old.'\n    raise ValueError('no such thing')  # why\n"
    after = "def f(x: int) -> int:\n    'New.'\n    raise ValueError('there is no such thing')\n"
    assert rule([FileChange("a.py", before, after)]) == (
        "bug_fix", "nothing but comments, messages or annotations",
    )  # fmt: skip


def test_settings_are_read_by_their_leaves():
    old, new = "a: {k: 1}\nprompt: Answer.\n", "a: {k: 2}\nprompt: Answer.\n"
    assert rule([FileChange("s.yaml", old, new)]) == ("hyperparameter", "a.k in s.yaml")
    assert rule([FileChange("s.yaml", old, old.replace("Answer", "Say"))])[0] == "prompt"
    assert rule([FileChange("s.ini", "k = 1\n", "k = 2\n")]) == ("hyperparameter", "k in s.ini")
    assert rule([FileChange("s.yaml", "k: [1\n", "k: [2\n")])[0] == "hyperparameter"


def test_new_structure_decides_whatever_comes_with_it():
    number = FileChange("s.json", '{"k": 1}', '{"k": 2}')
    text = FileChange("p.txt", "Answer.", "Answer briefly.")
    code = FileChange("b.py", "def f(x):\n    return x + 1\n", "def f(x):\n    return x - 1\n")
    fresh = FileChange("app/c.py", None, "def part(x):\n    return x\n")
    assert rule([number, text])[0] == "prompt"
    assert rule([number, code])[0] == "bug_fix"
    assert rule([number, text, code, fresh])[0] == "architecture"
    assert rule([FileChange("b.py", "def f(:\n", "def f():\n    return 1\n")])[0] == "bug_fix"


def test_it_agrees_with_the_labelled_changes():
    held = cases()
    assert len(held) >= 60
    right = sum(ruled(case)[0] == case.label for case in held)
    assert right / len(held) >= 0.95


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a):\n    return {**a, 'b': 1}\n", "def f(a):\n    return {'b': 1, **a}\n"),
        ("def f(a):\n    return {**a, **A}\n", "def f(a):\n    return {**a}\n"),
        ("def f(a):\n    return {'k': a}\n", "def f(a):\n    return {**a}\n"),
        ("def f(*, a, b=1):\n    return a + b\n", "def f(*, a=2, b=1):\n    return a + b\n"),
        ("def f(*, a, b=1):\n    return a + b\n", "def f(*, b=1):\n    return b\n"),
        ("def f():\n    global A\n    A = 1\n", "def f():\n    global A, B\n    A = 1\n"),
        (
            "def f(p):\n    match p:\n        case P():\n            return 1\n",
            "def f(p):\n    match p:\n        case P(x=0):\n            return 1\n",
        ),
        (
            "def f(p):\n    match p:\n        case {'a': 1}:\n            return 1\n",
            "def f(p):\n    match p:\n        case {'a': 1, **rest}:\n            return rest\n",
        ),
    ],
)
def test_rare_syntax_has_a_type_too(before: str, after: str):
    assert python(before, after) in {"bug_fix", "architecture", "hyperparameter"}
    assert python(after, before) in {"bug_fix", "architecture", "hyperparameter"}
