from words import count, longest


def test_count_plain():
    assert count("a b a") == {"a": 2, "b": 1}


def test_count_strips():
    assert count("yes, yes.") == {"yes": 2}


def test_count_case():
    assert count("The the") == {"the": 2}


def test_count_capitals():
    assert count("NO No no!") == {"no": 3}


def test_count_nothing():
    assert count("") == {}


def test_longest():
    assert longest("a bcd ef") == "bcd"


def test_longest_first():
    assert longest("ab cd") == "ab"


def test_longest_of_nothing():
    assert longest("") == ""
