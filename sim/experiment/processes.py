"""Other processes: started without running anybody's script again, ended at once if need be, and never left behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Self

__all__ = ["Processes", "interrupts_kept_here", "interrupts_noticed", "usable_processors", "without_script"]


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes(ProcessPoolExecutor):
    """A process pool for work that needs nothing of the script, notebook or command that starts it.

    Its processes are spawned, so they are the same on every system and hold no locks or threads of this one. They do not run the
    script once more; an interrupt from the keyboard is for this process to handle; and they end when this process does, even if
    it is killed. As a context it waits for its work, or ends at once if something is raised.
    """

    def __init__(self, processes: int) -> None:
        super().__init__(processes, multiprocessing.get_context("spawn"), _end_with_parent)
        self._wanted = processes
        self._started: set[BaseProcess] = set()

    def submit[**P, R](self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """As of any executor; the first calls start the processes."""
        if len(self._started) >= self._wanted:
            return super().submit(fn, *args, **kwargs)
        before = set(multiprocessing.active_children())
        with without_script(), interrupts_kept_here():
            future = super().submit(fn, *args, **kwargs)
        self._started |= set(multiprocessing.active_children()) - before
        return future

    def start(self) -> Self:
        """Start the first process, so that it gets ready while there is other work."""
        self.submit(_nothing)
        return self

    def end(self) -> None:
        """End all processes at once, whatever they are doing."""
        self.shutdown(wait=False, cancel_futures=True)
        for process in self._started:
            process.terminate()
        for process in self._started:
            process.join()

    def __exit__(self, kind: type[BaseException] | None, *about: object) -> None:
        if kind is None:
            self.shutdown()
        else:
            self.end()


@contextlib.contextmanager
def without_script() -> Iterator[None]:
    """Processes that start here do not run the script, notebook or command of this one, as they otherwise would."""
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(hidden)


@contextlib.contextmanager
def interrupts_kept_here() -> Iterator[None]:
    """Processes that start here leave an interrupt from the keyboard to this one."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main_thread else None
    try:
        yield
    finally:
        if in_main_thread:
            signal.signal(signal.SIGINT, handler)


@contextlib.contextmanager
def interrupts_noticed() -> Iterator[None]:
    """An interrupt from the keyboard that comes within is raised at the end at the latest.

    It is usually raised at once, but it may come while compiled code asks something of Python and drops whatever error that
    gives: then it would be lost, and the work go on for hours.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    came = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt


def _end_with_parent() -> None:
    """Have this process end when the one that started it is gone: a pool's process would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_await_end_of, args=(parent.sentinel,), daemon=True).start()


def _await_end_of(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)  # nobody is left to hand anything to


def _nothing() -> None:
    pass
