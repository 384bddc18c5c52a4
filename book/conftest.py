"""Chapters are compared by their text outputs: cards leave their pictures out (see drills.cards.card)."""

import os

os.environ["DRILLS_CARDS"] = "text"
