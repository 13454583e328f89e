"""How the results of a sweep are drawn, one kind of figure a file."""
