"""Laws for tests: a bill much like Kazakhstan's of 2020."""

import tomllib
from pathlib import Path

import pytest

from sim.law import Regime, load_law

BILL = Path(__file__).parent / "right" / "bill.toml"


@pytest.fixture(scope="session")
def bill_path() -> str:
    return str(BILL)


@pytest.fixture(scope="session")
def bill() -> Regime:
    return load_law(BILL)


@pytest.fixture
def bill_tables() -> dict:
    return tomllib.loads(BILL.read_text(encoding="utf-8"))
