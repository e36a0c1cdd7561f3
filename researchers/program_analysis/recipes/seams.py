"""Seams: places where a component can be put in, found by what goes in and what comes out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.kinds import annotation_kind, element, is_sequence
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import BODY, QUESTION, says, tail, words
from researchers.program_analysis.scope import Value

_HITS = frozenset({
    "hit", "result", "record", "passage", "context", "document", "doc", "match", "candidate",
    "evidence", "turn", "memory", "chunk", "entry", "note", "snippet", "retrieved", "ranked",
    "source", "top", "found",
})  # fmt: skip
_ANSWER = frozenset({"prediction", "answer", "reply", "response"})
_RANKS = frozenset({
    "search", "rank", "retrieve", "query", "find", "lookup", "top", "select", "match", "hits",
})  # fmt: skip
_ASKED = QUESTION - {"prompt", "request"}
"""A prompt holds more than what is asked, and a request is mostly one of a network."""
_NOT_RANKS = frozenset({"token", "term", "embed", "split", "parse"})
_ANSWERS = frozenset({"answer", "respond", "reply", "predict", "read", "generate"})
_NOT_ANSWERS = frozenset({"prompt", "normalize", "normalise", "clean", "stem", "format"})


@dataclass(frozen=True)
class Seam:
    """Expressions of one function that can be wrapped, with what is at hand there."""

    module: Module
    function: Function
    places: tuple[ast.expr, ...]
    question: str
    records: str
    weight: float

    def wrapped(self, form: str) -> list[edits.Edit]:
        """Each place put into `form`, which has `{value}`, `{question}` and `{records}`."""
        filled = form.format(value="{}", question=self.question, records=self.records)
        return [edits.wrap(self.module, place, filled) for place in self.places]


def answer_seams(context: Context) -> list[Seam]:
    """Where a text goes out that answers a question, with the records it came from, best first."""
    found = [
        seam
        for module, function in context.functions()
        for seam in _answers(context, module, function)
    ]
    return sorted(found, key=lambda s: -s.weight)


def ranking_seams(context: Context) -> list[Seam]:
    """Where a list of records goes out for a query; `records` is the collection or ''."""
    found = []
    for module, function in context.functions():
        query = _question(function)
        returned = [v for v in _returned(function) if not _is_empty(v)]
        if not query or not returned or says(function.node.name, _NOT_RANKS):
            continue
        kind = context.kinds.returns(function)
        ranks = bool(words(function.node.name) & _RANKS)
        listed = is_sequence(kind) or (kind == "" and ranks)
        if not listed or (element(kind) in {"str", "float", "int"} and not ranks):
            continue
        corpus = _corpus(context, module, returned[-1], element(kind))
        weight = 1.0 + ranks + bool(corpus)
        found.append(Seam(module, function, (returned[-1],), query, corpus, weight))
    return sorted(found, key=lambda s: -s.weight)


def record_seams(context: Context) -> list[Seam]:
    """Where a list of records goes out with the ordered collection at hand, scored or bare.

    A list of hits that hold a score and a record is a ranking without a question too.
    """
    found = [s for s in ranking_seams(context) if s.records]
    known = {s.function.key for s in found}
    for module, function in context.functions():
        hit = context.program.classes.get(element(context.kinds.returns(function)))
        returned = [v for v in _returned(function) if not _is_empty(v)]
        if hit is None or not returned or function.key in known:
            continue
        held = {annotation_kind(a) for a in hit.fields.values()}
        for kind in sorted(held & set(context.program.classes)):
            corpus = _corpus(context, module, returned[-1], kind)
            if corpus and held & {"float", "int"}:
                found.append(Seam(module, function, (returned[-1],), "", corpus, 2.0))
    return sorted(found, key=lambda s: -s.weight)


def _answers(context: Context, module: Module, function: Function) -> Iterator[Seam]:
    query = _question(function)
    spelled = query or _question_code(module, function)
    fields = list(_answer_fields(function))
    if spelled and fields:
        records = _records(context, module, fields[0])
        yield Seam(module, function, tuple(fields), spelled, records, 2.0 + 2 * bool(records))
        return
    name = words(function.node.name)
    kind = context.kinds.returns(function)
    gives_text = kind == "str" or (kind == "" and bool(name & _ANSWERS))
    if not query or not gives_text or name & _NOT_ANSWERS:
        return
    places = [v for v in _returned(function) if not isinstance(v, ast.Constant)]
    records = _records(context, module, places[-1]) if places else ""
    first_line = _line_of(function, records)
    kept = tuple(p for p in places if p.lineno >= first_line)
    if kept:
        weight = 1.0 + bool(name & _ANSWERS) + 2 * bool(records)
        yield Seam(module, function, kept, query, records, weight)


def _question(function: Function) -> str:
    return next((p for p in function.parameters if says(p, _ASKED)), "")


def _question_code(module: Module, function: Function) -> str:
    """A question that the function spells out, such as `item["question"]`."""
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Subscript | ast.Attribute | ast.Name):
            continue
        parent = module.parents.get(node)
        whole = not (isinstance(parent, ast.Subscript | ast.Attribute) and parent.value is node)
        if "question" in words(tail(node)) and isinstance(node.ctx, ast.Load) and whole:
            return module.code(node)
    return ""


def _answer_fields(function: Function) -> Iterator[ast.expr]:
    """Values under a key or keyword that is called prediction or answer."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in _ANSWER:
                    yield value
        elif isinstance(node, ast.keyword) and node.arg in _ANSWER:
            yield node.value


def _returned(function: Function) -> list[ast.expr]:
    inner = {
        n for f in ast.walk(function.node)
        if f is not function.node and isinstance(f, ast.FunctionDef | ast.Lambda)
        for n in ast.walk(f)
    }  # fmt: skip
    return [
        n.value for n in ast.walk(function.node)
        if isinstance(n, ast.Return) and n.value is not None and n not in inner
    ]  # fmt: skip


def _is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.List | ast.Tuple) and not node.elts
    )


def _records(context: Context, module: Module, place: ast.expr) -> str:
    """The nearest value in scope that looks like retrieved records."""
    function = module.function_of(place)
    walked = _walked(function) if function is not None else frozenset()
    question = _question(function) if function is not None else ""
    scored = [
        (_like_records(context, value, value.code in walked), -value.rank, value.code)
        for value in context.values(module, place)
        if value.code != question
    ]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else ""


def _walked(function: Function) -> frozenset[str]:
    """Names that the function loops over, or takes the first or a slice of."""
    found: set[str] = set()
    for node in ast.walk(function.node):
        source: ast.expr | None = None
        if isinstance(node, ast.For | ast.comprehension):
            source = node.iter
        elif isinstance(node, ast.Subscript):
            key = node.slice
            whole = isinstance(key, ast.Constant) and isinstance(key.value, int)
            source = node.value if whole or isinstance(key, ast.Slice) else None
        if isinstance(source, ast.Name):
            found.add(source.id)
    return frozenset(found)


def _like_records(context: Context, value: Value, walked: bool) -> float:
    """How much a value looks like what was retrieved; 0 for not at all."""
    known = value.kind in {"", "iterator"} or value.kind in context.program.classes
    sequence = is_sequence(value.kind)
    if value.rank > 2 or not (known or sequence):
        return 0.0
    named = says(value.name, _HITS)
    held = context.program.classes.get(element(value.kind))
    texts = held is not None and any(says(f, BODY) for f in held.fields)
    if not named and not texts and not (walked and value.rank < 2):
        return 0.0
    plain = 1.5 if element(value.kind) in {"str", "int", "float"} else 0.0
    return 1.0 + 2.0 * texts + named + walked + 0.5 * sequence - plain


def _corpus(context: Context, module: Module, place: ast.expr, kind: str) -> str:
    """A collection in scope of what the function returns."""
    for value in context.values(module, place):
        plural = value.name.endswith("s") and says(value.name, _HITS | BODY)
        whole = value.code.startswith("self.") or value.rank == 0
        if whole and is_sequence(value.kind) and (element(value.kind) == kind and kind):
            return value.code
        if whole and not kind and plural and value.kind in {"", "list"}:
            return value.code
    return ""


def _line_of(function: Function, name: str) -> int:
    """The last line on which a local is first made; 0 for parameters."""
    made = [
        n.lineno for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and any(tail(t) == name for t in n.targets)
    ]  # fmt: skip
    return min(made, default=0)
