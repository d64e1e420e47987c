"""Fixtures: where the measuring material lies, if it is on this machine."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real documents for measuring: VNADMIN_SHARED, else ../shared. Without it a test that asks skips."""
    folder = Path(os.environ.get("VNADMIN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold" / "dev").is_dir():
        pytest.skip(f"no measuring material at {folder.name}/: this test needs gold/dev and corpus/raw")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _heap_of_its_own() -> Iterator[None]:
    """What earlier files left in memory is not looked through by the garbage collector while a test measures growth."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
