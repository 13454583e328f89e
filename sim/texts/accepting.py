"""Tables in, validated objects out, with every problem told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten
from typing import Annotated, Any, ClassVar, Final, Self, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from sim.errors import InputError, Problem, did_you_mean
from sim.texts.refusing import Refused

__all__ = ["Text", "accept", "accept_part", "models_in"]

type Place = tuple[int | str, ...]


class Text(BaseModel):
    """The base of everything that is read from a text: frozen, strict about unknown keys, and at one with itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, ser_json_inf_nan="strings")

    row_name: ClassVar[str | None] = None
    """Of a text that stands in a list: the field whose word tells its rows apart."""

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:  # noqa: ARG003  for subclasses
        """What is wrong *between* the fields of a text.

        Args:
            parts: the fields that are right in themselves, by name. One that is not is left out, so that a text with a wrong
                field still tells what else is wrong with it.
        """
        return ()

    @model_validator(mode="after")
    def _without_contradictions(self) -> Self:
        problems = tuple(self.contradictions({name: getattr(self, name) for name in type(self).model_fields}))
        if problems:
            raise Refused(problems)
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with changes if wanted: they are held to the same rules as a text."""
        copy = super().model_copy(deep=deep)
        fields = {name: getattr(copy, name) for name in type(self).model_fields}
        return type(self).model_validate({**fields, **update}) if update else copy


def accept[T: BaseModel](kind: type[T], tables: Mapping[str, Any], file: str, error: type[InputError]) -> T:
    """``tables`` as a ``kind``.

    Raises:
        InputError: (of the given type) with *all* problems, each with its key, what was found and what is allowed.
    """
    try:
        return kind.model_validate(tables)
    except ValidationError as failure:
        details = failure.errors()
        wrong = {tuple(detail["loc"]) for detail in details}
        told = [problem for detail in details for problem in _problems(kind, dict(detail))]
        told += _further(kind, tables, (), wrong)
        raise error(file, list(dict.fromkeys(told))) from None


def accept_part[T: BaseModel](kind: type[T], said: Any, place: str, problems: list[Problem]) -> T | None:
    """A table of a text, if it is right; what is wrong with it is added to the problems, by its place in the text."""
    if not isinstance(said, Mapping):
        problems.append(Problem(place, "nothing" if said is None else repr(said), f"a table [{place}]"))
        return None
    try:
        return accept(kind, said, place, InputError)
    except InputError as error:
        problems += [Problem(f"{place}.{one.key}".rstrip("."), one.found, one.allowed, one.hint) for one in error.problems]
        return None


def _further(kind: type[BaseModel], value: Any, here: Place, wrong: set[Place]) -> Iterator[Problem]:
    """Contradictions of a text, and of its tables, that went unseen because another field of the same table is wrong."""
    beneath = {place for place in wrong if len(place) > len(here) and place[: len(here)] == here}
    if not beneath or not isinstance(value, Mapping):
        return
    failed = {str(place[len(here)]) for place in beneath}
    failed |= {near for name in failed - kind.model_fields.keys() if (near := did_you_mean(name, kind.model_fields))}
    if issubclass(kind, Text):
        parts = {name: _alone(kind, name, value) for name in kind.model_fields if name not in failed}
        for problem in kind.contradictions(parts):
            key = ".".join(filter(None, [*map(str, here), problem.key]))
            yield Problem(key, problem.found, problem.allowed, problem.hint)
    for name in kind.model_fields:
        inner = value.get(name)
        for model in models_in(kind.model_fields[name].annotation):
            for place, item in enumerate(inner) if isinstance(inner, list) else ((None, inner),):
                yield from _further(model, item, (*here, name) if place is None else (*here, name, place), wrong)


def _alone(kind: type[BaseModel], name: str, tables: Mapping[str, Any]) -> Any:
    """A field that is right in itself, as a value."""
    field = kind.model_fields[name]
    if name not in tables:
        return field.get_default(call_default_factory=True)
    annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    return adapter.validate_python(tables[name])


_ALLOWED: Final = {
    "missing": "a value (it is required)",
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "date_type": "a date, as 2020-06-06",
    "date_parsing": "a date, as 2020-06-06",
    "date_from_datetime_parsing": "a date, as 2020-06-06",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
}


def _problems(kind: type[BaseModel], detail: dict[str, Any]) -> list[Problem]:
    """A pydantic error in protestlaw's words."""
    parts = [str(part) for part in detail["loc"]]
    key, sort, found = ".".join(parts), detail["type"], detail["input"]
    shown = "this table" if isinstance(found, BaseModel | Mapping) else shorten(repr(found), 80)
    if sort == "extra_forbidden":
        allowed = sorted({name for model in models_at(kind, parts[:-1]) for name in model.model_fields})
        return [Problem(key, f"the unknown key {parts[-1]!r}", ", ".join(allowed), did_you_mean(parts[-1], allowed))]
    if sort == "missing":
        return [Problem(key, "nothing", _ALLOWED["missing"])]
    if sort == "value_error":
        raised = detail["ctx"]["error"]
        if isinstance(raised, Refused):
            return [Problem(".".join(filter(None, [key, one.key])), one.found, one.allowed, one.hint) for one in raised.problems]
        return [Problem(key, shown, str(raised))]
    if sort in {"literal_error", "enum"}:
        words = re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
        return [Problem(key, shown, ", ".join(words), did_you_mean(str(found), words))]
    if sort == "string_pattern_mismatch":
        return [Problem(key, shown, f"a text that matches {detail['ctx']['pattern']}")]
    words_of_pydantic = str(detail["msg"]).replace("Input should be", "").strip()
    return [Problem(key, shown, _ALLOWED.get(sort, words_of_pydantic))]


def models_at(kind: type[BaseModel], parts: Iterable[str]) -> list[type[BaseModel]]:
    """The tables that may stand at a place of a text; numbers of rows may be among the parts."""
    here: list[type[BaseModel]] = [kind]
    for part in parts:
        if not part.isdigit():
            here = [
                inner for model in here if part in model.model_fields for inner in models_in(model.model_fields[part].annotation)
            ]
    return here


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The tables an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]
