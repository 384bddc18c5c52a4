"""What authors do to the record: new rows, and the form of its files. Imports the record, its rules and words."""
