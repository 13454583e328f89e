"""``app --watch``: a scenario checked, and a server on this computer that shows a run of it to whoever opens its page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final

from sim.errors import OutputError
from sim.interface.screen import note
from sim.interface.serving.addresses import address_of, is_loopback, listening
from sim.interface.watching.watch import Watch

__all__ = ["need_solara", "watch"]

_NEEDED: Final = ("solara", "solara_assets", "ipyvuetify", "altair", "starlette", "uvicorn")

_QUIET: Final = {
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_CDN": "http://127.0.0.1:9/",  # what is not installed is looked for nowhere else: nobody answers there
    "SOLARA_KERNEL_CULL_TIMEOUT": "1h",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "protestlaw",
}
"""Solara's settings, which it reads when it is imported: nothing is sent to or asked of anybody, and no file is watched."""


def need_solara() -> None:
    """See that what the page needs is there, and only then let it be imported.

    Raises:
        OutputError: if it is not.
    """
    if missing := [name.replace("_", "-") for name in _NEEDED if find_spec(name) is None]:
        raise OutputError(
            f"Watching needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed. "
            "It comes with the extra viz: python -m pip install -c constraints.txt -e '.[viz]'"
        )
    os.environ.update(_QUIET)


def watch(scenario: str, settings: Mapping[str, object], *, host: str, port: int, open_browser: bool) -> None:
    """Show runs of a scenario in the browser until the keyboard interrupts.

    Args:
        scenario: a name or a path. settings: what is changed in it, by dotted key, as ``--set`` takes it.
        host, port: where the page is served; port 0 is any that is free.
        open_browser: whether to open it.

    Raises:
        InputError, UnknownNameError: if there is no such scenario, with everything that is wrong with it.
        OutputError: if Solara is not installed.
        ModelError: if it cannot listen there.
    """
    wanted = Watch(scenario, dict(settings))
    title = wanted.read().scenario.title
    need_solara()
    with listening(host, port) as socket:
        note(f"Preparing {title!r} ...")
        if not is_loopback(host):
            note("Everybody in the network who can reach this computer can use the page.")
        from sim.interface.watching.server import serve

        serve(wanted, socket, address_of(host, socket.getsockname()[1]), local=is_loopback(host), open_browser=open_browser)
