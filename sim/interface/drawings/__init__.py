"""The figures of the classics: one module each, with ``draw``, which needs nothing but the tables of a finding."""
