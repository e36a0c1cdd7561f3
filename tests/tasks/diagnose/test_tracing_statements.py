"""Which statements ran during which item: by marks, and by line events where there are some."""

from __future__ import annotations

PROGRAM = """\
LIMIT = 2


def weigh(word):
    \'\'\'Documented.\'\'\'
    if len(word) > LIMIT:
        return len(word)
    elif word:
        return 1
    return 0


def answer(question):
    total = 0
    for word in question.split():
        try:
            total += weigh(
                word,
            )
            if word == "bad":
                raise ValueError(word)
        except ValueError:
            total = -1
            break
    else:
        total += 100
    match total:
        case 100:
            return "nothing"
        case _:
            return str(total)


for n in range(300):
    weigh("warm up")
for question in ("", "a bb", "long words", "a bad one"):
    print(answer(question + " "))
weigh("")
"""
ITEMS = {"item-0": " ", "item-1": "a bb ", "item-2": "long words ", "item-3": "a bad one "}
RAN = {
    6: "123", 7: "23", 8: "13", 9: "13", 10: "3", 14: "123", 15: "123", 16: "123", 17: "123",
    20: "123", 21: "3", 23: "3", 24: "3", 26: "12", 27: "123", 29: "", 31: "123",
}  # fmt: skip


def seen(trace):
    return {
        int(place.partition(":")[2]): "".join(
            sorted(item[-1] for item in trace.named(number) if item != "item-0")
        )
        for place, number in trace.statements.items()
    }


def test_statements_of_each_item(target):
    subject = target({"program.py": PROGRAM})
    assert subject.traced("program.py", items=ITEMS) == subject.plain("program.py")
    found = seen(subject.trace)
    assert {line: found.get(line, "") for line in RAN} == RAN
    assert set(found) <= set(RAN)


def test_statements_by_line_events(target, monitoring_pythons):
    written = target({"program.py": PROGRAM})
    for python in monitoring_pythons:
        subject = written.under(python)
        assert subject.traced("program.py", items=ITEMS) == subject.plain("program.py")
        found = seen(subject.trace)
        assert {line: found.get(line, "") for line in RAN} == RAN
        assert set(found) <= set(RAN)
