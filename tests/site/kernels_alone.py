"""Kernels that are forks give what kernels of their own give: the same outputs, the same errors, and they end."""

from __future__ import annotations

import multiprocessing

import nbformat
import psutil
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from drills.site import kernels
from tests.helpers import served_kernels

# One cell for each way in which a kernel can speak or be asked.
CELLS = ("import os, sys\nprint('out')\nprint('err', file=sys.stderr)\nos.path.basename(os.getcwd())",
         "from IPython.display import HTML, clear_output, display\nshown = display(HTML('<b>1</b>'), display_id='a')",
         "print('gone')\nclear_output()\ndisplay({'x': 1})\n[1, 2]",
         "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
         "%matplotlib inline\n__name__, plt.get_backend(), plt.rcParams['figure.dpi']",
         "%%capture caught\nprint(3)", "caught.stdout", "!echo shell", "os.system('echo deep')",
         "await __import__('asyncio').sleep(0)\n_", "shown.update(HTML('<b>2</b>'))",
         "import pandas as pd\npd.DataFrame({'a': [1]})")


@pytest.fixture
def warm():
    """Kernels are forks of this process from here to the end of a test."""
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    kernels.begin()
    yield
    factory.default_provisioner_name = before


def notebook(*cells: str) -> nbformat.NotebookNode:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    made.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return made


def run(cells: tuple[str, ...], folder, timeout: int = 120) -> list[tuple]:
    """Count and outputs of each cell of a notebook that is run in a folder."""
    made = notebook(*cells)
    NotebookClient(made, timeout=timeout, resources={"metadata": {"path": str(folder)}}).execute()
    return [(cell.execution_count, cell.outputs) for cell in made.cells]


def test_a_fork_gives_the_outputs_of_a_kernel_of_its_own(tmp_path, request):
    served = run(CELLS, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        served_kernels.none(patch)
        own = run(CELLS, tmp_path)
    request.getfixturevalue("warm")
    for source, one, *others in zip(CELLS, own, served, run(CELLS, tmp_path), strict=True):
        assert others == [one, one], source


def test_a_fork_says_nothing_that_is_no_fault(warm, tmp_path, capfd):
    run(("1",), tmp_path)
    assert capfd.readouterr() == ("", "")


def test_what_one_notebook_does_reaches_neither_the_next_nor_the_process_that_builds(warm, tmp_path):
    run(("import drills, os\ndrills.marked = os.environ['MARKED'] = 'yes'",), tmp_path)
    [(_, [output])] = run(("import drills, os\nhasattr(drills, 'marked'), 'MARKED' in os.environ",), tmp_path)
    assert output.data["text/plain"] == "(False, False)"
    import drills
    assert not hasattr(drills, "marked")


@pytest.mark.parametrize(("source", "error", "words"), [
    ("1 / 0", CellExecutionError, "ZeroDivisionError"), ("import os\nos._exit(3)", DeadKernelError, "died"),
    ("input()", CellExecutionError, "StdinNotImplementedError")])
def test_a_cell_that_fails_is_reported_and_leaves_no_process(warm, tmp_path, source, error, words):
    before = psutil.Process().children(recursive=True)
    with pytest.raises(error, match=words):
        run((source,), tmp_path)
    assert psutil.Process().children(recursive=True) == before


def test_a_cell_that_never_ends_is_ended(warm, tmp_path):
    before = psutil.Process().children(recursive=True)
    # nbclient ends the kernel and asks at once whether it lives; on a busy machine it may trip over the answer
    with pytest.raises((CellTimeoutError, DeadKernelError, AttributeError)):
        run(("while True: pass",), tmp_path, timeout=1)
    assert psutil.Process().children(recursive=True) == before


def test_a_kernel_of_another_kind_begins_as_jupyter_has_it(warm, tmp_path):
    made = []

    def launch(_self, cmd, **_ways):
        made.append(cmd)
        raise RuntimeError("not there")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jupyter_client.provisioning.LocalProvisioner.launch_kernel", launch)
        patch.setattr(kernels, "LAUNCHER", ("-m", "other"))
        with pytest.raises(RuntimeError, match="not there"):
            run(("1",), tmp_path)
    assert len(made) == 1 and "ipykernel_launcher" in made[0]
    assert not multiprocessing.active_children()
