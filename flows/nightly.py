"""The nightly schedule: a Prefect deployment on a cron that this process runs when due."""

from __future__ import annotations

from prefect import flow

from flows.session import Request, home_of, new_run, recorded
from tasks.errors import WhetstoneError
from tasks.target import load_target


@flow(name="whetstone nightly", log_prints=True)
def nightly(
    target: str,
    experiments: int | None = None,
    minutes: float | None = None,
    seed: int = 0,
    data: str | None = None,
) -> str:
    """One improving run; returns its id."""
    from flows.improve import improve

    request = Request(target=target, experiments=experiments, minutes=minutes, seed=seed, data=data)
    run = new_run(request)
    with run.home.locked(f"nightly run {run.id}"), recorded(run):
        document = improve(run)
    print(f"{run.id}: {len(document.accepted)} change(s) accepted; report {document.report}")
    return run.id


def serve_nightly(request: Request, cron: str) -> None:
    """Registers the deployment and serves it until interrupted. Raises WhetstoneError."""
    from flows.server import ensure_server

    _check_cron(cron)
    target = load_target(request.target)
    home = home_of(request.target, target)
    home.root.mkdir(parents=True, exist_ok=True)
    server = ensure_server(home.root)
    print(f"deployment 'whetstone nightly/{target.name}' on cron '{cron}'; UI {server.ui}")
    nightly.serve(
        name=target.name,
        cron=cron,
        parameters={
            "target": request.target,
            "experiments": request.experiments,
            "minutes": request.minutes,
            "seed": request.seed,
            "data": request.data,
        },
        print_starting_message=False,
    )


def _check_cron(cron: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=cron)
    except ValidationError as error:
        raise WhetstoneError(
            f"--cron: '{cron}' is no cron expression: {error.errors()[0]['msg']}",
            'give five fields, such as "0 2 * * *" for two in the morning',
        ) from error
