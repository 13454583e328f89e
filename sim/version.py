"""The version, in its one place: the build, the package and the records of results read it here."""

__all__ = ["__version__"]

__version__ = "0.1.0"
