import pytest
from shortest_paths import distances, eccentricity, path_length, shortest_path

TOWN = {
    "home": {"park": 4, "shop": 1},
    "shop": {"park": 2, "school": 6},
    "park": {"school": 3},
    "school": {},
    "island": {"home": 1},
}


def test_distances():
    assert distances(TOWN, "home") == {"home": 0, "shop": 1, "park": 3, "school": 6}


def test_path_takes_the_detour():
    assert shortest_path(TOWN, "home", "school") == ["home", "shop", "park", "school"]


def test_path_to_itself():
    assert shortest_path(TOWN, "park", "park") == ["park"]


def test_no_path():
    assert shortest_path(TOWN, "home", "island") == []


def test_unreachable_has_no_distance():
    assert "island" not in distances(TOWN, "school")


def test_unknown_source():
    with pytest.raises(KeyError):
        distances(TOWN, "moon")


def test_negative_weight():
    with pytest.raises(ValueError):
        distances({"a": {"b": -1}, "b": {}}, "a")


@pytest.mark.parametrize(("path", "length"), [(["home", "shop", "park"], 3), (["home"], 0)])
def test_path_length(path, length):
    assert path_length(TOWN, path) == length


def test_eccentricity():
    assert eccentricity(TOWN, "shop") == 5
