"""Every frame that counting hands on is as its model says: its columns, no other, of their type and within bounds."""

from __future__ import annotations

import pandas as pd
import pandera.errors
import pytest

from drills.counting.frames import MODELS
from drills.counting.reading import Reading, load

# rows of tables of the record, whose columns datapackage.json describes
OF_THE_RECORD = {"counted", "held", "editions_held", "sources_behind", "ruled"}


def test_every_frame_has_a_model():
    """Catch a frame that is handed on and described nowhere, and a model of a frame that is gone."""
    made = {name for name, member in vars(Reading).items()
            if getattr(member, "func", None) and member.func.__annotations__["return"] == "pd.DataFrame"}
    assert made == set(MODELS) | OF_THE_RECORD


@pytest.mark.parametrize("name", MODELS)
def test_the_frames_of_the_record_are_as_described(reading, name):
    """Catch a column that was renamed, added, or holds what it must not."""
    MODELS[name].validate(getattr(reading, name), lazy=True)


@pytest.mark.slow
def test_the_frames_of_a_record_with_little_in_it_are_as_described(small):
    """Catch a column that changes its type where nothing can be counted."""
    reading = load(small.folder)
    for name, model in MODELS.items():
        model.validate(getattr(reading, name), lazy=True)


@pytest.mark.parametrize("spoil", [
    lambda frame: frame.rename(columns={"n_claims": "claims"}), lambda frame: frame.assign(more=1),
    lambda frame: frame.drop(columns="low"), lambda frame: frame.assign(n_claims=-1),
    lambda frame: frame.assign(stage="said"), lambda frame: frame.assign(best=frame["best"].astype(object)),
    lambda frame: frame.assign(event_id=None), lambda frame: pd.concat([frame, frame.head(1)], ignore_index=True),
], ids=["renamed", "added", "gone", "below zero", "unknown word", "another type", "missing", "twice"])
def test_a_frame_that_is_not_as_described_is_refused(reading, spoil):
    """Catch a model that lets pass what it describes."""
    with pytest.raises(pandera.errors.SchemaErrors):
        MODELS["groups"].validate(spoil(reading.groups), lazy=True)
