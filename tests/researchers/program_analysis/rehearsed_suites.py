"""Tests as they are written for pytest and unittest: fixtures, marks, set-ups, what is printed."""

SHOP = """\
import functools
import warnings

LIMIT = 3


def limit():
    return LIMIT


def old(n):
    warnings.warn("old is deprecated", DeprecationWarning)
    print("old", n, sep="-")
    return n


def told(function):
    @functools.wraps(function)
    def run(*given, **named):
        return function(*given, **named)
    return run


@told
def price(n, tax=0):
    "The price."
    return n + tax
"""
PYTEST = """\
import warnings

import pytest

import shop

LOG = []


@pytest.fixture(params=["a", "b", pytest.param("c", id="last")])
def letter(request):
    return request.param


@pytest.fixture(params=[1, 2], ids=["one", "two"], name="count")
def make_count(request):
    yield request.param
    LOG.append(request.param)


@pytest.fixture(autouse=True)
def begun():
    LOG.append("begin")


@pytest.fixture
def doubled(request):
    return 2 * request.param


@pytest.fixture
def bank():
    return {"ann": 1}


def test_letters(letter):
    assert letter in "ab"


def test_both(letter, count):
    assert (letter, count) != ("b", 2)


@pytest.mark.parametrize("n", [5, 6])
def test_case_and_fixture(n, count):
    assert n + count < 8


@pytest.mark.parametrize("doubled", [1, 3], indirect=True)
def test_indirect(doubled):
    assert doubled == 2


def test_is_begun():
    assert LOG[-1] == "begin"


@pytest.mark.parametrize("name, n", {"a": 1, "b": 2}.items())
@pytest.mark.slow
def test_rows_of_a_mapping(name, n):
    assert n == 1


@pytest.mark.parametrize("n", (n for n in range(2)))
def test_rows_of_a_generator(n):
    assert not n


@pytest.mark.parametrize("side", ["left", "right"])
class TestSides:
    @pytest.fixture
    def bank(self, bank):
        return {**bank, "class": type(self).__name__}

    def setup_method(self, method):
        self.name = method.__name__

    @classmethod
    def setup_class(cls):
        cls.made = 1

    def test_side(self, side):
        assert side == "left" and self.name == "test_side" and self.made == 1

    @pytest.mark.parametrize("n", [1])
    def test_side_and_case(self, side, n):
        assert side == "right"

    def test_own_fixture(self, side, bank):
        assert bank == {"ann": 1, "class": "TestSides"}


@pytest.mark.usefixtures("bank")
@pytest.mark.skipif(False, reason="")
def test_used():
    assert shop.price(1, tax=2) == 3
    assert shop.price.__name__ == "price" and shop.price.__doc__ == "The price."


def test_patched(monkeypatch):
    monkeypatch.setattr(shop, "LIMIT", 7)
    assert shop.limit() == 7
    monkeypatch.setattr("shop.LIMIT", 8)
    assert shop.limit() == 8
    monkeypatch.undo()
    assert shop.limit() == 3
    table = {"a": 1}
    monkeypatch.setitem(table, "a", 2)
    with pytest.raises(AttributeError):
        monkeypatch.setattr(shop, "MISSING", 7)
    assert table["a"] == 2


def test_printed(capsys):
    with pytest.warns(DeprecationWarning, match="^old"):
        shop.old(3)
    assert capsys.readouterr().out == "old-3\\n"
    assert capsys.readouterr() == ("", "")


def test_warns_nothing():
    with pytest.warns(UserWarning):
        pass


def test_deprecated():
    with pytest.deprecated_call():
        shop.old(1)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        shop.old(2)
    assert [one.category for one in told] == [DeprecationWarning]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning):
            shop.old(3)


def test_files(tmp_path):
    path = tmp_path / "a" / "b.txt"
    with pytest.raises(FileNotFoundError):
        path.write_text("x")
    path.parent.mkdir()
    path.write_text("é\\nb", encoding="utf-8")
    assert path.exists() and path.is_file() and not path.is_dir() and tmp_path.is_dir()
    assert path.read_text(encoding="utf-8") == "é\\nb" and path.read_bytes()[:2] == "é".encode()
    assert (path.name, path.stem, path.suffix, path.parent.name) == ("b.txt", "b", ".txt", "a")
    with open(path, "a") as file:
        file.write("\\nc")
    with path.open() as file:
        assert [line.strip() for line in file] == ["é", "b", "c"]
    with open(str(path), "rb") as file:
        assert len(file.read()) == 6
    assert [one.name for one in path.parent.iterdir()] == ["b.txt"]
    assert path.relative_to(tmp_path).as_posix() == "a/b.txt"
    assert path.with_suffix(".md").name == "b.md" and path in list(tmp_path.rglob("*.txt"))
    with pytest.raises(FileNotFoundError):
        open(tmp_path / "none")
    path.unlink()
    assert not path.exists() and f"{path}".endswith("a/b.txt")


def test_folders_are_empty(tmp_path):
    assert list(tmp_path.iterdir()) == []


def test_fails_by_hand():
    pytest.fail("no")
"""
UNITTEST = """\
import unittest

import shop


class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = [1]

    def setUp(self):
        self.rows = list(self.shared)
        self.addCleanup(self.rows.clear)


class Shop(Base):
    def test_set_up(self):
        self.assertEqual(self.rows, [1])
        self.assertRegex("abc", "b.")
        self.assertNotAlmostEqual(1, 2)

    def test_wrong(self):
        self.assertNotRegex("abc", "b.")

    def test_warns(self):
        with self.assertWarns(DeprecationWarning):
            shop.old(1)

    def test_raises_nothing(self):
        with self.assertRaises(ValueError):
            pass

    def test_raises_nothing_at_once(self):
        self.assertRaisesRegex(ValueError, "no", lambda: 1)

    def test_warns_of_nothing(self):
        self.assertWarns(UserWarning, lambda: 1)

    @unittest.skipIf(False, "")
    def test_not_skipped(self):
        self.assertIsNone(self.rows.append(2))
        with self.assertRaisesRegex(ValueError, "invalid") as caught:
            int("x")
        self.assertIn("x", str(caught.exception))
"""
FILES = {
    "shop.py": SHOP,
    "tests/test_pytest.py": PYTEST,
    "tests/test_unittest.py": UNITTEST,
}
