"""What a child may not do: reach the network, start programs, write files, take more memory or time than its limits.

On Linux the child is put into a network namespace of its own, in which there is nothing to connect to, where the kernel
lets it; everywhere Python itself refuses sockets and programs by an audit hook, which cannot be taken off again.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cxify.batch.limits import MEGABYTE, limit_memory

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of unshare(2)."""
_NETWORK: Final = frozenset(
    f"socket.{event}" for event in ("__new__", "bind", "connect", "getaddrinfo", "gethostbyname", "sendmsg", "sendto")
)
_PROGRAMS: Final = frozenset({"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"})


class Network(StrEnum):
    """How a child is kept from the network."""

    NAMESPACE = "a network namespace of its own"
    PYTHON = "Python's audit hook"


@dataclass(frozen=True)
class Limits:
    """What one task may take, and how many a child does before it is replaced."""

    memory: int = 1024
    """Megabytes beyond what a child needs for itself."""
    seconds: float = 120
    """By the clock, without waiting for a model; of processor time half as much."""
    tasks: int = 500
    nice: int = 0
    programs: bool = False
    """It may start programs and write files: LibreOffice, to convert."""


class NotAllowed(PermissionError):  # noqa: N818  it says what happened
    """A child tried what it may not."""


def confine(limits: Limits) -> Network:
    """Confine this process for good; tell how it is kept from the network."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent lets what is in work finish
    _forget_secrets()
    apart = _without_network()
    _limit(limits)
    refused = _NETWORK if limits.programs else _NETWORK | _PROGRAMS

    def watch(event: str, _: tuple[Any, ...]) -> None:
        if event in refused:
            raise NotAllowed(f"{event} is not allowed here")

    sys.addaudithook(watch)
    return apart


def _forget_secrets() -> None:
    """Keys and addresses of databases are the parent's alone."""
    for name in [name for name in os.environ if name.startswith("CXIFY_") or name.endswith(("_KEY", "_SECRET"))]:
        del os.environ[name]


def _without_network() -> Network:
    if sys.platform != "linux":
        return Network.PYTHON
    user, group = os.getuid(), os.getgid()
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):
        return Network.PYTHON
    if unshare(_NEW_NET) == 0:
        return Network.NAMESPACE
    if unshare(_NEW_USER | _NEW_NET) != 0:
        return Network.PYTHON
    with suppress(OSError):  # without a map the process goes on as nobody, with the rights it had
        for name, content in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(content)
    return Network.NAMESPACE


def _limit(limits: Limits) -> None:
    """Bound the address space, where the system can and tells what is in use; write no file and no core."""
    with suppress(AttributeError, OSError):
        os.nice(limits.nice)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not limits.programs:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    limit_memory(limits.memory * MEGABYTE)
