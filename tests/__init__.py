"""Tests, in the rooms of the package; house/ holds rules and the live record, browser/ the built site."""
