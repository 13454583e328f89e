"""One shot: a fresh Python that runs one work on one tree of sources and writes what it found to a file.

The works come from the folder beside this file; what they measure comes from the tree that is named, which may be another commit.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

_OURS = Path(__file__).resolve().parents[1]


def main() -> None:
    asked = json.loads(sys.argv[1])
    tree = Path(asked["tree"]).resolve()
    sys.path.insert(0, str(_OURS))
    importlib.import_module("benchmarks")  # found once, it finds its own modules; `sim` is then found in the tree
    sys.path[0] = str(tree)
    if asked["cores"] == 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from benchmarks.work import Found, Shot, Skipped

    function = getattr(importlib.import_module(asked["module"]), asked["function"])
    try:
        found = function(Shot(asked["number"], asked["quick"], asked["kept"]))
    except Skipped as reason:
        found = Found(skipped={"": str(reason)})
    sim = sys.modules.get("sim")
    if sim is not None and not Path(str(sim.__file__)).resolve().is_relative_to(tree):
        raise SystemExit(f"the sources that were measured are not those of the tree: {sim.__file__}")
    Path(asked["answer"]).write_text(json.dumps(found.plain()), encoding="utf-8")


if __name__ == "__main__":
    main()
