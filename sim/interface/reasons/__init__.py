"""Reasons in words: where two runs part and why, and what happens to one person or one organiser."""
