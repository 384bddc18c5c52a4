"""What changed in the record and how: its history. Imports only the record."""
