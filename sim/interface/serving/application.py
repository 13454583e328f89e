"""The server: one page, and one question that a page may ask."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.experiment.exploring import (
    Answer,
    CrowdedError,
    Explorer,
    Growing,
    Growth,
    Law,
    levels_asked,
    plain,
    scenario_under,
    unit_of,
)
from sim.interface.explorer.page import page
from sim.interface.serving.asked import MOST_BYTES, Asked, asked_of

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["application", "as_json"]

_WAIT: Final = 2.0
"""Seconds that a question waits for news, at most."""

_LOOK: Final = 0.15
"""Seconds after which it looks for news once more."""

_BODY: Final = 5.0
"""Seconds until a question that does not come is given up."""

_SCENARIOS: Final = 128
"""Scenarios that are kept as they were read: 0.2 MB each."""

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",  # the rest stands in the page
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

type Handler = Callable[[Request], Awaitable[Response]]


def as_json(told: Growing, explorer: Explorer) -> bytes:
    """A cell as a page is told it."""
    units = [unit_of(name) for name in explorer.text.explorer.outcomes]
    said = plain(told.cell, units, told.missing)
    said |= {name: getattr(told, name) for name in ("done", "of", "more", "failed", "why", "said")}
    return json.dumps(said, separators=(",", ":"), allow_nan=False).encode()


def application(explorer: Explorer, growth: Growth, command: str, hosts: frozenset[str] | None) -> Starlette:
    """The server's application.

    Args:
        explorer: the page. growth: its cells. command: by which it was started.
        hosts: names under which it may be addressed, so that no other page can have its visitors' browsers ask (DNS rebinding);
            none if anybody in the network may.
    """
    from starlette.applications import Starlette
    from starlette.responses import HTMLResponse, Response
    from starlette.routing import Route

    written = page(explorer, None, command).encode()
    desk = _Desk(explorer, growth)

    async def show(_request: Request) -> Response:
        return HTMLResponse(written, headers=_HEADERS)

    async def answer(request: Request) -> Response:
        status, body = await desk.answer(request)
        return Response(body, status, _HEADERS, "application/json")

    routes = [
        Route("/", _guarded(show, hosts), methods=["GET"]),
        Route("/cells", _guarded(answer, hosts), methods=["POST"]),
    ]
    return Starlette(routes=routes)


def _guarded(handler: Handler, hosts: frozenset[str] | None) -> Handler:
    """A handler that answers only who addresses this server by a name of its own."""

    @functools.wraps(handler)
    async def guarded(request: Request) -> Response:
        from starlette.responses import PlainTextResponse

        name = request.url.hostname
        if hosts is not None and name not in hosts:
            return PlainTextResponse(f"This server is not called {str(name)[:60]!r}.\n", 421, _HEADERS)
        return await handler(request)

    return guarded


class _Desk:
    """Where questions are read and answered."""

    def __init__(self, explorer: Explorer, growth: Growth) -> None:
        self._explorer, self._growth = explorer, growth
        self._law = functools.lru_cache(_SCENARIOS)(self._read)

    async def answer(self, request: Request) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "A question is JSON (Content-Type: application/json).")
        body = await _read(request)
        if body is None:
            return _refused(413, f"A question takes at most {MOST_BYTES:,} bytes, and comes at once.")
        try:
            asked = asked_of(body)
            laws = await asyncio.to_thread(self._laws, asked)
            answers = await self._with_news(asked, laws)
        except InputError as error:
            return 422, json.dumps({"problems": [_told(problem) for problem in error.problems]}).encode()
        except CrowdedError as error:
            return _refused(503, f"{error}.")
        told = [one.body if one.done != have or not one.more else b"null" for one, have in zip(answers, asked.have, strict=True)]
        return 200, b'{"cells":[' + b",".join(told) + b"]}"

    async def _with_news(self, asked: Asked, laws: list[Law]) -> list[Answer]:
        """What there is as soon as it is more than the page has, or when it has waited long enough."""
        for _ in range(int(_WAIT / _LOOK)):
            answers = await asyncio.to_thread(self._growth.ask, asked.visitor, laws)
            if any(one.done != have or not one.more for one, have in zip(answers, asked.have, strict=True)):
                break
            await asyncio.sleep(_LOOK)
        return answers

    def _laws(self, asked: Asked) -> list[Law]:
        """The laws that are asked for.

        Raises:
            InputError: if one cannot be accepted, with everything that is wrong with any of them.
        """
        found, problems = [], []
        for place, law in enumerate(asked.laws):
            try:
                found.append(self._law(tuple(levels_asked(self._explorer, law).items())))
            except InputError as error:
                problems += [(place, problem) for problem in error.problems]
        if problems:
            told = [Problem(f"laws.{n}.{one.key}".rstrip("."), one.found, one.allowed, one.hint) for n, one in problems]
            raise InputError("what is asked for", told)
        return found

    def _read(self, levels: tuple[tuple[str, str], ...]) -> Law:
        scenario = scenario_under(self._explorer, dict(levels))
        return Law(scenario.fingerprint, scenario)


async def _read(request: Request) -> bytes | None:
    """The body of a request; none if it is too long, or does not come."""
    found = bytearray()
    try:
        async with asyncio.timeout(_BODY):
            async for part in request.stream():
                found += part
                if len(found) > MOST_BYTES:
                    return None
    except TimeoutError:
        return None
    return bytes(found)


def _refused(status: int, words: str) -> tuple[int, bytes]:
    return status, json.dumps({"problems": [{"told": words}]}).encode()


def _told(problem: Problem) -> Mapping[str, Any]:
    return {"key": problem.key, "found": problem.found, "allowed": problem.allowed, "hint": problem.hint, "told": str(problem)}
