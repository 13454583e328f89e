"""The languages of a page, and words that are said in several of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import PlainValidator

from sim.errors import Problem, did_you_mean
from sim.texts import Refused, refuse

__all__ = ["LANGUAGES", "Said"]

LANGUAGES: Final = ("en", "ru", "kk")
"""English, Russian, Kazakh. What is not said in a language is said in English there."""


def _said(value: object) -> dict[str, str]:
    """A text in English, or texts by language, English among them."""
    said = {"en": value} if isinstance(value, str) else value
    if not isinstance(said, Mapping) or not said:
        raise refuse(repr(value), 'a text in quotes, or texts by language: { en = "...", ru = "...", kk = "..." }')
    problems = []
    for language, words in said.items():
        if language not in LANGUAGES:
            hint = did_you_mean(str(language), LANGUAGES)
            problems.append(Problem(str(language), f"the unknown language {language!r}", ", ".join(LANGUAGES), hint))
        elif not isinstance(words, str) or not words.strip():
            problems.append(Problem("" if isinstance(value, str) else language, repr(words), "a text in quotes"))
    if "en" not in said:
        problems.append(Problem("en", "nothing", "a text in English, which stands where another language is missing"))
    if problems:
        raise Refused(problems)
    return {str(language): str(words).strip() for language, words in said.items()}


type Said = Annotated[dict[str, str], PlainValidator(_said, json_schema_input_type=str | dict[str, str])]
"""Words by language, English at least."""
