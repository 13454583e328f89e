"""The seminar page: one file that carries its runs with it."""
