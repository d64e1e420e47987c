"""The commands and the code of docs/your-own-model.md, run one after the other on letters of the samples."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "your-own-model.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(bash|python)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash: the page is not tested")


def test_the_page_runs(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    for number, path in enumerate(SAMPLES, 1):
        shutil.copy(path, tmp_path / "letters" / f"cv-{number:02}.txt")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "vnadmin"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from vnadmin_nlp.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    ambient = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    said = []
    for language, code in BLOCKS:
        line = ["bash", "-euc", code] if language == "bash" else [sys.executable, "-c", code]
        done = subprocess.run(line, cwd=tmp_path, env=ambient, capture_output=True, text=True, timeout=240, check=False)
        said.append(done.stdout)
        worth = done.returncode == 0 or ("vnadmin train" in code and "not worth using" in done.stdout)
        assert worth, f"{code}\n{done.stdout}\n{done.stderr}"
        if "annotate" in code:
            correct(tmp_path / "gold")
    assert said[1].splitlines()[-1].startswith("18 annotations: 0 errors")
    assert "with these models, against rules alone" in "".join(said)
    assert len(list((tmp_path / "held-out").glob("*.yaml"))) == len(list((tmp_path / "held-out").glob("*.txt"))) == 3
    assert re.match(r"[01]\.\d\d .+ \| ", said[-2])
    assert said[-1].splitlines()[-1].startswith("score=")


def correct(folder: Path) -> None:
    """What a person makes of the first annotations."""
    for number, path in enumerate(SAMPLES, 1):
        annotation = folder / f"cv-{number:02}.yaml"
        assert annotation.exists()
        corrected = path.with_suffix(".yaml").read_text(encoding="utf-8").replace(path.stem, annotation.stem)
        annotation.write_text(corrected, encoding="utf-8")
