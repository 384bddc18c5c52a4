"""The port of the author's server: what is no port is a sentence and not a traceback."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from drills.serve import loop, server


def listened(folder: Path, wanted: int) -> int:
    """The port on which a folder is served."""
    async def run() -> int:
        made, port = server.listen(folder, server.Readers(), wanted)
        made.stop()
        return port

    return asyncio.run(run())


@pytest.mark.parametrize("number", [-1, -8000, 65536, 99999, 10 ** 20])
def test_a_number_that_is_no_port(tmp_path, capsys, number):
    """Catch a traceback for a port typed wrong."""
    assert loop.serve(tmp_path, tmp_path, number) == 1
    assert capsys.readouterr().err.startswith(f"no port is free from {number} on: ")


def test_the_next_port_is_taken(tmp_path):
    """Catch a server that ends because another one has its port, and one that does not say where it is."""
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        wanted = other.getsockname()[1]
        assert wanted < listened(tmp_path, wanted) < wanted + server.TRIES
    assert listened(tmp_path, 0) > 0
