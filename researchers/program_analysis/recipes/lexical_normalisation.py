"""Tokenises by words: lower case, no punctuation, no stop words, stems."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, location, where
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.module import Module
from researchers.program_analysis.recipes.bring import bring, is_here
from researchers.program_analysis.recipes.recipe import Recipe

PART, NAME = "lexical_terms", "lexical_terms"


def match(context: Context) -> Sequence[Draft] | str:
    """Replaces the body of a plain tokenizer, or coupled `split` calls where there is none."""
    drafts = [*_tokenizers(context), *_splits(context)]
    if drafts:
        return drafts
    if is_here(context, PART):
        return "the tokenizer has been replaced already"
    return "no function from a text to its tokens, and no text split into words"


def _tokenizers(context: Context) -> Iterator[Draft]:
    for finding, module, node in context.found("plain_tokenizer"):
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        function = module.function_of(node)
        if function is None or NAME in module.code(node):
            continue
        for name, what in ((NAME, "stems without stop words"), ("words", "lower-case words")):
            edit = edits.body(module, node, f"return {name}({function.parameters[0]})")
            yield Draft(
                f"Tokenise into {what} in {where(module, node)}",
                finding.evidence, location(module, node),
                bring(context, module, [edit], PART, name),
                min(1.0, finding.strength * (1.0 if name == NAME else 0.6)), 1.5, (finding.id,),
            )  # fmt: skip


def _splits(context: Context) -> Iterator[Draft]:
    """All texts that one module splits at white space, changed together."""
    for module in context.program.editable:
        places = list(_split_calls(module))
        if not places or (len(places) == 1 and not _near_index(module)):
            continue
        made = [edits.swap(module, n, f"{NAME}({module.code(base)})") for n, base in places]
        yield Draft(
            "Tokenise into stems without stop words instead of splitting at spaces in "
            f"{module.path}",
            f"{module.path} splits text at white space, keeping case and punctuation",
            location(module, places[0][0]), bring(context, module, made, PART, NAME), 0.6, 1.4,
        )  # fmt: skip


def _split_calls(module: Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in module.nodes:
        if not isinstance(node, ast.Call) or node.args or getattr(node.func, "attr", "") != "split":
            continue
        assert isinstance(node.func, ast.Attribute)
        base = node.func.value
        while isinstance(base, ast.Call) and getattr(base.func, "attr", "") in {
            "lower",
            "strip",
            "casefold",
        }:
            base = base.func.value  # type: ignore[attr-defined]
        parent = module.parents.get(node)
        measured = isinstance(parent, ast.Call) and getattr(parent.func, "id", "") == "len"
        taken = isinstance(parent, ast.Subscript) or (
            isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Tuple)
        )
        if not measured and not taken and not isinstance(base, ast.Constant):
            yield node, base


def _near_index(module: Module) -> bool:
    text = module.text.lower()
    return any(word in text for word in ("bm25", "tfidf", "tf_idf", "overlap", "score", "index"))


RECIPE = Recipe(
    "lexical-normalisation", "architecture", 0.6, match, ("token-normalisation", "porter-stemming")
)
