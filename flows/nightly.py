"""The nightly schedule: a Prefect deployment on a cron that this process runs when due."""

from __future__ import annotations

from prefect import flow

from flows.session import Request, holding, new_run, recorded


@flow(name="whetstone nightly", log_prints=True)
def nightly(
    target: str,
    researcher: str = "program_analysis",
    model: str | None = None,
    experiments: int | None = None,
    minutes: float | None = None,
    seed: int = 0,
    data: str | None = None,
) -> str:
    """One improving run; returns its id."""
    from flows.improve import improve

    run = new_run(Request(target, researcher, model, experiments, minutes, seed, data))
    with holding(run, fresh=True), recorded(run):
        document = improve(run)
    print(f"{run.id}: {len(document.accepted)} change(s) accepted; report {document.report}")
    return run.id


def serve_nightly(request: Request, name: str, cron: str) -> None:
    """Registers the deployment and serves it until interrupted.

    This module imports Prefect, which reads its settings then: import it once a server is known.
    """
    nightly.serve(
        name=name,
        cron=cron,
        parameters={
            "target": request.target,
            "researcher": request.researcher,
            "model": request.model,
            "experiments": request.experiments,
            "minutes": request.minutes,
            "seed": request.seed,
            "data": request.data,
        },
        print_starting_message=False,
    )
