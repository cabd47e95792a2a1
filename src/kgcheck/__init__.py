"""kgcheck: what documents claim, as a graph, and which of those claims cannot both hold as worded.

`kgcheck.load(*paths)` hands out an rdflib dataset, `kgcheck.check(*paths)` a whole report. Both are
looked up when they are first used, so that importing kgcheck costs nothing (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgcheck.engines.local import check as check
    from kgcheck.store.dataset import load

__version__ = "0.1.0"
__all__ = ["__version__", "check", "load"]

_HOMES = {"check": ("kgcheck.engines.local", "check"), "load": ("kgcheck.store.dataset", "load")}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return __all__
