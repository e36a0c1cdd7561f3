import pytest
from lru_cache import LRUCache


@pytest.fixture
def cache():
    result = LRUCache(2)
    result.put("a", 1)
    result.put("b", 2)
    return result


def test_get(cache):
    assert cache.get("a") == 1


def test_get_missing(cache):
    assert cache.get("z") is None
    assert cache.get("z", 7) == 7


def test_oldest_is_dropped(cache):
    cache.put("c", 3)
    assert "a" not in cache
    assert "b" in cache


def test_get_makes_a_key_the_latest(cache):
    cache.get("a")
    cache.put("c", 3)
    assert "a" in cache
    assert "b" not in cache


def test_put_replaces(cache):
    cache.put("a", 10)
    assert cache.get("a") == 10
    assert len(cache) == 2


def test_put_returns_what_was_dropped(cache):
    assert cache.put("b", 5) is None
    assert cache.put("c", 3) == "a"


def test_keys_latest_first(cache):
    cache.get("a")
    assert cache.keys() == ["a", "b"]


def test_hit_rate(cache):
    cache.get("a")
    cache.get("z")
    assert cache.hit_rate() == 0.5


@pytest.mark.parametrize("capacity", [0, -1])
def test_capacity_must_be_positive(capacity):
    with pytest.raises(ValueError):
        LRUCache(capacity)
