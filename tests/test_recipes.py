"""The recipes of docs/recipes.md, run as they stand there, each in a process and folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from vnadmin_nlp import parse
from vnadmin_nlp.export import from_table

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: the recipes are not tested")
import pyarrow.parquet as pq  # noqa: E402

pytestmark = pytest.mark.recipes
ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^## (\w+)\n+```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
PACKAGES = {"Spark": "pyspark", "Ray": "ray", "Dask": "dask", "DuckDB": "duckdb", "Polars": "polars"}
BEFORE = {"Ray": "import ray\nray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)\n"}
TEXTS = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "samples").glob("*.txt"))[:5]
}


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    ambient = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=folder, env=ambient, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip


def test_every_tool_has_a_recipe() -> None:
    assert set(BLOCKS) == set(PACKAGES)


@pytest.mark.parametrize("tool", PACKAGES)
def test_the_recipe_gives_what_parse_gives(tool: str, tmp_path: Path) -> None:
    if find_spec(PACKAGES[tool]) is None:
        pytest.skip(f"{PACKAGES[tool]} is not installed: its recipe is not tested")
    if tool == "Spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java: the recipe for Spark is not tested")
    if tool == "Ray" and (start := run(BEFORE["Ray"], tmp_path)).returncode:
        pytest.skip(f"Ray does not start here: {start.stderr[-300:]}")
    rows = {"id": [*TEXTS, "trống"], "text": [*TEXTS.values(), None]}
    pq.write_table(pa.table(rows), tmp_path / "texts.parquet")
    done = run(BEFORE.get(tool, "") + BLOCKS[tool], tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    results = dict(from_table(pq.read_table(tmp_path / "results.parquet")))
    assert results.pop("trống").stage == "input"  # type: ignore[union-attr]
    assert results == {name: parse(text) for name, text in TEXTS.items()}
