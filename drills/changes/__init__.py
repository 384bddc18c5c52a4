"""What changed in the record and how: its history, its news, ids that went out of use, releases."""
