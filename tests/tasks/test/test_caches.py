"""The caches: what is inherited, what is not, and what a hostile tree may leave behind."""

from __future__ import annotations

import os
from pathlib import Path

from tasks.records import ItemScore
from tasks.test import EvaluationCache, LineageCache, Measured


def test_evaluations_come_back(tmp_path: Path):
    cache = EvaluationCache(tmp_path)
    measured = Measured((ItemScore(item="i", group="g", score=0.1 + 0.2),), 1.5)
    key = cache.key("tree", "evaluator", ["i"], 0)
    assert cache.get(key) == Measured()
    cache.put(key, measured)
    assert cache.get(key) == measured


def test_every_part_of_the_key_counts(tmp_path: Path):
    cache = EvaluationCache(tmp_path)
    keys = {
        cache.key("t", "e", ["a", "b"], 0),
        cache.key("u", "e", ["a", "b"], 0),
        cache.key("t", "f", ["a", "b"], 0),
        cache.key("t", "e", ["a"], 0),
        cache.key("t", "e", ["a", "b"], 1),
    }
    assert len(keys) == 5


def test_a_damaged_file_counts_as_unknown(tmp_path: Path):
    cache = EvaluationCache(tmp_path)
    key = cache.key("tree", "e", [], 0)
    cache.put(key, Measured((), 0.0))
    (tmp_path / key[:2] / f"{key}.json").write_text("{")
    assert cache.get(key) == Measured()


def left(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_children_inherit_and_strangers_do_not(tmp_path: Path):
    cache = LineageCache(tmp_path / "kept")
    left(tmp_path / "run-base" / "cache", "vectors", "base")
    cache.keep("base", [], tmp_path / "run-base" / "cache")
    child = cache.borrow("child", ["base"], tmp_path / "run-child" / "cache")
    assert (child / "vectors").read_text() == "base"
    (child / "vectors").write_text("poison")
    cache.keep("child", ["base"], child)
    stranger = cache.borrow("stranger", ["base"], tmp_path / "run-stranger" / "cache")
    assert (stranger / "vectors").read_text() == "base"
    grandchild = cache.borrow("grandchild", ["child", "base"], tmp_path / "run-g" / "cache")
    assert (grandchild / "vectors").read_text() == "poison"


def test_nothing_new_is_not_kept_twice(tmp_path: Path):
    cache = LineageCache(tmp_path / "kept")
    left(tmp_path / "run-base" / "cache", "vectors", "base")
    cache.keep("base", [], tmp_path / "run-base" / "cache")
    child = cache.borrow("child", ["base"], tmp_path / "run-child" / "cache")
    cache.keep("child", ["base"], child)
    assert [p.name for p in (tmp_path / "kept").iterdir()] == ["base"]


def test_links_and_pipes_are_not_copied(tmp_path: Path):
    cache = LineageCache(tmp_path / "kept")
    secret = tmp_path / "secret"
    secret.write_text("secret")
    scratch = tmp_path / "run" / "cache"
    left(scratch, "plain", "x")
    (scratch / "link").symlink_to(secret)
    os.mkfifo(scratch / "pipe")
    cache.keep("tree", [], scratch)
    assert [p.name for p in (tmp_path / "kept" / "tree").iterdir()] == ["plain"]
