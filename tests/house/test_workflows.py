"""What the workflows may do, above all those that run for strangers."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / ".github" / "workflows"
IMPACT, COMMENT, SITE = FOLDER / "impact.yml", FOLDER / "impact-comment.yml", FOLDER / "site.yml"
# what GitHub runs the text of a step with, by the shell that the workflow names
SHELLS = {"": ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def made(path: Path) -> list[tuple[str, str]]:
    """The steps of a workflow that run make: the shell that is named for them, and their text."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    shell = workflow.get("defaults", {}).get("run", {}).get("shell", "")
    return [(step.get("shell", shell), step["run"]) for step in steps(workflow) if "make " in step.get("run", "")]


@pytest.mark.parametrize(("shell", "text"), [
    pytest.param(*one, id=f"{path.stem}-{re.findall('make (?:--silent )?([a-z]+)', one[1])[-1]}")
    for path in sorted(FOLDER.glob("*.yml")) for one in made(path)])
def test_a_step_is_red_when_what_it_makes_fails(shell, text, tmp_path):
    """Catch tests that fail before a pipe, whose other end is content."""
    (tmp_path / "_build").mkdir()
    (tmp_path / "make").write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    (tmp_path / "make").chmod(0o755)
    (tmp_path / "step.sh").write_text(text, encoding="utf-8")
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": os.devnull}
    assert subprocess.run([*SHELLS[shell], "step.sh"], cwd=tmp_path, env=environment, check=False).returncode == 2


def test_a_pull_request_has_to_pass_style_types_and_tests():
    """Catch a check that authors are asked to run and nobody runs for them."""
    workflow = yaml.safe_load(SITE.read_text(encoding="utf-8"))
    texts = " ".join(text for _, text in made(SITE))
    assert "pull_request" in workflow[True] and workflow["jobs"]["publish"]["needs"] == "build"
    assert all(f"make {name}" in texts for name in ("site", "style", "test"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_actions_are_pinned_and_no_text_of_a_stranger_is_run(path):
    """Catch an action that its owner can change, and a name of a branch that is pasted into a script."""
    for step in steps(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step.get("uses", "actions/x@" + "0" * 40))
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_job_has_a_name_and_ends(path):
    """Catch a job that hangs for the six hours that the service allows, and two runs that do the same at once."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["concurrency"]["group"]
    assert all(job["name"] and job["timeout-minutes"] <= 120 for job in workflow["jobs"].values())


def test_code_of_a_stranger_has_no_rights():
    """Catch a pull request that could write, or read a secret."""
    text = IMPACT.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    # "on" is true to a reader of YAML 1.1
    assert set(workflow[True]) == {"pull_request"} and workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values()) and "secrets." not in text
    assert "github.token" not in text
    assert next(step for step in steps(workflow) if "checkout" in step.get("uses", ""))["with"][
        "persist-credentials"] is False


def test_the_right_to_comment_runs_no_code_of_a_stranger():
    """Catch a job with rights that checks out a pull request, or runs for anything but a comment."""
    workflow = yaml.safe_load(COMMENT.read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"workflow_run"} and workflow["permissions"] == {}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"actions": "read", "pull-requests": "write"}]
    runs_code = re.compile(r"\b(make|python|source|eval)\b")
    assert not any("checkout" in step.get("uses", "") or runs_code.search(step.get("run", ""))
                   for step in steps(workflow))
    assert workflow[True]["workflow_run"]["workflows"] == [yaml.safe_load(IMPACT.read_text(encoding="utf-8"))["name"]]
