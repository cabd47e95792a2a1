"""A system-call filter (Linux seccomp) that leaves a process without network and without programs.

The filter is a classic BPF program; see seccomp(2) and the kernel's seccomp_filter.rst. It refuses
with "operation not permitted" and lets all else through: the limits on memory and time are not its
business, and a list of what is allowed would break with each new version of Python or glibc.
"""

from __future__ import annotations

import ctypes
import platform
import struct

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER = 1
_FLAG_TSYNC = 1
_KILL, _EPERM, _ALLOW = 0x80000000, 0x00050001, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_X32 = 0x40000000
"""System calls of the x32 interface, which would be a way round the numbers below."""

_MACHINES = {
    # machine: (AUDIT_ARCH_…, number of seccomp(2), calls of the network, other calls)
    "x86_64": (
        0xC000003E,
        317,
        (41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307),
        (59, 101, 272, 308, 310, 311, 321, 322, 425, 426, 427, 438),
    ),
    "aarch64": (
        0xC00000B7,
        277,
        (198, 199, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269),
        (97, 117, 221, 268, 270, 271, 280, 281, 425, 426, 427, 438),
    ),
}
"""Network: socket, socketpair, connect, bind, listen, accept, send and receive in all their forms.
Other: execve, execveat, ptrace, unshare, setns, process_vm_readv/writev, bpf, pidfd_getfd, and
io_uring, which opens sockets without the calls of the network."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_calls(*, network: bool) -> bool:
    """Refuse this process starting programs and, with `network`, all use of sockets. There is no way back.

    Returns whether the filter is in force; it is not on other systems and machines.
    """
    machine = _MACHINES.get(platform.machine())
    if platform.system() != "Linux" or machine is None:
        return False
    architecture, seccomp, sockets, others = machine
    program = _program(architecture, (*others, *sockets) if network else others)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    filter_ = _Program(len(program) // 8, program)
    return bool(libc.syscall(seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.byref(filter_)) == 0)


def _program(architecture: int, refused: tuple[int, ...]) -> bytes:
    count = len(refused)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        # A comparison that holds jumps over all that follow, and over the permission, to the refusal.
        (_AT_LEAST, count + 1, 0, _X32),
        *((_EQUAL, count - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
