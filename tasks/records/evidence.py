"""Evidence: what the observe phase learned about the target, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from tasks.records.base import Record


class Location(Record):
    """A place in the target: path relative to its root, 1-based lines, dotted function name."""

    path: str
    line: int = 0
    end_line: int = 0
    function: str = ""


class FunctionInfo(Record):
    """A function as the code map knows it; `name` is `Class.method` for methods."""

    path: str
    name: str
    line: int
    end_line: int
    parameters: tuple[str, ...]
    calls: tuple[str, ...] = ()


class ConfigKey(Record):
    """One key of a configuration file and the places that mention it, if any."""

    path: str
    key: str
    value: str
    readers: tuple[Location, ...] = ()


class CodeMap(Record):
    """Modules, functions, call graph, configuration keys with their readers, prompt files.

    `calls` maps `path:function` to the `path:function` it calls inside the target.
    """

    modules: tuple[str, ...]
    functions: tuple[FunctionInfo, ...]
    calls: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    config_keys: tuple[ConfigKey, ...] = ()
    prompts: tuple[str, ...] = ()
    unparsed: tuple[str, ...] = ()


class FlowCount(Record):
    """What went through one function: calls, and values in and out by kind.

    A kind is a short description of type and field presence, such as `dict{text,caption}` or
    `list[Record]`; `out_sizes` holds minimum, median and maximum length of sized returns.
    """

    location: Location
    calls: int
    inputs: Mapping[str, int] = Field(default_factory=dict)
    outputs: Mapping[str, int] = Field(default_factory=dict)
    out_sizes: tuple[int, int, int] | None = None
    empty_returns: int = 0
    seconds: float = 0.0


class SwallowedException(Record):
    """An exception that a handler caught and did not raise again.

    `raised` is `path:line` of the target's innermost line that raised it, or empty.
    """

    location: Location
    exception: str
    message: str
    count: int
    raised: str = ""


class DropCount(Record):
    """Records that were lost at one place: which statement did it and how often.

    `how` is one of `continue` and `skipped` (a condition passed them over), `filter`, `slice` (cut
    off a list), `text` (characters cut off a text), `overwrite` (of an entry under the same key),
    `collapse` (of equal keys or elements), `break` and `return` (a loop left before its end: then
    `dropped` counts the leavings and `seen` the entries of the loop). `kinds` are those of the
    first records lost.
    """

    location: Location
    statement: str
    dropped: int
    seen: int
    how: str = "continue"
    kinds: Mapping[str, int] = Field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share that was lost; 0 where nothing came by."""
        return self.dropped / self.seen if self.seen else 0.0


class LoopCount(Record):
    """What went into one loop: entries, records of sized collections, and the kinds of some."""

    location: Location
    entered: int
    records: int
    kinds: Mapping[str, int] = Field(default_factory=dict)


class StateTable(Record):
    """Local variables right before statements, written compactly.

    `rows` maps `path:line` to states in the order they were met; each is the number of a set of one
    item, followed by pairs of numbers of a name and of a value. Values are JSON as the tracer's
    encoding writes it.
    """

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    rows: Mapping[str, tuple[tuple[int, ...], ...]] = Field(default_factory=dict)


class FlowTrace(Record):
    """The record flow of one real run over `items` items of the development split.

    `coverage` maps `path:function` to the ids of the items during which it ran. Statements and
    values are kept compactly: `item_ids` numbers the items, `sets` are the distinct sets of such
    numbers, `statements` maps `path:line` (where a statement begins) to its set, and `values` maps
    `path:function` to `name is None` and the like, each to the set of items in which it occurred.
    `states` are kept for test suites with failing tests only.
    `scores` are the items' scores in the metric's unit, where they are known. `slowdown` is traced
    seconds over untraced seconds.
    """

    flows: tuple[FlowCount, ...]
    swallowed: tuple[SwallowedException, ...] = ()
    drops: tuple[DropCount, ...] = ()
    loops: tuple[LoopCount, ...] = ()
    coverage: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    item_ids: tuple[str, ...] = ()
    sets: tuple[tuple[int, ...], ...] = ()
    statements: Mapping[str, int] = Field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = Field(default_factory=dict)
    states: StateTable = Field(default_factory=StateTable)
    scores: Mapping[str, float] = Field(default_factory=dict)
    items: int = 0
    seconds: float = 0.0
    slowdown: float | None = None

    def named(self, number: int) -> frozenset[str]:
        """The ids of the items in one of the `sets`."""
        return frozenset(self.item_ids[index] for index in self.sets[number])


class ProbeExample(Record):
    """One prediction that is not what a relation asks for."""

    item: str
    expected: str
    found: str


class ProbeResult(Record):
    """What one metamorphic relation showed: `items` were checked, `violations` are those that fail.

    `what` says what was changed. `reason` says why the relation was not checked, and is empty where
    it was; `seconds` is the time in the sandbox.
    """

    relation: str
    what: str = ""
    items: int = 0
    violations: tuple[str, ...] = ()
    examples: tuple[ProbeExample, ...] = ()
    reason: str = ""
    seconds: float = 0.0


class FailureSlice(Record):
    """Where score is lost: a slice, its mean, its share of all loss, and the kind of loss.

    `retrieval_loss` and `answer_loss` split the loss by whether gold evidence was retrieved; both
    are None where the target reports no retrieval or the items have no evidence. `worst` holds a
    few item ids to look at.
    """

    dimension: str
    value: str
    n: int
    mean: float
    loss_share: float
    retrieval_loss: float | None = None
    answer_loss: float | None = None
    worst: tuple[str, ...] = ()


class FailureReport(Record):
    """All failure slices, worst first, and what typical wrong predictions look like.

    `prediction_words` and `gold_words` are median lengths in words of predictions and of gold
    answers over items that have a gold text.
    """

    slices: tuple[FailureSlice, ...]
    prediction_words: float | None = None
    gold_words: float | None = None
    empty_predictions: int = 0
    constant_predictions: int = 0
