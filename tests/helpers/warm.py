"""Whatever imports this has loaded what a build loads before it forks the kernels of the chapters, and all chapters."""

from __future__ import annotations

from drills import chapters, notebooks  # noqa: F401 every chapter imports the second
from drills.site import extension

extension.load_for_chapters(None, None, list(chapters.load()))
