"""The embedded researcher: reads the program and its evidence, and needs no model."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from researchers.program_analysis.catalogue import DEEP, DETECTORS, OPERATORS
from researchers.program_analysis.combining import combined
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.localize import Suspicion
from researchers.program_analysis.pairs import coupled, paired
from researchers.program_analysis.program import Program
from researchers.program_analysis.ranking import RESEARCHER, Ranking, Scored, Source
from researchers.program_analysis.recipes import RECIPES, Recipe
from researchers.program_analysis.rehearsing import rehearsed
from researchers.program_analysis.repair import mend
from researchers.program_analysis.tolerance import gathered
from tasks.records.base import digest_of
from tasks.records.candidate import Failure
from tasks.records.change import Finding, FineType, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts, Unmatched
from tasks.records.reflection import Outcome, Reflection

Made = tuple[list[Scored], tuple[Unmatched, ...], Ranking]
_Cause = tuple[float, str, str]
"""Priority of an edit, the sentence that speaks for it, and the finding's id or ''."""


class ProgramAnalysis:
    """Finds by detectors, mends by operators and recipes; never runs the target.

    `mutations` says whether operators without evidence of their own (the plain mutations of
    program repair) may follow once what the detectors found is used up; `learn` whether earlier
    trials move the priors; `recipes` are tried in place of the shipped ones.
    """

    name = RESEARCHER

    def __init__(
        self, *, mutations: bool = True, learn: bool = True, recipes: Sequence[Recipe] = RECIPES
    ) -> None:
        self._mutations = mutations
        self._learn = learn
        self._recipes = tuple(recipes)
        self._last: tuple[Dossier, Context] | None = None
        self._drafted: tuple[Context, list[Source], tuple[Unmatched, ...]] | None = None
        self._dug: tuple[Context, list[Source]] | None = None
        self._joined: tuple[Context, list[Scored]] | None = None
        self._made: tuple[Dossier, Made] | None = None

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """Suspicious places, by strength times the suspicion of their function."""
        context = self._context(dossier)
        suspicion = Suspicion(context.program)

        def weight(finding: Finding) -> float:
            return finding.strength * suspicion.at(finding.location.path, finding.location.line)

        return tuple(sorted(context.findings, key=lambda f: (-weight(f), f.id)))

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """One cause per operator or recipe that the findings speak for, most hopeful first.

        A recipe that no finding speaks for has its own reason, and what the literature says of it.
        """
        lost = max(0.0, 1.0 - _mean(dossier))
        causes: dict[str, list[_Cause]] = defaultdict(list)
        known = {f.id: f for f in findings}
        cited = {f"recipe:{r.name}": r for r in self._recipes}
        for scored in self._scored(dossier)[0]:
            if "+" in scored.source:
                continue
            for finding in (known[i] for i in scored.draft.findings if i in known):
                causes[scored.source].append((scored.score, finding.evidence, finding.id))
            if scored.source in cited and not scored.draft.findings:
                causes[scored.source].append((scored.score, scored.draft.why, ""))
        types = {f"operator:{o.name}": o.change_type for o in OPERATORS} | {
            source: recipe.change_type for source, recipe in cited.items()
        }
        made = [
            _hypothesis(source, types[source], rows, lost, dossier, cited.get(source))
            for source, rows in causes.items()
        ]
        return tuple(sorted(made, key=lambda h: (-h.predicted_effect, h.id)))

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """Ranked edits; each proposal carries its hypothesis where one was formed."""
        scored, unmatched, ranking = self._scored(dossier)
        chosen = ranking.choose(scored, limit)
        if self._mutations and ranking.lacks(chosen):
            scored = [*scored, *ranking.deep(self._deep(self._context(dossier)))]
            chosen = ranking.choose(scored, limit)
        if self._mutations and ranking.lacks(chosen):
            scored = [*scored, *self._combined(self._context(dossier), scored)]
            chosen = ranking.choose(scored, limit)
        by_source = {h.statement.split(":", 1)[0]: h.id for h in hypotheses}
        proposals = tuple(
            p.model_copy(update={"hypothesis": by_source.get(_words(p.source.split("+")[0]), "")})
            for p in chosen
        )
        return Drafts(proposals=proposals, unmatched=unmatched)

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """The failed proposal mended by what its traceback says, or None."""
        return mend(self._context(dossier).program, failure)

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """Nothing: verdicts move its priors as they are, and a sentence would add nothing."""
        del dossier, outcomes, refinements
        return Reflection()

    def _scored(self, dossier: Dossier) -> Made:
        if self._made is None or self._made[0] is not dossier:
            self._made = dossier, self._make(dossier)
        return self._made[1]

    def _make(self, dossier: Dossier) -> Made:
        context = self._context(dossier)
        drafted, unmatched = self._drafts(context)
        ranking = Ranking(context.program)
        scored = [ranking.scored(*source) for source in drafted if not source[-1]]
        scored += ranking.blind([source for source in drafted if source[-1]])
        scored += [*paired(scored), *coupled(scored)]
        return scored, unmatched, ranking

    def _drafts(self, context: Context) -> tuple[list[Source], tuple[Unmatched, ...]]:
        """All that operators and recipes would do to a program; made once."""
        if self._drafted is None or self._drafted[0] is not context:
            drafted: list[Source] = []
            dossier = context.program.dossier
            unmatched: list[Unmatched] = []
            for operator in OPERATORS:
                if operator.blind and not self._mutations:
                    continue
                name, kind = f"operator:{operator.name}", operator.change_type
                drafts = gathered(dossier, name, partial(operator.drafts, context))
                drafted += [(d, name, kind, operator.prior, operator.blind) for d in drafts]
            for recipe in self._recipes:
                name = f"recipe:{recipe.name}"
                for matched in gathered(dossier, name, partial(_matched, recipe, context)):
                    if isinstance(matched, str):
                        unmatched.append(Unmatched(source=name, reason=matched))
                    else:
                        made = (name, recipe.change_type, recipe.prior, False)
                        drafted.append((matched, *made))
            self._drafted = context, drafted, tuple(unmatched)
        return self._drafted[1], self._drafted[2]

    def _deep(self, context: Context) -> list[Source]:
        """All that deep operators would do to a program; made once."""
        if self._dug is None or self._dug[0] is not context:
            found: list[Source] = []
            for operator in DEEP:
                name = f"operator:{operator.name}"
                drafts = gathered(context.program.dossier, name, partial(operator.drafts, context))
                found += [(d, name, operator.change_type, operator.prior, True) for d in drafts]
            self._dug = context, found
        return self._dug[1]

    def _combined(self, context: Context, scored: Sequence[Scored]) -> list[Scored]:
        """Pairs of edits that pass together in rehearsal; looked for once."""
        if self._joined is None or self._joined[0] is not context:
            self._joined = context, combined(scored, rehearsed(context.program))
        return self._joined[1]

    def _context(self, dossier: Dossier) -> Context:
        """The analysis of the dossier's tree; what was tried since changes none of it."""
        seen = dossier if self._learn else dataclasses.replace(dossier, experience=())
        if self._last is None or not _same_evidence(self._last[0], seen):
            context = Context(Program(seen))
            for detector in DETECTORS:
                name = f"detector:{detector.__module__.rpartition('.')[2]}"
                context.findings += tuple(gathered(seen, name, partial(detector, context)))
            self._last = seen, context
        self._last[1].program.dossier = seen
        return self._last[1]


def _matched(recipe: Recipe, context: Context) -> Sequence[Draft | str]:
    """A recipe's drafts, or the reason that there are none."""
    found = recipe.match(context)
    return [found] if isinstance(found, str) else found


def _same_evidence(one: Dossier, other: Dossier) -> bool:
    """Whether two dossiers tell the same of the same tree, but for what was tried on it."""

    def bare(dossier: Dossier) -> Dossier:
        return dataclasses.replace(
            dossier, tried=frozenset(), experience=(), archive=(), direction=""
        )

    return bare(one) == bare(other)


def _mean(dossier: Dossier) -> float:
    scores = [sample.score for sample in dossier.samples]
    return sum(scores) / len(scores) if scores else 0.5


def _words(source: str) -> str:
    return source.split(":", 1)[-1].replace("_", " ").replace("-", " ").capitalize()


def _hypothesis(
    source: str,
    kind: FineType,
    rows: list[_Cause],
    lost: float,
    dossier: Dossier,
    recipe: Recipe | None,
) -> Hypothesis:
    rows.sort(key=lambda row: -row[0])
    findings = tuple(dict.fromkeys(finding for _, _, finding in rows if finding))
    name = source.split(":", 1)[1].replace("_", "-")
    consulted = [k.entry.id for k in dossier.knowledge if name in k.entry.recipes]
    best, evidence, _ = rows[0]
    return Hypothesis(
        id=digest_of([source, findings or evidence])[:12],
        statement=f"{_words(source)}: {evidence}",
        change_type=kind,
        findings=findings,
        predicted_effect=round(0.2 * lost * min(1.0, best), 6),
        knowledge=tuple(dict.fromkeys((*consulted, *(recipe.cites if recipe else ())))),
    )
