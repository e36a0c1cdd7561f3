"""The tools of the exploration: all of them read, and the sandbox runs what is to be run."""

from __future__ import annotations

from collections.abc import Iterable

from researchers.language_model.answers import ToolCall
from researchers.language_model.fence import clipped, fenced, one_line
from researchers.language_model.portable import portable
from researchers.language_model.sections import dropped_at, flow_line, sample_line, swallowed_at
from researchers.language_model.source import Source
from tasks.records.dossier import Dossier
from tasks.records.evidence import Location

MOST_SHOWN = 6_000
"""Characters of one tool's answer."""
MOST_LINES = 160
MOST_HITS = 40
MOST_LISTED = 200
MOST_PROBES = 6


class Tools:
    """Answers tool calls about one dossier; counts probes, and keeps nothing else."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._source = Source(dossier)
        self._probes = 0

    def answer(self, call: ToolCall) -> str:
        """What the tool says, fenced: it comes from the target."""
        doing = {
            "list": self._list,
            "read": self._read,
            "grep": self._grep,
            "callers": self._callers,
            "key": self._key,
            "trace": self._trace,
            "flow": self._flow,
            "probe": self._probe,
        }[call.tool]
        return fenced(named(call), clipped(doing(call) or "nothing", MOST_SHOWN))

    def _list(self, call: ToolCall) -> str:
        names = self._below(call.path)
        shown = [f"{name} ({len(self._source.lines(name))} lines)" for name in names[:MOST_LISTED]]
        left = len(names) - len(shown)
        return "\n".join([*shown, *([f"and {left} more: name a folder"] if left else [])])

    def _read(self, call: ToolCall) -> str:
        lines = self._source.lines(call.path)
        if not lines:
            return f"no text file {call.path!r}"
        start = max(1, call.start)
        end = min(call.end if call.end >= start else len(lines), start + MOST_LINES - 1, len(lines))
        shown = "\n".join(f"{n} {lines[n - 1]}" for n in range(start, end + 1))
        more = f"\n({len(lines)} lines in all)" if (start, end) != (1, len(lines)) else ""
        return shown + more

    def _grep(self, call: ToolCall) -> str:
        if not call.text:
            return "give the text to look for"
        hits = (
            f"{path}:{number} {one_line(line, 200)}"
            for path in self._below(call.path)
            for number, line in enumerate(self._source.lines(path), 1)
            if call.text.lower() in line.lower()
        )
        return _first(hits, MOST_HITS)

    def _callers(self, call: ToolCall) -> str:
        calls = self._dossier.code_map.calls
        names = {name for name in (*calls, *(c for called in calls.values() for c in called))
                 if _is(name, call.text)}  # fmt: skip
        lines = []
        for name in sorted(names):
            by = sorted(caller for caller, called in calls.items() if name in called)
            lines.append(f"{name}\n  called by: {', '.join(by) or 'nobody that is known'}")
            lines.append(f"  calls: {', '.join(calls.get(name, ())) or 'nothing that is known'}")
        return "\n".join(lines) or f"no function {call.text!r} in the call graph"

    def _key(self, call: ToolCall) -> str:
        code = self._dossier.code_map
        lines = []
        for key in code.config_keys:
            if call.text and call.text in {key.key, key.key.rpartition(".")[2]}:
                lines.append(f"{key.path}: {key.key} = {one_line(key.value, 200)}")
                for at in key.readers:
                    place = f"{at.path}:{at.function}"
                    by = sorted(c for c, called in code.calls.items() if place in called)
                    told = f", called by {', '.join(by)}" if by else ""
                    lines.append(
                        f"  read at {at.path}:{at.line} in {at.function or 'module'}{told}"
                    )
                if not key.readers:
                    lines.append("  nothing reads it")
        return "\n".join(lines) or f"no key {call.text!r}; there are " + ", ".join(
            key.key for key in code.config_keys[:60]
        )

    def _trace(self, call: ToolCall) -> str:
        trace = self._dossier.trace
        known = [s for s in self._dossier.samples if s.item == call.text]
        ran = sorted(place for place, ran in trace.coverage.items() if call.text in ran)
        lines = [sample_line(sample, 1_500) for sample in known]
        if call.text in trace.scores and not known:
            lines.append(f"score {trace.scores[call.text]:g}")
        if ran:
            lines.append("ran: " + ", ".join(ran))
        elif known:
            lines.append("it was not traced; traced are e.g. " + ", ".join(trace.item_ids[:8]))
        return "\n".join(lines) or f"no item {call.text!r}; there are e.g. " + ", ".join(
            s.item for s in self._dossier.samples[:8]
        )

    def _flow(self, call: ToolCall) -> str:
        trace = self._dossier.trace
        lines = []
        for flow in trace.flows:
            if not _is(f"{flow.location.path}:{flow.location.function}", call.text):
                continue
            lines.append(flow_line(flow))
            lines += [dropped_at(d) for d in trace.drops if _same(d.location, flow.location)]
            lines += [swallowed_at(s) for s in trace.swallowed if _same(s.location, flow.location)]
        return "\n".join(lines) or f"no traced function {call.text!r}"

    def _probe(self, call: ToolCall) -> str:
        lab = self._dossier.lab
        if lab is None:
            return "no sandbox is at hand"
        if self._probes >= MOST_PROBES:
            return f"all {MOST_PROBES} probes are used"
        self._probes += 1
        return portable(lab.probe(call.text), self._source.files)

    def _below(self, path: str) -> list[str]:
        folder = path.strip("/")
        inside = {"", "."}
        return [
            name for name in self._source.files
            if folder in inside or name == folder or name.startswith(f"{folder}/")
        ]  # fmt: skip


def named(call: ToolCall) -> str:
    """A call as the model reads it back."""
    told = {
        "read": f"{call.path} {call.start}-{call.end or 'end'}",
        "list": call.path or ".",
        "grep": f"{call.text!r} {call.path}".strip(),
    }.get(call.tool, call.text)
    return one_line(f"{call.tool} {told}", 160)


def _is(place: str, name: str) -> bool:
    """Whether `path:function` is what is called so."""
    function = place.partition(":")[2]
    return name in {place, function, function.rpartition(".")[2]}


def _same(one: Location, other: Location) -> bool:
    """Whether two locations are of one function."""
    return (one.path, one.function) == (other.path, other.function)


def _first(lines: Iterable[str], most: int) -> str:
    shown: list[str] = []
    for line in lines:
        if len(shown) == most:
            return "\n".join([*shown, f"and more: only the first {most} are shown"])
        shown.append(line)
    return "\n".join(shown)
