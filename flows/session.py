"""A session: opens a run or takes one up again, and keeps its status whatever happens."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from researchers.language_model.models.loading import load_model
from researchers.registry import find_researcher, require
from stages.desk import RunDesk
from stages.kept_arms import FIRST_ARM, find_arms
from stages.progress import Progress, Silent
from stages.run import Run
from stages.settings import Settings
from stages.status import Status, purpose_of, read_status, write_status
from tasks.errors import HomeBusyError, WhetstoneError
from tasks.home import Home
from tasks.records.document import RunKind, RunState
from tasks.target import Target, load_target
from tasks.test.sandbox import Job, Outcome, Sandbox, choose, discard

FULL_MB = 16
"""With less than this free, whatever failed is taken to have failed for want of space."""


@dataclass(frozen=True)
class Cancellable:
    """A sandbox whose jobs end when the session is interrupted."""

    inner: Sandbox
    cancel: Event

    @property
    def name(self) -> str:
        """See Sandbox.name."""
        return self.inner.name

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        return self.inner.run(job, cancel or self.cancel)


@dataclass(frozen=True)
class Request:
    """What the command line asked for."""

    target: str
    researcher: str = "program_analysis"
    model: str | None = None
    experiments: int | None = None
    minutes: float | None = None
    seed: int = 0
    data: str | None = None
    automl: bool = True
    sandbox: str | None = None
    allow_unsandboxed: bool = False
    tracking: bool = True
    memory: bool = True
    kind: RunKind = "improve"
    arms: str = FIRST_ARM
    sampler: str = "tpe"
    passes: float | None = None
    seconds: float | None = None


def new_run(request: Request, progress: Progress | None = None) -> Run:
    """A fresh run with a status file. Raises on a bad contract, sandbox or researcher."""
    target = with_data(load_target(request.target), request.data)
    home = home_of(request.target, target)
    home.require_space()
    require(request.researcher, request.model is not None)
    settings = Settings(
        contract=_contract_path(request),
        researcher=request.researcher,
        model=load_model(request.model).name if request.model else "",
        seed=request.seed,
        experiments=request.experiments,
        minutes=request.minutes,
        automl=request.automl,
        tracking=request.tracking,
        memory=request.memory,
        kind=request.kind,
        arms=",".join(find_arms(request.arms)),
        sampler=request.sampler,
        passes=request.passes,
        seconds=request.seconds,
    )
    identifier = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{target.name}-{secrets.token_hex(2)}"
    run = _build(identifier, target, settings, home, request, progress)
    write_status(run.folder, _status(run))
    return run


def resumed_run(request: Request, name: str, progress: Progress | None = None) -> Run:
    """The run of this name, with the settings that it began with."""
    asked = load_target(request.target)
    home = home_of(request.target, asked)
    identifier = home.find_run(name)
    status = read_status(home.run_folder(identifier))
    contract, _, data = status.contract.partition("#data=")
    target = with_data(load_target(contract), data or None)
    if (target.name, target.folder) != (asked.name, asked.folder):
        raise WhetstoneError(
            f"run {identifier} improves {contract}, not {request.target}",
            f"`whetstone {status.kind} {contract} --resume {identifier}`, or name a run of "
            f"{request.target} (`whetstone runs` lists them)",
        )
    if request.data and _contract_path(request).partition("#data=")[2] != data:
        raise WhetstoneError(
            f"run {identifier} began with {data or 'the data of its contract'}, not {request.data}",
            "leave out --data: a run goes on with what it began with",
        )
    if status.state == "completed":
        raise WhetstoneError(
            f"run {identifier} is completed: there is nothing to resume",
            f"read it with `whetstone show {identifier}`, or start a new run without --resume",
        )
    if request.model and load_model(request.model).name != status.model:
        raise WhetstoneError(
            f"run {identifier} began with {status.model or 'no model'}, not {request.model}",
            "leave out --model: a run goes on with what it began with",
        )
    if status.kind != request.kind:
        raise WhetstoneError(
            f"run {identifier} was begun by `whetstone {status.kind}`, not `whetstone "
            f"{request.kind}`",
            f"`whetstone {status.kind} {request.target} --resume {identifier}`",
        )
    began = settings_of(status)
    settings = dataclasses.replace(
        began,
        experiments=request.experiments or began.experiments,
        minutes=request.minutes or began.minutes,
    )
    return _build(identifier, target, settings, home, request, progress)


def stored_run(home: Home, name: str) -> Run:
    """A run to read from; nothing is executed in it."""
    identifier = home.find_run(name)
    status = read_status(home.run_folder(identifier))
    settings = settings_of(status)
    contract, _, data = status.contract.partition("#data=")
    target = with_data(load_target(contract), data or None)
    return Run(
        id=identifier,
        target=target,
        settings=settings,
        home=home,
        sandbox=_Past(status.sandbox),
        researcher=find_researcher("program_analysis"),
    )


@contextmanager
def holding(run: Run, fresh: bool) -> Iterator[None]:
    """Holds the run's home. A fresh run that finds it taken never began: it leaves no folder."""
    with ExitStack() as stack:
        try:
            stack.enter_context(run.home.locked(purpose_of(run.id)))
        except HomeBusyError:
            if fresh:
                discard(run.folder)
            raise
        yield


@contextmanager
def recorded(run: Run) -> Iterator[None]:
    """Keeps the run's status: completed, failed with its reason, or stopped by hand."""
    write_status(run.folder, _status(run))
    try:
        yield
    except WhetstoneError as error:
        _end(run, "failed", str(error))
        raise
    except KeyboardInterrupt:
        _end(run, "stopped", "interrupted")
        raise
    except BaseException as error:
        # The one boundary that must survive anything: whatever ended the run, its status says so.
        reason = f"{type(error).__name__}: {error}"
        _end(run, "failed", reason)
        run.home.require_space(FULL_MB, f" ({reason})")
        raise
    _end(run, "completed", "")


def settings_of(status: Status) -> Settings:
    """What a run was begun with, as its status tells."""
    names = {field.name for field in dataclasses.fields(Settings)}
    return Settings(**status.model_dump(include=names))


def home_of(contract: str, target: Target) -> Home:
    """`WHETSTONE_HOME`, else `.whetstone` beside the contract; for shipped ones, in this folder."""
    beside = target.folder if Path(contract).is_file() else Path.cwd()
    return Home.beside(beside)


def with_data(target: Target, data: str | None) -> Target:
    """The target with `--data` in place of its own data path."""
    if data is None:
        return target
    if target.data is None:
        raise WhetstoneError(
            f"--data was given, but target {target.name} takes no data", "leave out --data"
        )
    path = str(Path(data).expanduser().resolve())
    return target.model_copy(update={"data": target.data.model_copy(update={"path": path})})


@dataclass(frozen=True)
class _Past:
    """The sandbox that a past run used; it runs nothing any more."""

    name: str

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        raise WhetstoneError("a stored run executes nothing", "start or resume a run instead")


def _build(
    identifier: str,
    target: Target,
    settings: Settings,
    home: Home,
    request: Request,
    progress: Progress | None,
) -> Run:
    event, shown = Event(), progress or Silent()
    chosen = choose(allow_unsandboxed=request.allow_unsandboxed, prefer=request.sandbox)
    desk = RunDesk(home, identifier, shown, event)
    model = load_model(settings.model) if settings.model else None
    run = Run(
        id=identifier,
        target=target,
        settings=settings,
        home=home,
        sandbox=Cancellable(chosen, event),
        researcher=find_researcher(settings.researcher, model, desk),
        desk=desk if model is not None else None,
        progress=shown,
        cancel=event,
    )
    desk.round_now = lambda: run.round
    if chosen.name == "unsandboxed":
        run.degrade("candidates run without a sandbox", "they can read and write as you can")
    return run


def _contract_path(request: Request) -> str:
    path = Path(request.target)
    name = str(path.resolve()) if path.is_file() else request.target
    return f"{name}#data={Path(request.data).expanduser().resolve()}" if request.data else name


def _status(run: Run) -> Status:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    if (run.folder / "status.json").is_file():
        started = read_status(run.folder).started
    budget = {"experiments": run.experiments, "minutes": run.minutes}
    return Status(
        state="running",
        started=started,
        sandbox=run.sandbox.name,
        **(dataclasses.asdict(run.settings) | budget),
    )


def _end(run: Run, state: RunState, error: str) -> None:
    run.cancel.set()
    update = {"state": state, "error": error, "stage": run.stage_in_flight}
    with suppress(OSError):  # on a full disk what ended the run matters more than this note of it
        write_status(run.folder, read_status(run.folder).model_copy(update=update))
