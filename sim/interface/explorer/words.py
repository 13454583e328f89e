"""What a page says, in every language it speaks: ``words/en.toml``, ``ru.toml``, ``kk.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from sim.experiment.exploring import LANGUAGES

__all__ = ["NAMES", "all_words", "words_for"]

NAMES: Final = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
"""What each language calls itself."""

_FOLDER: Final = Path(__file__).with_name("words")

_OF_OUTCOMES: Final = frozenset({"outcome", "about"})
_OF_SERVED: Final = frozenset({"any", "failed", "growing", "trouble"})
"""What only a page says that is served live."""


@functools.cache
def all_words() -> dict[str, dict[str, str]]:
    """Every text by its key, by language."""
    return {language: tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES}


def words_for(outcomes: Collection[str], *, live: bool = False) -> dict[str, dict[str, str]]:
    """The texts of a page that shows some outcomes: what is said of others is left out.

    Args:
        outcomes: those that are shown. live: whether the page is served live.
    """
    return {
        language: {key: text for key, text in words.items() if _wanted(key, outcomes, live=live)}
        for language, words in all_words().items()
    }


def _wanted(key: str, outcomes: Collection[str], *, live: bool) -> bool:
    group, _, name = key.partition(".")
    return (live or group not in _OF_SERVED) and (group not in _OF_OUTCOMES or name in outcomes)
