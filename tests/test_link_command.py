"""`vnadmin link` over the results of a run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vnadmin_nlp.batch.run import run

pq = pytest.importorskip("pyarrow.parquet", reason="links are written as Parquet: vnadmin_nlp[batch]")

ORDER = """UBND TỈNH HÀ NAM
Số: 118/UBND-NC

Hà Nam, ngày 02 tháng 02 năm 2024

Kính gửi: Sở Nội vụ.

Giao Sở Nội vụ rà soát, báo cáo UBND tỉnh trước ngày 15/3/2024./.
"""
REPORT = """UBND TỈNH HÀ NAM
SỞ NỘI VỤ
Số: 40/BC-SNV

Hà Nam, ngày 10 tháng 3 năm 2024

BÁO CÁO
Kết quả rà soát

Kính gửi: UBND tỉnh Hà Nam.

Thực hiện Công văn số 118/UBND-NC ngày 02/02/2024 của UBND tỉnh, Sở Nội vụ báo cáo như sau: đã rà soát xong./.
"""


def vnadmin(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "order.txt").write_text(ORDER, encoding="utf-8")
    (tmp_path / "in" / "report.txt").write_text(REPORT, encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out", n_process=1)
    return tmp_path / "out"


def test_what_is_written(out: Path) -> None:
    done = vnadmin("link", out)
    assert done.returncode == 0, done.stderr
    assert "references resolved 1 " in " ".join(done.stdout.split()) + " "
    (link,) = pq.read_table(out / "links" / "links.parquet").to_pylist()
    names = (Path(link["document_id"]).name, Path(link["target_id"]).name, link["status"])
    assert names == ("report.txt", "order.txt", "resolved")
    (report,) = pq.read_table(out / "links" / "reports.parquet").to_pylist()
    assert (Path(report["document_id"]).name, report["obligation_index"]) == ("order.txt", 0)
    (thread,) = map(json.loads, (out / "links" / "threads.jsonl").read_text(encoding="utf-8").splitlines())
    assert [Path(id).name for id in thread["documents"]] == ["order.txt", "report.txt"]
    assert "118/UBND-NC" in (out / "links" / "citations.graphml").read_text(encoding="utf-8")


def test_what_cannot_be(out: Path, tmp_path: Path) -> None:
    among = vnadmin("link", out, "-o", out / "documents")
    assert among.returncode == 1 and "it holds the parts of a table" in among.stderr
    nothing = vnadmin("link", tmp_path / "in")
    assert nothing.returncode == 1 and "no table of documents there" in nothing.stderr
