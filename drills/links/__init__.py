"""Whether the pages that the record cites still answer. Asks other hosts, so nothing else in the package uses it."""
