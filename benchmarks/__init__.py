"""What `make bench` measures: checking, estimating, building, the built pages; each beside another in the same run.

Ratios are what counts, since seconds depend on the machine. Imports the package; nothing imports this.
"""
