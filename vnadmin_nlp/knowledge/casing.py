"""Names of bodies printed in capitals, as they are written in a sentence (Decree 30/2020/NĐ-CP appendix II)."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.knowledge.agencies import FieldRow, HeadRow, NameRow
from vnadmin_nlp.knowledge.rows import load_rows
from vnadmin_nlp.text import key_of

_LEVELS = ("tỉnh", "thành phố", "tp.", "tp", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu")
_SMALL = ("và", "về", "của", "các", "với", "trong", "thuộc")
_WORD = re.compile(r"[^\s\-–—,()]+")
_MOST_WORDS = 12


@cache
def _written() -> dict[str, str]:
    """Known names, first words and fields of names by their keys, as they are written."""
    tables: tuple[tuple[str, type[FieldRow | HeadRow | NameRow]], ...] = (
        ("actor_fields", FieldRow), ("actor_heads", HeadRow), ("actor_names", NameRow),
    )  # fmt: skip
    found = {key_of(word): word for table, kind in tables for row in load_rows(table, kind) for word in row.words}
    return found | {level: level for level in _LEVELS}


def in_sentence(name: str) -> str:
    """`name`, where it is all in capitals, as it is written in a sentence (`Ủy ban nhân dân tỉnh Bắc Ninh`).

    Known names and fields of work have the capitals of the knowledge tables; what is not known is taken for a name of
    its own, with a capital in each syllable.
    """
    if not name.isupper():
        return name
    key = key_of(name)
    words = list(_WORD.finditer(key))
    out, done, i = [], 0, 0
    while i < len(words):
        last = min(len(words), i + _MOST_WORDS)
        spans = (key[words[i].start() : words[j - 1].end()] for j in range(last, i, -1))
        known = next((span for span in spans if span in _written()), None)
        start = words[i].start()
        out.append(name[done:start])
        if known is None:
            done = words[i].end()
            word = name[start:done]
            out.append(word.lower() if words[i][0] in _SMALL else word.capitalize())
            i += 1
            continue
        done = start + len(known)
        written = _written()[known]
        out.append(written)
        while i < len(words) and words[i].start() < done:
            i += 1
    out.append(name[done:])
    whole = "".join(out)
    return whole[:1].upper() + whole[1:]
