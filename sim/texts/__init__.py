"""Texts: TOML in, validated objects out, and every problem of a text told at once.

The library's texts (laws, reforms, towns, scenarios) stand in ``scenarios/`` of a checkout and in ``sim/library/`` of an
installed wheel; :func:`library` knows which. A name (``kazakhstan/1995``) finds a text of the library, a path ending in
``.toml`` finds a user's own.
"""

from sim.texts.accepting import Text, accept, accept_part
from sim.texts.editing import set_key
from sim.texts.flat import flattened
from sim.texts.quantities import ASSUMPTION, Parameter, Sourced, parameter, quantity, rows
from sim.texts.reading import find, library, names, parse_assignment, read_toml
from sim.texts.refusing import OneOf, Refused, WordList, refuse
from sim.texts.schema import json_schema

__all__ = [
    "ASSUMPTION",
    "OneOf",
    "Parameter",
    "Refused",
    "Sourced",
    "Text",
    "WordList",
    "accept",
    "accept_part",
    "find",
    "flattened",
    "json_schema",
    "library",
    "names",
    "parameter",
    "parse_assignment",
    "quantity",
    "read_toml",
    "refuse",
    "rows",
    "set_key",
]
