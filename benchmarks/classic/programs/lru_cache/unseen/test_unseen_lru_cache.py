import random
from collections import OrderedDict

import pytest
from lru_cache import LRUCache


@pytest.mark.parametrize("capacity", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_random_use_against_an_ordered_dict(seed, capacity):
    draw = random.Random(seed)
    cache, model = LRUCache(capacity), OrderedDict()
    hits = misses = 0
    for step in range(150):
        key = draw.randint(0, 6)
        if draw.random() < 0.5:
            expected = model.get(key, "none")
            if key in model:
                model.move_to_end(key)
                hits += 1
            else:
                misses += 1
            assert cache.get(key, "none") == expected
        else:
            dropped = None
            if key not in model and len(model) == capacity:
                dropped = model.popitem(last=False)[0]
            model[key] = step
            model.move_to_end(key)
            assert cache.put(key, step) == dropped
        assert cache.keys() == list(reversed(model))
        assert len(cache) == len(model)
        assert all((k in cache) == (k in model) for k in range(7))
        assert (cache.hits, cache.misses) == (hits, misses)
    assert cache.hit_rate() == hits / (hits + misses)


def test_a_new_cache_is_empty():
    cache = LRUCache(1)
    assert cache.keys() == []
    assert len(cache) == 0
    assert cache.hit_rate() == 0.0
    assert cache.capacity == 1


def test_containment_does_not_count_or_refresh():
    cache = LRUCache(2)
    cache.put(1, 1)
    cache.put(2, 2)
    assert 1 in cache
    assert (cache.hits, cache.misses) == (0, 0)
    assert cache.put(3, 3) == 1


def test_values_that_are_none_are_hits():
    cache = LRUCache(1)
    cache.put("k", None)
    assert cache.get("k", "default") is None
    assert (cache.hits, cache.misses) == (1, 0)


def test_only_hits():
    cache = LRUCache(1)
    cache.put(1, 1)
    cache.get(1)
    cache.get(1)
    assert cache.hit_rate() == 1.0


def test_replacing_refreshes():
    cache = LRUCache(2)
    for key in ("a", "b", "a", "c"):
        cache.put(key, key)
    assert cache.keys() == ["c", "a"]


def test_the_message():
    with pytest.raises(ValueError, match="1 or more"):
        LRUCache(0)
    LRUCache(1)
