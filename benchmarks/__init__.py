"""Speed, measured: one command, a table of budgets, and two commits against each other (docs/benchmarks.md).

Nothing here is a test: how long something takes depends on the machine and on who else is using it.
"""
