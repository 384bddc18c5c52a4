"""Kernels that begin warm: each is a fork of the process that asks for it, with all that is imported and read there.

A kernel of its own takes two seconds of a processor to import what every chapter needs. These are the same kernels,
spoken to in the same way, and each still has its memory to itself. Must import nothing of the project
but what imports nothing itself.
"""

from __future__ import annotations

import asyncio
import importlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import EntryPoint
from multiprocessing.util import Finalize
from typing import Any, cast

from ipykernel.kernelapp import IPKernelApp
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from .. import lean

NAME = "drills-forked"
# How a kernel of this Python is started: the options follow.
LAUNCHER = ("-m", "ipykernel_launcher")
# The pages that are made beside the chapters come first.
NICE = 10
# What every kernel loads once it is one.
LOADED = ("ipykernel.debugger", "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect",
          "IPython.extensions.storemagic", "tornado.platform.asyncio", "zmq.utils.garbage")


class Forked:
    """A process that is a fork, with the part of `subprocess.Popen` that a provisioner of kernels asks.

    It is killed when the process that asked for it ends, or has no use for it any more.

    way: of which process, as `multiprocessing` says it: 'fork' for this one, 'forkserver' for one that is there for
    nothing else.
    """

    stdin = stdout = stderr = None
    pid: int

    def __init__(self, work: Callable[[], None], way: str):
        self._process = cast(Any, multiprocessing.get_context(way)).Process(target=work)
        self._process.start()
        self.pid = self._process.pid or 0
        # a process waits at its end for those that it forked, and a kernel for its parent: the kernel goes first
        Finalize(self, self._process.kill, exitpriority=0)

    def poll(self) -> int | None:
        """Its exit code, below zero if a signal ended it; None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


class ForkedKernels(LocalProvisioner):
    """Provides kernels of this Python by forking; those of any other kind as Jupyter does."""

    way = "fork"

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel. cmd: the command that usually starts it; kwargs: its environment and folder."""
        if tuple(cmd[1:3]) != LAUNCHER:
            return await super().launch_kernel(cmd, **kwargs)
        environment = dict(kwargs.get("env") or os.environ)
        # a kernel ends with the process of which it is a fork
        parent = os.getpid() if self.way == "fork" else None
        forked = Forked(partial(serve, cmd[3:], environment, kwargs.get("cwd") or os.getcwd(), parent), self.way)
        self.process = cast(Any, forked)
        self.pid = self.pgid = forked.pid
        return self.connection_info


def serve(options: list[str], environment: dict[str, str], folder: str, parent: int | None) -> None:
    """Be a kernel, in a process that was forked to be one, until its client ends it.

    parent: the id of the process of which it is a fork, where whoever asked for it knows that.
    """
    # of its own, to be interrupted; in the same session, since the system deals processors evenly between sessions
    os.setpgrp()
    os.nice(NICE)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    # that of the parent, which was running when this process came to be
    asyncio.set_event_loop(asyncio.new_event_loop())
    IPKernelApp.clear_instance()
    kernel = IPKernelApp.instance()
    # an option that stands twice ends a kernel
    kernel.initialize(list(dict.fromkeys((*options, lean.QUIET,
                                          f"--IPKernelApp.parent_handle={parent or os.getppid()}"))))
    if "matplotlib" in sys.modules:
        # a kernel says in its environment how pictures are shown, which is asked when matplotlib is imported
        sys.modules["matplotlib"].use(os.environ["MPLBACKEND"])
    kernel.start()


def load() -> None:
    """Load here, once, what every kernel would load for itself."""
    # or the debugger, which nobody attaches here, would print how to start Python so that it misses no breakpoint
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    for name in LOADED:
        importlib.import_module(name)


def begin(provisioner: type[ForkedKernels] = ForkedKernels) -> None:
    """Have every kernel that this process and its forks start begin warm."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(NAME, f"{provisioner.__module__}:{provisioner.__name__}",
                                            factory.GROUP_NAME)
    factory.default_provisioner_name = NAME
