"""What identifiers say: the words in a name, and the roles that such words are used for."""

from __future__ import annotations

import ast
import re

DATE = frozenset({
    "date", "datetime", "timestamp", "when", "time", "day", "dated", "created", "occurred",
    "opened", "closed", "published", "updated", "received", "logged", "recorded", "started",
    "born", "due", "happened", "sent", "posted", "issued", "moment"
})  # fmt: skip
TEXT = frozenset({
    "text", "content", "body", "message", "utterance", "sentence", "description", "passage",
    "document", "snippet", "title", "name", "word", "term", "query", "question", "phrase",
    "label", "tag", "author", "speaker", "sender", "owner", "user", "city", "country", "status",
    "category", "kind", "topic", "keyword", "token", "line", "answer", "caption", "summary",
    "key"
})  # fmt: skip
BODY = frozenset({
    "text", "content", "body", "message", "utterance", "passage", "description", "document"
})  # fmt: skip
AUTHOR = frozenset({
    "author", "speaker", "sender", "owner", "user", "writer", "who", "role"
})  # fmt: skip
IDENTITY = frozenset({
    "id", "key", "uid", "uuid", "identifier", "number", "index", "sku", "code"
})  # fmt: skip
LIMIT = frozenset({
    "k", "limit", "top", "n", "count", "size", "max", "budget", "window", "depth"
})  # fmt: skip
BETTER_HIGH = frozenset({
    "score", "scores", "similarity", "relevance", "weight", "confidence", "probability",
    "count", "frequency", "votes", "rank_score", "overlap", "priority", "importance", "quality",
    "rating"
})  # fmt: skip
BETTER_LOW = frozenset({
    "distance", "distances", "cost", "loss", "error", "rank", "position", "price", "penalty",
    "age"
})  # fmt: skip
QUESTION = frozenset({
    "question", "query", "prompt", "request", "ask", "utterance"
})  # fmt: skip
NORMALISE = frozenset({
    "tokenize", "tokenise", "tokens", "tokenizer", "normalize", "normalise", "norm", "clean",
    "canonical", "stem", "fold", "canonicalize", "canonicalise", "slugify", "simplify",
    "standardize", "terms", "preprocess"
})  # fmt: skip
ENDS = (
    (
        frozenset({"old", "before", "previous", "prior", "earlier", "past", "initial"}),
        frozenset({"new", "after", "current", "later", "next", "final", "latest"}),
    ),
    (
        frozenset({"start", "begin", "first", "from", "low", "lower", "minimum", "min"}),
        frozenset({"end", "stop", "last", "to", "high", "upper", "maximum", "max"}),
    ),
    (
        frozenset({"source", "src", "origin", "input"}),
        frozenset({"target", "destination", "dst", "dest", "output"}),
    ),
)
"""Opposite ends that a name may speak of: an early and a late one, a low and a high one."""
BRIEF = frozenset({
    "format", "style", "concise", "short", "brief", "max", "limit", "length", "words", "tokens",
    "mode"
})  # fmt: skip


def words(name: str) -> frozenset[str]:
    """The lower-case words of a snake or camel case name."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)
    return frozenset(part.lower() for part in parts)


def tail(node: ast.AST) -> str:
    """The identifier that an expression ends in: `a.b`, `a["b"]`, `a.get("b")` all give `b`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        key = node.slice
        text = key.value if isinstance(key, ast.Constant) else None
        return text if isinstance(text, str) else ""
    if isinstance(node, ast.Call):
        if tail(node.func) == "get" and node.args and isinstance(node.args[0], ast.Constant):
            return str(node.args[0].value)
        return tail(node.func) if not isinstance(node.func, ast.Attribute) else node.func.attr
    return ""


def root(node: ast.AST) -> str:
    """The variable that an expression starts from; '' for none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.AST) -> str:
    """The bare name of what a call calls; '' for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else tail(function)


def is_own(node: ast.AST) -> bool:
    """Whether an expression is an attribute of `self`."""
    holder = node.value if isinstance(node, ast.Attribute) else None
    return isinstance(holder, ast.Name) and holder.id == "self"


def is_date(name: str) -> bool:
    """Whether a name speaks of a point in time."""
    return bool(words(name) & DATE) and not words(name) & {"timeout", "timer", "zone", "format"}


def says(name: str, role: frozenset[str]) -> bool:
    """Whether a name holds a word of a role, in singular or plural."""
    found = words(name)
    return bool(found & role or {_singular(w) for w in found} & role)


def opposite(one: str, other: str) -> bool:
    """Whether two names speak of opposite ends of the same thing, the first of the nearer one."""
    near, far = words(one), words(other)
    return any(near & a and far & b for a, b in ENDS)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "sses")) else word.removesuffix("s")
