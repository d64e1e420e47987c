"""Fixtures: where the measuring material lies, if it is on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real documents for measuring: VNADMIN_SHARED, else ../shared. Without it a test that asks skips."""
    folder = Path(os.environ.get("VNADMIN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "gold" / "dev").is_dir():
        pytest.skip(f"no measuring material at {folder.name}/: this test needs gold/dev and corpus/raw")
    return folder
