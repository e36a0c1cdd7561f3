"""Output fields as a compact schema that a person reads and a model follows, with an example."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

DEEPEST = 6
_PLAIN = {
    "string": "text", "integer": "whole number", "number": "number", "boolean": "true or false",
    "null": "null",
}  # fmt: skip
_LIMITS = {
    "minimum": "at least {}", "maximum": "at most {}", "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}", "minLength": "at least {} characters",
    "maxLength": "at most {} characters", "minItems": "at least {} entries",
    "maxItems": "at most {} entries", "pattern": "matches {}",
}  # fmt: skip
_EXAMPLES: Mapping[str, Any] = {"string": "...", "integer": 1, "number": 0.5, "boolean": True}


def fields_of(signature: Any) -> dict[str, tuple[Any, str]]:
    """The output fields of a DSPy signature: annotation and description by name."""
    return {
        name: (field.annotation, described(name, field))
        for name, field in signature.output_fields.items()
    }


def schema_text(fields: Mapping[str, tuple[Any, str]]) -> str:
    """The JSON object that answers, one field a line, each with its type and meaning."""
    lines = ["{"]
    for name, (annotation, meaning) in fields.items():
        schema = TypeAdapter(annotation).json_schema()
        shown = _type(schema, schema.get("$defs", {}), 1)
        lines.append(f'  "{name}": {shown},{_note(schema, meaning)}')
    return "\n".join([*lines, "}"])


def example_text(fields: Mapping[str, tuple[Any, str]]) -> str:
    """An object of that form, with placeholders for content."""
    example = {}
    for name, (annotation, _) in fields.items():
        schema = TypeAdapter(annotation).json_schema()
        example[name] = _example(schema, schema.get("$defs", {}), 1)
    return json.dumps(example, indent=2, ensure_ascii=False)


def json_schema(fields: Mapping[str, tuple[Any, str]]) -> dict[str, Any]:
    """The same as a JSON schema, for servers that hold a model to one."""
    properties: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for name, (annotation, meaning) in fields.items():
        schema = TypeAdapter(annotation).json_schema()
        definitions.update(schema.pop("$defs", {}))
        properties[name] = {**schema, "description": meaning} if meaning else schema
    document: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return document | ({"$defs": definitions} if definitions else {})


def described(name: str, field: Any) -> str:
    """What a field of a DSPy signature means; empty where nobody said."""
    text = str((field.json_schema_extra or {}).get("desc", "") or field.description or "")
    return "" if text == f"${{{name}}}" else " ".join(text.split())


def _type(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int) -> str:
    schema = _resolved(schema, definitions)
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            options = (_type(option, definitions, depth) for option in schema[several])
            return " | ".join(dict.fromkeys(options))
    kind = schema.get("type")
    if kind == "array":
        inner = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
        return f"[{_type(inner, definitions, depth)}, ...]"
    if kind == "object" and schema.get("properties"):
        return _object(schema, definitions, depth)
    if kind == "object":
        value = schema.get("additionalProperties")
        inner = _type(value, definitions, depth) if isinstance(value, Mapping) else "anything"
        return f"{{text: {inner}, ...}}"
    return _PLAIN.get(str(kind), "anything")


def _object(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int) -> str:
    if depth >= DEEPEST:
        return "{...}"
    pad = "  " * (depth + 1)
    required = set(schema.get("required", ()))
    lines = ["{"]
    for name, inner in schema["properties"].items():
        mark = "" if name in required else "?"
        shown = _type(inner, definitions, depth + 1)
        lines.append(f'{pad}"{name}"{mark}: {shown},{_note(inner, "")}')
    return "\n".join([*lines, "  " * depth + "}"])


def _note(schema: Mapping[str, Any], meaning: str) -> str:
    """Meaning, bounds and default, as a comment."""
    said = [meaning or " ".join(str(schema.get("description", "")).split())]
    options = [schema, *schema.get("anyOf", ())]
    said += [text.format(o[key]) for o in options for key, text in _LIMITS.items() if key in o]
    if "default" in schema:
        said.append(f"may be left out: {json.dumps(schema['default'], ensure_ascii=False)}")
    kept = [part for part in said if part]
    return f"  // {'; '.join(kept)}" if kept else ""


def _example(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int) -> Any:
    schema = _resolved(schema, definitions)
    for known in ("const", "default"):
        if known in schema and schema[known] not in (None, [], {}):
            return schema[known]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _example(schema[several][0], definitions, depth)
    kind = schema.get("type")
    if kind == "array":
        return [_example(schema.get("items") or {}, definitions, depth)] if depth < DEEPEST else []
    if kind == "object":
        inner = schema.get("properties", {}) if depth < DEEPEST else {}
        return {name: _example(value, definitions, depth + 1) for name, value in inner.items()}
    if kind in {"integer", "number"} and "minimum" in schema:
        return schema["minimum"]
    return _EXAMPLES.get(str(kind))


def _resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Mapping[str, Any] = definitions[str(reference).rsplit("/", 1)[-1]]
    return found
