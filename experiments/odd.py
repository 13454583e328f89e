"""The tables in the model description (``docs/odd.md``), made of the code: ``python -m experiments.odd`` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

from sim.interface.odd.page import current

PAGE = Path(__file__).resolve().parents[1] / "docs" / "odd.md"


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    if (new := current(text)) != text:
        PAGE.write_text(new, encoding="utf-8")
        print("docs/odd.md is new")
    return 0


if __name__ == "__main__":
    sys.exit(main())
