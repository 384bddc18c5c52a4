"""Pages that no author writes: events, series, the explorer, the data dictionary. Imports no Sphinx and no chapter."""
