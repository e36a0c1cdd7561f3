"""The target contract: what is improved, by which metric, within which limits. Read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from tasks.errors import ContractError
from tasks.explain import cure, explain
from tasks.hyperparameters import Hyperparameter
from tasks.records.base import Record


class Repository(Record):
    """Where the target lives.

    `path` is relative to the contract's file, `url` anything git can clone. `snapshot` copies the
    folder and starts a fresh history in the copy, for a tree that is no repository of its own.
    """

    path: str | None = None
    url: str | None = None
    revision: str = "HEAD"
    snapshot: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Repository:
        if (self.path is None) == (self.url is None):
            raise ValueError("give exactly one of 'path' and 'url'")
        if self.snapshot and self.path is None:
            raise ValueError("'snapshot' needs 'path': a URL is cloned with its own history")
        return self


class Environment(Record):
    """The interpreter (`python`, default: the one Whetstone runs on) and extra variables."""

    python: str | None = None
    variables: Mapping[str, str] = Field(default_factory=dict)


class PredictionsMetric(Record):
    """Predictions come out of the sandbox as data and a trusted scorer compares them with gold.

    `scorer` is a shipped one (`locomo`, `token_f1`, `exact_match`) or `file.py:function` beside
    the contract, called as `function(prediction, gold) -> float` outside the sandbox. `notes` tell
    researchers what the metric rewards, as its documentation would.
    """

    kind: Literal["predictions"]
    name: str
    scorer: str
    direction: Literal["maximize", "minimize"] = "maximize"
    unit: str = "0 to 1"
    notes: str = ""


class PytestMetric(Record):
    """The share of the repository's tests that pass; each test is an item.

    `command` runs pytest; options for the report are appended to it. A test that uses the processor
    for longer than `test_seconds` has failed; candidates get less time where the base's tests are
    quick. `notes` as for predictions.
    """

    kind: Literal["pytest"]
    command: tuple[str, ...] = ("{python}", "-m", "pytest", "-q", "-p", "no:cacheprovider")
    name: str = "tests passed"
    direction: Literal["maximize"] = "maximize"
    unit: str = "share of tests"
    test_seconds: float = Field(default=5.0, gt=0)
    notes: str = ""


class CommandMetric(Record):
    """Any command that prints one number as its last word, or writes it to `{output}`.

    The system scores itself, so its figures are stamped as unguarded wherever they are shown.
    """

    kind: Literal["command"]
    command: tuple[str, ...]
    name: str = "value"
    direction: Literal["maximize", "minimize"] = "maximize"
    unit: str = ""
    notes: str = ""


Metric = Annotated[PredictionsMetric | PytestMetric | CommandMetric, Field(discriminator="kind")]


class Predict(Record):
    """The predict command; `{input}`, `{output}` and `{python}` are filled in."""

    command: tuple[str, ...]

    @model_validator(mode="after")
    def _placeholders(self) -> Predict:
        text = " ".join(self.command)
        for placeholder in ("{input}", "{output}"):
            if placeholder not in text:
                raise ValueError(f"the command must contain {placeholder}")
        return self


class Data(Record):
    """Where items come from: a shipped benchmark, or `jsonl` with a folder of your own.

    `path` is the file or folder (relative to the contract), `sha256` the digest it must have,
    `arguments` are passed to a generator.
    """

    benchmark: Literal["lifelog", "locomo", "jsonl"]
    path: str | None = None
    sha256: str | None = None
    arguments: Mapping[str, int] = Field(default_factory=dict)


class Splits(Record):
    """How groups are dealt: named groups, or a share of them for the sealed split by seed.

    `select_share` of the development items is kept from the search (`predictions` kind; 0: none).

    With the `pytest` kind a group is a test function, with `command` a seed. Failing and passing
    tests are then dealt apart, so that failing ones land in both splits where there are two.
    """

    sealed_share: float = Field(default=0.4, gt=0, lt=1)
    seed: int = 0
    dev: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    select_share: float = Field(default=1 / 3, ge=0, le=0.5)

    @model_validator(mode="after")
    def _disjoint(self) -> Splits:
        if bool(self.dev) != bool(self.sealed):
            raise ValueError("name the groups of both 'dev' and 'sealed', or of neither")
        both = sorted(set(self.dev) & set(self.sealed))
        if both:
            raise ValueError(f"groups in both splits: {', '.join(both)}")
        return self


class Tests(Record):
    """The target's own test command; `{python}` is filled in."""

    command: tuple[str, ...]
    seconds: float = Field(default=120.0, gt=0)


class RunLimits(Record):
    """Limits of one predict call in the sandbox."""

    seconds: float = Field(default=300.0, gt=0)
    memory_mb: int = Field(default=6144, gt=0)
    processes: int = Field(default=256, gt=0)
    disk_mb: int = Field(default=1024, gt=0)


class Budget(Record):
    """What a run may spend: trials, minutes, openings of the sealed split, repeats of the base.

    `credit` is how many evaluations may go into credit for each accepted change, beside those of
    leave-one-out, which are always spent.
    """

    experiments: int = Field(default=40, ge=1)
    minutes: float = Field(default=30.0, gt=0)
    sealed_openings: int = Field(default=8, ge=2)
    repeats: int = Field(default=3, ge=2)
    credit: int = Field(default=4, ge=0)


class Target(Record):
    """The whole contract. `folder` is where its file lies; relative paths start there.

    `prompts` are globs of files whose text instructs a model inside the target: a researcher that
    thinks with a model optimises them as a whole, beside its other changes.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    description: str = ""
    repository: Repository
    editable: tuple[str, ...] = Field(min_length=1)
    protected: tuple[str, ...] = ()
    environment: Environment = Environment()
    metric: Metric
    predict: Predict | None = None
    data: Data | None = None
    splits: Splits = Splits()
    slices: tuple[str, ...] = ()
    slice_tolerance: float = Field(default=0.25, ge=0, le=1)
    prompts: tuple[str, ...] = ()
    hyperparameters: tuple[Hyperparameter, ...] = ()
    tests: Tests | None = None
    limits: RunLimits = RunLimits()
    budget: Budget = Budget()
    folder: Path = Path()

    @model_validator(mode="after")
    def _whole(self) -> Target:
        if self.metric.kind == "predictions" and (self.predict is None or self.data is None):
            raise ValueError("metric kind 'predictions' needs the keys 'predict' and 'data'")
        if self.metric.kind != "predictions" and (self.predict or self.data):
            raise ValueError(f"metric kind '{self.metric.kind}' takes no 'predict' and no 'data'")
        if self.metric.kind != "predictions" and self.prompts:
            raise ValueError(f"metric kind '{self.metric.kind}' takes no 'prompts'")
        usual = Splits.model_fields["select_share"].default
        if self.metric.kind != "predictions" and self.splits.select_share != usual:
            raise ValueError(f"metric kind '{self.metric.kind}' takes no 'splits.select_share'")
        return self

    @property
    def guarded(self) -> bool:
        """False where the system scores itself."""
        return self.metric.kind != "command"

    @property
    def sign(self) -> int:
        """+1 where larger is better, -1 where smaller is."""
        return 1 if self.metric.direction == "maximize" else -1

    def may_edit(self, path: str) -> bool:
        """Whether a candidate may touch this path: editable and not protected."""
        return matches(path, self.editable) and not matches(path, self.protected)


def matches(path: str, globs: tuple[str, ...]) -> bool:
    """Whether a relative POSIX path matches any glob; `**` spans folders."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        return False
    return any(_glob_match(pure.parts, PurePosixPath(g).parts) for g in globs)


def _glob_match(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    head, rest = pattern[0], pattern[1:]
    if head == "**":
        return (not rest and bool(parts)) or any(
            _glob_match(parts[i:], rest) for i in range(len(parts) + 1)
        )
    return bool(parts) and PurePosixPath(parts[0]).match(head) and _glob_match(parts[1:], rest)


def shipped_targets() -> dict[str, Path]:
    """Names of the contracts under `configs/targets/` and their files."""
    folder = Path(__file__).resolve().parents[1] / "configs" / "targets"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def load_target(name_or_path: str) -> Target:
    """Reads a contract by file, or a shipped one by name. Raises ContractError."""
    path = Path(name_or_path)
    if not path.suffix and name_or_path in shipped_targets():
        path = shipped_targets()[name_or_path]
    if not path.is_file():
        raise ContractError(
            f"no target contract '{name_or_path}': it is neither a file nor one of "
            f"{', '.join(shipped_targets())}",
            "name a YAML file, or start from an example under configs/targets/",
        )
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContractError(f"{path} is not UTF-8 text: {error}", "save it as UTF-8") from error
    return parse_target(text, path)


def parse_target(text: str, path: Path) -> Target:
    """Validates a contract's text; `path` is for messages and for relative paths."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ContractError(f"{path} is not YAML: {error}", "mend the syntax there") from error
    if not isinstance(document, dict):
        raise ContractError(
            f"{path} holds {type(document).__name__}, not a mapping",
            "a contract is a YAML mapping; see configs/targets/ for examples",
        )
    if "folder" in document:
        raise ContractError(f"{path}: unknown key 'folder'", "remove it")
    try:
        return Target.model_validate({**document, "folder": path.resolve().parent})
    except ValidationError as error:
        raise ContractError(explain(error, path), cure(error)) from error
