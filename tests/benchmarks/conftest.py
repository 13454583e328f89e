"""The benchmarks are no part of the installed package: they stand beside it in a checkout.

Nothing in these tests depends on how long anything takes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
