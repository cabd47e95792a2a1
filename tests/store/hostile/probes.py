"""Tasks for workers that try what a task must not be able to do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgcheck.errors import SyntaxInFile


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except PermissionError:
        return "refused"
    except OSError as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def escape(arguments: Mapping[str, Any], channel: Any) -> dict[str, str]:
    """Ways to the network and to other programs; what became of each."""
    address = ("127.0.0.1", arguments["port"])
    here, _ = os.pipe()

    def datagram() -> None:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", address)

    return {
        "tcp": _refused(lambda: socket.create_connection(address, 2)),
        "udp": _refused(datagram),
        "unix": _refused(lambda: socket.socket(socket.AF_UNIX)),
        "raw": _refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
        "pair": _refused(socket.socketpair),
        "given": _refused(lambda: socket.socket(fileno=here).listen()),
        "program": _refused(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
    }


def remote_query(arguments: Mapping[str, Any], channel: Any) -> str:
    """What Oxigraph says to SERVICE when nothing has looked at the query."""
    try:
        query = f"SELECT ?x WHERE {{ SERVICE <{arguments['url']}> {{ ?s ?p ?x }} }}"
        return str([row["x"] for row in ox.Store().query(query)])
    except (OSError, RuntimeError) as error:
        return f"failed: {error}"


def rdflib_queries(arguments: Mapping[str, Any], channel: Any) -> list[str]:
    """The same of rdflib, for SERVICE, FROM, LOAD and JSON-LD contexts."""
    from rdflib import Dataset, Graph

    url = arguments["url"]
    context = f'{{"@context": "{url}/context", "@id": "urn:a", "p": "x"}}'
    said = []
    for act in (
        lambda: list(Dataset().query(f"SELECT * WHERE {{ SERVICE <{url}/service> {{ ?s ?p ?o }} }}")),
        lambda: list(Dataset().query(f"SELECT * FROM <{url}/from> {{ ?s ?p ?o }}")),  # noqa: S608
        lambda: Dataset().update(f"LOAD <{url}/load>"),
        lambda: Graph().parse(data=context, format="json-ld"),
    ):
        try:
            said.append(f"done: {act()}")
        except Exception as error:
            said.append(type(error).__name__)
    return said


def memory(arguments: Mapping[str, Any], channel: Any) -> int:
    """Take memory without end."""
    return len([bytearray(1 << 24) for _ in range(1 << 20)])


def engine_memory(arguments: Mapping[str, Any], channel: Any) -> int:
    """The same within the engine, which cannot raise an error for it."""
    numbers = " ".join(f'"{n:0100}"' for n in range(1000))
    values = " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(4))
    return len(list(ox.Store().query(f"SELECT * WHERE {{ {values} }} ORDER BY ?v0")))


def recursion(arguments: Mapping[str, Any], channel: Any) -> Any:
    """Go deeper without end."""
    return recursion(arguments, channel)


def sleep(arguments: Mapping[str, Any], channel: Any) -> None:
    """Wait, and use no processor."""
    channel.at("sleeping", "pillow.ttl")
    time.sleep(600)


def die(arguments: Mapping[str, Any], channel: Any) -> None:
    """Die by a signal."""
    os.kill(os.getpid(), getattr(signal, arguments["signal"]))
    time.sleep(10)


def leave(arguments: Mapping[str, Any], channel: Any) -> None:
    """End without an answer."""
    os._exit(3)


def fail(arguments: Mapping[str, Any], channel: Any) -> None:
    """Raise what nobody expects."""
    raise ZeroDivisionError("for once")


def refuse(arguments: Mapping[str, Any], channel: Any) -> None:
    """Raise what is expected."""
    raise SyntaxInFile("no", "a.ttl", 3, 4, "mend it")


def chatter(arguments: Mapping[str, Any], channel: Any) -> None:
    """Print where it must not, then say more than anybody can hold."""
    print("noise", flush=True)  # noqa: T201 - the very point
    with channel.data() as out:
        while True:
            out.write(b"x" * (1 << 20))


def echo(arguments: Mapping[str, Any], channel: Any) -> Any:
    """Hand back the arguments, and the data as data."""
    print("noise", flush=True)  # noqa: T201
    with channel.data() as out:
        out.write(channel.input.read())
    return arguments


def surroundings(arguments: Mapping[str, Any], channel: Any) -> dict[str, Any]:
    """What the worker sees of the world."""
    return {
        "path": sys.path,
        "group": os.getpgid(0),
        "pid": os.getpid(),
        "files": [path.name for path in Path("/proc/self/fd").iterdir()],
    }
