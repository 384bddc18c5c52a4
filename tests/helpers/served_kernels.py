"""Kernels for a process that has run other tests, of which none can be forked: a second process is there for that.

It loads what chapters need (tests/helpers/warm.py) when the first kernel is asked for, and ends with the process of
the tests.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing import forkserver

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory

from drills.site import kernels


class Server(forkserver.ForkServer):
    """A process of which others are forked, also for the forks of the one that has started it."""

    def ensure_running(self) -> None:
        # a fork asks after a child of its own, which it does not have; that of its parent runs
        with suppress(ChildProcessError):
            super().ensure_running()


class ServedKernels(kernels.ForkedKernels):
    """Provides kernels that are forks of that process."""

    way = "forkserver"


def begin() -> None:
    """Have every kernel that the tests start be a fork of that process."""
    server = Server()
    server.set_forkserver_preload(["tests.helpers.warm"])
    forkserver.connect_to_new_process = server.connect_to_new_process
    kernels.begin(ServedKernels)


def none(patch: pytest.MonkeyPatch) -> None:
    """Have kernels begin as Jupyter has it, each a process of its own, until the patch is undone."""
    patch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", "local-provisioner")
