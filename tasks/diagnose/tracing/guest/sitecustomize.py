"""Found first on PYTHONPATH at start-up: installs the tracer, then the real sitecustomize.

The folder leaves `sys.path` again, so that the target sees the path it would see untraced; child
processes inherit PYTHONPATH and are traced as well.
"""

import importlib
import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.realpath(os.path.dirname(__file__))


def _chain() -> None:
    others = [path for path in sys.path if os.path.realpath(path) != _here]
    sys.path[:] = others
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


if "WHETSTONE_TRACE_OUTPUT" in os.environ:
    importlib.import_module("whetstone_tracer").install()
_chain()
