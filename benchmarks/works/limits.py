"""How near the machine's own limits: a tie against a bare read of memory, a town against the bandwidth of one core."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.work import Budget, Found, Shot, timed, work
from benchmarks.works import towns

if TYPE_CHECKING:
    from sim.population import Town

ORDER = 10

_LINE: Final = 64  # bytes that memory hands out at once
_TRIAD: Final = 16_000_000  # numbers in each of three arrays: 384 MB, more than any cache here
_LARGEST: Final = 40  # assemblies


def kernels() -> tuple[Any, Any, Any]:
    """The bare gather, the same along rows, and the triad; compiled here, for nothing else needs them.

    ``gather(array, places)`` adds up what stands at random places. ``rows(indptr, neighbours, who, of)`` reads the ties of people
    one after another, and one number of each person tied to. ``triad(a, b, c)`` is STREAM's: a = b + 3 c (McCalpin 1995).
    """
    import numba

    @numba.njit(nogil=True)
    def gather(array: Any, places: Any) -> int:
        total = 0
        for k in range(places.size):
            total += array[places[k]]
        return total

    @numba.njit(nogil=True)
    def rows(indptr: Any, neighbours: Any, who: Any, of: Any) -> int:
        total = 0
        for i in who:
            for e in range(indptr[i], indptr[i + 1]):
                total += of[neighbours[e]]
        return total

    @numba.njit(nogil=True)
    def triad(a: Any, b: Any, c: Any) -> None:
        for k in range(a.size):
            a[k] = b[k] + 3.0 * c[k]

    return gather, rows, triad


def places(size: int, number: int) -> Any:
    """Random places in an array, from a stream of our own."""
    import numba
    import numpy as np

    from sim.streams import Streams, unit, words

    @numba.njit(nogil=True)
    def fill(key: Any, size: int, out: Any) -> None:
        for k in range(out.size):
            word, _, _, _ = words(key, k, 0, 0)
            out[k] = np.int64(unit(word) * size)

    out = np.empty(number, np.int64)
    fill(Streams(1).key("benchmarks/places"), size, out)
    return out


def bytes_moved(adults: int, ties: int, long_ties: int, issues: int) -> dict[str, int]:
    """What building a town asks of memory, by array: each pass over an array counts its bytes once, read or written.

    Reads and writes near where the last one was are in the cache and count for nothing. Those of a long tie, which may go
    anywhere, count a line in and a line out. As in STREAM, a line that is read only since it will be written does not count.
    """
    line = 2 * _LINE
    return {
        "activity: written, read": 8 * adults,
        "ties drawn: written, read to count, read to place": 12 * ties,
        "ends of lists: written, read": 16 * adults,
        "degrees: written, read and written as sums; a line for each long tie": 24 * adults + line * long_ties,
        "rows: written; lines of row and cursor for each long tie": 8 * ties + 2 * line * long_ties,
        "rows tidied: read, written; their beginnings read, written": 16 * ties + 16 * adults,
        "traits: five, and concern by issue, written": 4 * (5 + issues) * adults,
        "district and foreigner: written, the latter's draw written and read": 10 * adults,
    }


def triad_bandwidth(triad: Any) -> float:
    """Bytes a second of one core, the best of seven."""
    import numpy as np

    a, b, c = (np.full(_TRIAD, value) for value in (0.0, 1.0, 2.0))
    triad(a[:8], b[:8], c[:8])
    runs = []
    for _ in range(7):
        with timed() as took:
            triad(a, b, c)
        runs.append(took.cpu)
    return 24.0 * _TRIAD / min(runs)


def caught(scenario: Any, town: Town, seed: int) -> list[tuple[Any, ...]]:
    """The arguments of the largest gatherings of a year, as the day called them."""
    from sim.model import ProtestModel, street

    gather, seen = street.gather, []

    def watched(*arguments: Any) -> Any:
        found = gather(*arguments)
        seen.append((found[0].size, len(seen), arguments))
        return found

    model = ProtestModel(scenario, rng=seed, town=town)
    street.gather = watched
    try:
        model.run_for()
    finally:
        street.gather = gather
    return [arguments for _, _, arguments in sorted(seen, key=lambda one: one[:2])[-_LARGEST:]]


def without_ties(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same gathering in a town where nobody knows anybody."""
    import numpy as np

    def bare(argument: Any) -> Any:
        if "indptr" not in getattr(argument, "_fields", ()):
            return argument
        none = np.zeros_like(argument.indptr)
        none.flags.writeable = argument.indptr.flags.writeable  # else it is another type, and compiled once more
        return argument._replace(indptr=none)

    return tuple(bare(argument) for argument in arguments)


@work(
    "machine",
    "a visited tie against a bare random read; the town's building against one core's triad bandwidth",
    [
        Budget("visited tie / bare random gather", "times", 4.0),
        Budget("town built / its bytes at triad bandwidth", "times", 4.0),
    ],
    repeats=5,
)
def limits(shot: Shot) -> Found:
    """A visited tie is an entry of the array of ties that a goer who tells of the assembly looks at: each tie of each goer, once.

    What they cost: processor time of the largest gatherings of a year, less that of the same gatherings in a town without ties,
    so that it holds all that ties bring about (coins, hearing, deciding again), over the number of ties of all goers. Against it:
    the time of adding up as many entries of the same array at random places.
    """
    from sim.model.street import gather as turnout

    adults = 130_000 if shot.quick else 1_300_000
    scenario = towns.scenario(towns.NOTIFIED, adults)
    towns.warmed(scenario)
    gather, rows, triad = kernels()
    with timed() as building:
        town = towns.built(scenario, shot.seed)
    calls = caught(scenario, town, shot.seed)
    bare_calls = [without_ties(arguments) for arguments in calls]
    goers = [turnout(*arguments)[0] for arguments in calls]
    turnout(*bare_calls[0])
    ties = town.ties
    visited = int(sum(ties.degrees[one].sum() for one in goers))
    where, of = places(ties.neighbours.size, visited), town.people.theta
    gather(ties.neighbours, where[:8])
    rows(ties.indptr, ties.neighbours, goers[0][:8], of)

    def each(repeats: int, act: Any) -> float:
        """Nanoseconds a visited tie, median of some repeats."""
        runs = []
        for _ in range(repeats):
            with timed() as took:
                act()
            runs.append(took.cpu)
        return median(runs) / visited * 1e9

    with_ties = each(7, lambda: [turnout(*arguments) for arguments in calls])
    alone = each(7, lambda: [turnout(*arguments) for arguments in bare_calls])
    bare, along = each(7, lambda: gather(ties.neighbours, where)), each(7, lambda: [rows(*_of(ties), one, of) for one in goers])
    bandwidth = triad_bandwidth(triad)
    moved = sum(
        bytes_moved(adults, ties.neighbours.size // 2, round(town.spec.ties.long_share * ties.neighbours.size / 2), 4).values()
    )
    values = {
        "visited tie / bare random gather": (with_ties - alone) / bare,
        "town built / its bytes at triad bandwidth": building.cpu / (moved / bandwidth),
        "visited tie, ns": with_ties - alone,
        "bare random gather, ns": bare,
        "town built": building,
    }
    facts = {
        "ties visited": visited,
        "gatherings": len(calls),
        "the same ties read row by row, and a trait of each person tied to, ns": round(along, 2),
        "the whole gathering without ties, ns for each tie of the goers with them": round(alone, 2),
        "triad, GB/s": round(bandwidth / 1e9, 1),
        "bytes moved, MB": round(moved / 1e6),
    }
    return Found(values, facts=facts, reduced=f"{adults:,} adults" if shot.quick else "")


def _of(ties: Any) -> tuple[Any, Any]:
    return ties.indptr, ties.neighbours
