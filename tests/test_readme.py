"""The README's example prints what the README shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_its_output() -> None:
    found = re.search(r"```python\n(.*?)```\s+```text\n(.*?)```", README, re.DOTALL)
    assert found is not None
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", found[1]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout == found[2]


def test_ci_runs_the_commands_of_the_readme() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert len(commands) == 2
    assert re.search(r"vnadmin parse corpus/samples/\S+$", commands[0])
    assert commands[1].endswith("python -m pytest")
