"""The chapters: one module for each, with its cards. No chapter imports another.

What all say alike stands in `common`.
"""
