"""A traced program prints what the plain one prints, whatever syntax it uses."""

from __future__ import annotations

import pytest

FEATURES = '''\
"""A module docstring."""
from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import sys
import traceback
from os.path import *

__all__ = ["main"]


class Base:
    def __init__(self, x):
        self.__hidden = x

    def get(self, __odd=1):
        return self.__hidden + __odd

    def __bool__(self):
        print("asked for truth")
        return self.get() > 2

    def __len__(self):
        print("asked for length")
        return 3

    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)


class Slotted(Base):
    __slots__ = ("y", "never")
    limit = [n for n in range(9) if n % 2 if n > 3]

    def __init__(self, x):
        super().__init__(x)
        self.y = x

    @property
    def twice(self):
        "Documented."
        return super().get() * 2

    @classmethod
    def make(cls, *args, k=2, **kw):
        return cls(*args)

    @staticmethod
    def free(a, /, b, *, c=3):
        return a, b, c


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def generate(n):
    got = yield "first"
    for i in range(n):
        if i == 1:
            continue
        try:
            yield i, got
        except ValueError as e:
            print("thrown in", e)
            return "stopped"
        finally:
            print("finally", i)
    return "done"


def delegate(n):
    result = yield from generate(n)
    yield result


def finals(how):
    for i in range(3):
        try:
            if how == "raise":
                raise KeyError(i)
            if how == "break":
                break
            if how == "continue":
                continue
            return ("value", i)
        except KeyError:
            try:
                raise
            except LookupError:
                return "handled"
        finally:
            print("final", how)
        print("unreached")
    else:
        return "else"
    return None


def chained():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise RuntimeError("second") from e
    except RuntimeError:
        error = sys.exc_info()[1]
        return [t.name for t in traceback.extract_tb(error.__traceback__)], error.__cause__


def reflects():
    a, b = 1, 2
    return sorted(locals())


def matches(v):
    match v:
        case {"a": int(x), **rest} if x > 1:
            return x, rest
        case [first, *others]:
            return first, others
        case _:
            return None


async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def waits():
    kept = [i async for i in ticks(5) if i % 2]
    async with contextlib.AsyncExitStack():
        async for i in ticks(3):
            if i:
                continue
            kept.append(i)
    return kept


def stars():
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError as g:
        print("values", g.exceptions)
    except* TypeError:
        print("types")


def suppresses():
    with contextlib.suppress(KeyError) as nothing, contextlib.suppress(IndexError):
        [][1]
    with contextlib.suppress(KeyError):
        {}["absent"]
    try:
        with contextlib.suppress(KeyError):
            int("x")
    except ValueError:
        print("not suppressed")
    return nothing


def both(seq):
    out = []
    for x in seq:
        if x > 1:
            if x % 2:
                out.append(x)
        elif x < 0:
            out.append(-x)
    while out and len(out) < 5:
        out.append(out[-1] + 1)
        if out[-1] == 5:
            break
        continue
    else:
        out.append("else")
    return out


def stingy():
    seen = []
    def asked(n):
        seen.append(n)
        return n > 2
    first = next(n for n in range(100) if asked(n) if n % 2)
    pairs = {k: v for k, v in zip("ab", "cd") if k}
    return first, seen, any(n for n in range(9) if not n % 4), pairs


@functools.lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def typed(a: int, b: str = "x", *rest: int, c: float = 1.0, **more: str) -> list[str]:
    return [a, b, rest, c, more]


def bare(): ...
def documented():
    """Only this."""


def one(): return 1
square = lambda x: [y for y in [x] if y]


def recurse(n):
    return recurse(n + 1)


async def gather():
    return await asyncio.gather(waits(), waits())


def main():
    s = Slotted.make(3)
    print(s.get(), s.twice, Slotted.free(1, 2), Slotted.limit, type(s).twice.__doc__)
    step = counter()
    print(step(), step(2), step.__qualname__)
    g = delegate(4)
    print(next(g), g.send("hello"), next(g), g.throw(ValueError("v")), list(g))
    print([finals(h) for h in ("raise", "break", "continue", "return")])
    print(chained(), reflects(), matches({"a": 2, "b": 3}), matches([1, 2]), matches(0))
    print(asyncio.run(gather()))
    stars()
    print(suppresses(), both([-1, 0, 1, 2, 3, 4, 5]), both([]), stingy())
    print(fib(30), typed(1, "y", 2, 3, c=2.0, d="z"))
    print(inspect.signature(typed), typed.__annotations__)
    print(bare(), documented(), documented.__doc__, one(), square(3))
    print(one.__code__.co_firstlineno, inspect.getsource(one).strip(), recurse.__code__.co_argcount)
    try:
        recurse(0)
    except RecursionError:
        print("too deep")
    print(sorted(n for n in globals() if "whetstone" in n), __doc__, __name__, __package__)
    print(sys.argv, sys.path[0], join("a", "b"), __spec__ is None)
    return Base(5)


if __name__ == "__main__":
    main()
    sys.exit(int(fib(5)))
'''


@pytest.mark.parametrize(
    "command",
    [["-m", "pkg.features"], ["pkg/features.py"], ["-c", "import pkg.features as f; f.main()"]],
)
def test_same_behaviour(target, command):
    subject = target({"pkg/__init__.py": "", "pkg/features.py": FEATURES})
    plain, traced = subject.plain(*command), subject.traced(*command)
    assert "too deep" in plain.stdout, plain.stderr
    assert traced == plain
    assert subject.untraced == {}
    assert {f.location.function for f in subject.trace.flows} >= {"Slotted.twice", "counter.step"}


def test_same_behaviour_under_line_events(target, monitoring_pythons):
    subject = target({"pkg/__init__.py": "", "pkg/features.py": FEATURES})
    for python in monitoring_pythons:
        other = subject.under(python)
        plain, traced = other.plain("-m", "pkg.features"), other.traced("-m", "pkg.features")
        assert "too deep" in plain.stdout, plain.stderr
        assert traced == plain


def test_uncaught_error_shows_original_lines(target):
    subject = target(
        {"broken.py": "def f(x):\n    '''Doc.'''\n    y = x\n    return y / 0\n\nf(1)\n"}
    )
    plain, traced = subject.plain("-m", "broken"), subject.traced("-m", "broken")
    assert "line 4, in f" in plain.stderr
    assert traced == plain


def test_what_cannot_be_instrumented_runs_as_it_is(target):
    deep = "x = " + "+".join(["1"] * 500) + "\ndef f():\n    return x\nprint(f())\n"
    subject = target({"deep.py": deep, "main.py": "import deep, broken"})
    subject.write("broken.py", "def f(:")
    plain, traced = subject.plain("main.py"), subject.traced("main.py")
    assert "SyntaxError" in plain.stderr
    assert (traced.stdout, traced.status) == (plain.stdout, plain.status)
    assert subject.untraced["broken.py"].startswith("SyntaxError")


def test_real_sitecustomize_still_runs(target, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("import sys; sys.real = 'yes'\n")
    subject = target(
        {"main.py": "import sys, sitecustomize\nprint(sys.real, sitecustomize.__file__)"}
    )
    run = subject.traced("main.py", given={"PYTHONPATH": str(tmp_path / "site")})
    assert run.stdout.split()[0] == "yes"
    assert "whetstone" not in run.stdout
    assert str(tmp_path / "site") in run.stdout


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_are_added_up(target, method):
    subject = target(
        {
            "work.py": f"""\
            import multiprocessing

            def half(n):
                return n // 2

            if __name__ == "__main__":
                half(2)
                with multiprocessing.get_context("{method}").Pool(2) as pool:
                    print(pool.map(half, range(8)))
                    pool.close()
                    pool.join()
            """
        }
    )
    plain, traced = subject.plain("work.py"), subject.traced("work.py")
    assert plain.stdout == "[0, 0, 1, 1, 2, 2, 3, 3]\n"
    assert traced == plain
    calls = {f.location.function: f.calls for f in subject.trace.flows}
    assert calls["half"] == 9
