"""Prompts of a target, optimised as a whole by dspy.GEPA; what comes of it is a proposal.

GEPA (Agrawal et al., arXiv 2507.19457) rewrites instructions by reflecting on answers that lost
score, and keeps a frontier of candidates. Here the instructions are the target's prompt files, and
an answer is what the whole target answers with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc
from typing import Any

import dspy

from researchers.language_model import brief
from researchers.language_model.drafts import NAME
from researchers.language_model.echo import Echo, answering
from researchers.language_model.fence import clipped, fenced, one_line
from researchers.language_model.placeholders import placeholders
from researchers.language_model.quiet import quiet
from researchers.language_model.signatures import IMPROVE_PROMPT
from researchers.language_model.source import Source
from researchers.language_model.step import Step
from researchers.language_model.thinking import StepFailed, Thinker, Unusable
from tasks.errors import WhetstoneError
from tasks.records.base import digest_of
from tasks.records.change import FileEdit, Proposal, edits_digest
from tasks.records.dossier import Dossier, Sample
from tasks.records.lab import Answered

GEPA = "model:gepa"
MOST_ITEMS = 24
MINIBATCH = 4
REWRITES = 4
"""Prompts that the model is asked for in one search."""
MOST_CALLS = 400
"""Item scores that the search may ask for, those that are known included."""
Texts = Mapping[str, str]


def improved(thinker: Thinker, dossier: Dossier) -> Proposal | None:
    """The best prompts that were found, if they beat those that stand. Raises StepFailed."""
    source = Source(dossier)
    texts = {path: text for path in dossier.prompts if (text := (source.text(path) or "").strip())}
    samples = _chosen(dossier.samples)
    if not texts or not samples or dossier.lab is None:
        return None
    search = _Search(thinker, dossier, {p: cleandoc(t) for p, t in texts.items()}, samples)
    best, gain = search.run()
    edits = tuple(
        FileEdit(path=path, content=_framed(source.text(path) or "", text))
        for path, text in sorted(best.items())
        if text != search.start[path]
    )
    if not edits or gain <= 0 or edits_digest(edits) in dossier.tried:
        return None
    names = ", ".join(edit.path for edit in edits)
    reasons = "; ".join(dict.fromkeys(search.reasons[best[edit.path]] for edit in edits))
    return Proposal(
        id=digest_of([NAME, dossier.base, GEPA, edits_digest(edits)])[:12],
        title=one_line(f"Rewrite {names}", 100),
        rationale=one_line(f"{reasons} (on {len(samples)} items seen: {gain:+.3f})", 800),
        change_type="prompt",
        base=dossier.base,
        edits=edits,
        source=GEPA,
        researcher=NAME,
        priority=min(0.95, 0.6 + gain),
    )


class _Search:
    """One GEPA run: the scores known so far, and what the model was asked."""

    def __init__(
        self, thinker: Thinker, dossier: Dossier, start: dict[str, str], samples: Sequence[Sample]
    ) -> None:
        self.start, self.reasons = start, dict[str, str]()
        self._thinker, self._dossier, self._samples = thinker, dossier, samples
        self._paths = {f"prompt_{number}": path for number, path in enumerate(sorted(start))}
        self._known = {digest_of(start): {s.item: Answered(s.prediction, s.score) for s in samples}}
        self._asked, self._spent, self._error = 0, False, list[BaseException]()

    def run(self) -> tuple[dict[str, str], float]:
        """The best texts by path, and their mean gain in score, in the direction of the metric.

        What ended the search early is raised only where nothing was found before.
        """
        examples = [
            dspy.Example(item=s.item, question=s.question, gold=s.gold).with_inputs(
                "item", "question"
            )
            for s in self._samples
        ]
        optimizer = dspy.GEPA(
            metric=self._metric,
            max_metric_calls=MOST_CALLS,
            reflection_minibatch_size=MINIBATCH,
            skip_perfect_score=False,
            instruction_proposer=self._proposed,
            use_merge=False,
            num_threads=1,
            warn_on_score_mismatch=False,
            seed=self._dossier.seed,
            gepa_kwargs={"stop_callbacks": self._ended},
        )
        with quiet(), dspy.context(lm=Echo.model(), adapter=dspy.JSONAdapter()):
            best = optimizer.compile(_Program(self), trainset=examples, valset=examples)
        texts = self.texts(best)
        gain = self._mean(texts) - self._mean(self.start)
        if self._error and gain <= 0:
            raise self._error[0]
        return texts, gain

    def texts(self, program: Any) -> dict[str, str]:
        """The prompts of a program by path."""
        return {path: getattr(program, name).signature.instructions
                for name, path in self._paths.items()}  # fmt: skip

    def names(self) -> tuple[str, ...]:
        """The names of the predictors that stand for prompt files."""
        return tuple(self._paths)

    def first(self, name: str) -> str:
        """What a predictor's prompt file says at first."""
        return self.start[self._paths[name]]

    def answer(self, texts: Texts, item: str) -> str:
        """What the target answers to an item with these prompts."""
        return self._scores(texts).get(item, Answered("(the target failed)", 0.0)).prediction

    def _scores(self, texts: Texts) -> Mapping[str, Answered]:
        key = digest_of(dict(texts))
        if key not in self._known:
            source, lab = Source(self._dossier), self._dossier.lab
            assert lab is not None
            edits = tuple(
                FileEdit(path=path, content=_framed(source.text(path) or "", text))
                for path, text in sorted(texts.items())
                if text != self.start[path]
            )
            scores = lab.score(edits, tuple(s.item for s in self._samples))
            self._spent = self._spent or scores is None
            self._known[key] = dict(scores or {})
        return self._known[key]

    def _mean(self, texts: Texts) -> float:
        scores = self._scores(texts)
        return sum(self._oriented(scores, s.item) for s in self._samples) / len(self._samples)

    def _oriented(self, scores: Mapping[str, Answered], item: str) -> float:
        """Positive is better; what was not answered is as bad as the worst that is known."""
        sign = 1.0 if self._dossier.metric.direction == "maximize" else -1.0
        worst = min(sign * a.score for known in self._known.values() for a in known.values())
        return sign * scores[item].score if item in scores else min(0.0, worst)

    def _metric(
        self, gold: Any, pred: Any, trace: Any = None, name: Any = None, part: Any = None
    ) -> dspy.Prediction:
        scores = self._scores(pred.texts)
        score = scores[gold.item].score if gold.item in scores else 0.0
        told = f"score {score:.3g}; gold: {clipped(gold.gold, 300) or 'none'}"
        return dspy.Prediction(score=self._oriented(scores, gold.item), feedback=told)

    def _ended(self, state: object) -> bool:
        return self._spent or bool(self._error) or self._asked >= REWRITES

    def _proposed(
        self,
        candidate: dict[str, str],
        reflective_dataset: Mapping[str, Sequence[Mapping[str, Any]]],
        components_to_update: list[str],
    ) -> dict[str, str]:
        """New texts of some prompts; what goes wrong ends the search."""
        made: dict[str, str] = {}
        for name in components_to_update:
            self._asked += 1
            try:
                made[name] = self._rewritten(name, candidate, reflective_dataset.get(name, ()))
            except (StepFailed, WhetstoneError) as error:
                self._error.append(error)
                return {}
        return made

    def _rewritten(
        self, name: str, candidate: Mapping[str, str], shown: Sequence[Mapping[str, Any]]
    ) -> str:
        path, now = self._paths[name], candidate[name]
        kept = placeholders(self.start[path])

        def use(answer: dspy.Prediction) -> str:
            text = cleandoc(answer.improved.text).strip()
            if placeholders(text) != kept:
                raise Unusable([f"the placeholders must stay: {', '.join(sorted(kept)) or 'none'}"])
            if not text or text == now or text in self.reasons:
                raise Unusable(["the text is empty, or was scored already: write another"])
            self.reasons[text] = one_line(answer.improved.reason, 300)
            return text

        return self._thinker.ask(
            Step("draft_changes", "improve a prompt"),
            IMPROVE_PROMPT,
            use,
            target=brief.target(self._dossier),
            prompt=fenced(f"file {path}", now),
            examples=fenced("examples", "\n\n".join(map(_example, shown[:MINIBATCH]))),
        )


class _Program(dspy.Module):  # type: ignore[misc]
    """The target as a DSPy program: a predictor for each prompt file, all with one answer."""

    def __init__(self, search: _Search) -> None:
        super().__init__()
        self._search = search
        for name in search.names():
            signature = dspy.Signature(f"question -> {name}_answer", search.first(name))
            setattr(self, name, dspy.Predict(signature))

    def forward(self, item: str, question: str) -> dspy.Prediction:
        """What the target answers to an item."""
        texts = self._search.texts(self)
        answer = self._search.answer(texts, item)
        for name in self._search.names():
            with answering(f"{name}_answer", answer):
                getattr(self, name)(question=question)
        return dspy.Prediction(answer=answer, texts=texts)

    def __deepcopy__(self, memory: dict[int, Any]) -> _Program:
        made = _Program(self._search)
        for name in self._search.names():
            getattr(made, name).signature = getattr(self, name).signature
        return made


def _chosen(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """The first samples that have a question; they are dealt over slices and losses already."""
    return tuple(s for s in samples if s.question)[:MOST_ITEMS]


def _framed(old: str, text: str) -> str:
    """A new text with the blank ends of the old one."""
    head, tail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
    return f"{head}{text}{tail}"


def _example(shown: Mapping[str, Any]) -> str:
    return "\n".join(f"{name}: {clipped(str(value), 500)}" for name, value in shown.items())
