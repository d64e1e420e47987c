"""The pipeline of `load` as an installable wheel: `python -m vnadmin_nlp.language.package -o DIR`.

`pip install vi_vnadmin_sm-*.whl`, then `spacy.load("vi_vnadmin_sm")`. Nothing is fetched: `spacy package` lays the
package out, and the wheel, which is a zip with a list of its files, is written here, the same bytes for the same input.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.language import load
from vnadmin_nlp.options import Options
from vnadmin_nlp.taggers.store import check
from vnadmin_nlp.version import VERSION

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "vnadmin_sm"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def package(out: Path, nlp: Language | None = None, *, name: str = NAME, version: str = VERSION) -> Path:
    """Writes the wheel of `nlp`, by default of `load()`, into the folder `out` and gives its path.

    The name of the package is the language, `_` and `name`. Models that the component names by their folders go into
    the wheel and are read from where it is installed.
    """
    from spacy.cli.package import package as lay_out

    nlp = nlp or load()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pipeline, laid_out = Path(folder, "pipeline"), Path(folder, "package")
        nlp.to_disk(pipeline)
        laid_out.mkdir()
        lay_out(pipeline, laid_out, create_sdist=False, name=name, version=version)
        (root,) = laid_out.iterdir()
        said = (root / "meta.json").read_bytes()
        meta = json.loads(said)
        full = f"{meta['lang']}_{meta['name']}"
        for place in (root / full, root / full / root.name):
            (place / "meta.json").write_bytes(said)
        return _write_wheel(out, root, full, meta)


def _write_wheel(out: Path, root: Path, name: str, meta: dict[str, Any]) -> Path:
    """The wheel of the package `name` in `root` (see the Python packaging guide, binary distribution format)."""
    info = f"{name}-{meta['version']}.dist-info"
    wheel = out / f"{name}-{meta['version']}-py3-none-any.whl"
    found = (path for path in sorted((root / name).rglob("*")) if path.is_file())
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
    files |= {
        f"{info}/METADATA": "\n".join(_metadata(name, meta)).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: vnadmin_nlp\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[spacy_models]\n{name} = {name}\n".encode(),
    }
    record = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    with ZipFile(wheel, "w") as archive:
        for path, data in files.items():
            archive.writestr(ZipInfo(path, _EPOCH), data, ZIP_DEFLATED)
    return wheel


def _metadata(name: str, meta: dict[str, Any]) -> Iterator[str]:
    yield from ("Metadata-Version: 2.1", f"Name: {name}", f"Version: {meta['version']}")
    yield from (f"Summary: {meta['description']}", f"License: {meta['license']}")
    yield from (f"Requires-Dist: {requirement}" for requirement in meta["requirements"])
    yield ""


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m vnadmin_nlp.language.package", description=__doc__)
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="where the wheel is written")
    parser.add_argument(
        "--model", type=Path, action="append", default=[], metavar="FOLDER",
        help="a trained model to put inside, in place of those of vnadmin_nlp; several times for several",
    )  # fmt: skip
    parser.add_argument("--words", choices=("syllables", "underthesea"), default="syllables", help="what a token is")
    asked = parser.parse_args(arguments)
    options = Options(models=tuple(asked.model)) if asked.model else None
    try:
        if options:
            check(options)
        print(package(asked.out, load(options=options, words=asked.words)))
    except (VnadminError, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
