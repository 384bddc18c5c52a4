"""What the workflows may do, above all those that run for strangers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / ".github" / "workflows"
IMPACT, COMMENT = FOLDER / "impact.yml", FOLDER / "impact-comment.yml"


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


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
