"""Opening a page that is served in the browser of this machine."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser

__all__ = ["can_open", "open_page"]


def open_page(address: str) -> None:
    """Open a page, if there is a screen; without waiting for the browser."""
    if can_open():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def can_open() -> bool:
    """Whether there is a screen to open a page on: without one a browser within the terminal would take it over."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
