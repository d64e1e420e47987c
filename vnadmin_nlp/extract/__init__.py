"""Proposers: header fields, lists, signatures, and the findings of the body, each with its evidence."""
