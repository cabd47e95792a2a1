"""Worker processes: what comes from strangers is read and run apart, with limits and without network.

A worker is a Python process of its own. It gets a task by name, confines itself before it looks at any
input, and answers over a pipe in frames that hold bytes or JSON and nothing that could run. The parent
stops it when its time is up, when the user does, and when it says too much; whatever ends a worker
before its answer is whole becomes a LimitError, which stands for "could not check".
"""

from kgcheck.store.workers.inlet import Inlet
from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.process import Worker, call
from kgcheck.store.workers.protection import Protection, protection

__all__ = ["Inlet", "Limits", "Protection", "Worker", "call", "protection"]
