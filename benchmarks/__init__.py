"""What `make bench` measures: checking, building and estimating, each against something in the same run.

Ratios are what counts, since seconds depend on the machine. Imports the package; nothing imports this.
"""
