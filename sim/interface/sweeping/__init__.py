"""Faces of a sweep: its folder, its answer on the screen, its figures."""
