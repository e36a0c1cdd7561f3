"""Orders tasks so that each comes after what it depends on."""


class CycleError(ValueError):
    """The dependencies go round in circles; `cycle` holds the tasks of one circle."""

    def __init__(self, cycle):
        super().__init__(" -> ".join(cycle))
        self.cycle = cycle


def all_tasks(dependencies):
    """The names of all tasks, those included that are only depended on."""
    names = set(dependencies)
    for needed in dependencies.values():
        names.update(needed)
    return names


def order(dependencies):
    """A valid order (Kahn); tasks that are ready at once come alphabetically.

    Raises CycleError when there is none.
    """
    return [task for level in levels(dependencies) for task in level]


def levels(dependencies):
    """Groups of tasks that can run side by side, each group sorted."""
    waiting = {task: set(dependencies.get(task, ())) for task in all_tasks(dependencies)}
    result = []
    while waiting:
        ready = sorted(task for task, needed in waiting.items() if not needed)
        if not ready:
            raise CycleError(find_cycle(waiting))
        for task in ready:
            del waiting[task]
        for needed in waiting.values():
            needed.difference_update(ready)
        result.append(ready)
    return result


def find_cycle(waiting):
    """Follows the first dependency of each task until one comes up again."""
    task = min(waiting)
    seen = []
    while task not in seen:
        seen.append(task)
        task = min(waiting[task])
    return [*seen[seen.index(task) :], task]


def critical_time(dependencies, minutes):
    """The time that all tasks take with as many workers as one likes."""
    finished = {}
    for task in order(dependencies):
        start = max((finished[n] for n in dependencies.get(task, ())), default=0)
        finished[task] = start + minutes[task]
    return max(finished.values(), default=0)
