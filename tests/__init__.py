"""Tests, in the rooms of the package; house/ holds rules and the live record, builds/ and browser/ need a site."""
