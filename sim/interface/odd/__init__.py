"""The tables of the model description (``docs/odd.md``): made of the code, so that they cannot fall behind it."""
