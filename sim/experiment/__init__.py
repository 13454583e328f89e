"""Designs, runs, the store of results, and effects by pairs."""
