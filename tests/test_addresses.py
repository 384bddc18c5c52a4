"""Where a site says that it stands: what the environment of a build knows of it."""

from __future__ import annotations

import pytest

from drills import addresses

GITHUB = "https://github.com/"


@pytest.mark.parametrize("environment, address, repository", [
    ({}, "", ""),
    ({"GITHUB_REPOSITORY": "Some-One/drills-fork"}, "https://some-one.github.io/drills-fork/",
     f"{GITHUB}Some-One/drills-fork"),
    ({"GITHUB_REPOSITORY": "a/A.github.io"}, "https://a.github.io/", f"{GITHUB}a/A.github.io"),
    ({"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://git.example/"}, "https://a.github.io/b/",
     "https://git.example/a/b"),
    ({"GITHUB_REPOSITORY": "a/b", "DRILLS_ADDRESS": "https://own.example"}, "https://own.example", f"{GITHUB}a/b"),
    ({"DRILLS_ADDRESS": "https://own.example/x/"}, "https://own.example/x/", "")])
def test_a_fork_names_itself(environment, address, repository):
    """Catch a fork whose pages call the original theirs, and a domain of its own that is passed over."""
    assert addresses.of_environment(environment) == (address, repository)
