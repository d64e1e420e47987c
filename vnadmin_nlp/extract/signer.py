"""The words of a signature block: authority marks, titles, ranks and degrees, names of persons."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Hit, Triggers
from vnadmin_nlp.schema import Authority
from vnadmin_nlp.text import bare_of, key_of, normalize


class AuthorityRow(Row):
    """The printed forms of one mark; `body`: signed for a body, not for a post."""

    forms: list[str]
    body: bool = False


class TitleRow(Row):
    """First words of titles; `deputies`: with Phó before them they are titles too.

    `behalf`: they name whom the signer stands for where his own title follows.
    """

    forms: list[str]
    deputies: bool = False
    behalf: bool = False


class WordsRow(Row):
    """Ranks and degrees, or family names."""

    forms: list[str]


@cache
def _authority() -> re.Pattern[str]:
    """The marks, in bare text: abbreviations end with a stop, a slash or a blank, spelled-out ones with a blank."""
    groups = []
    for row in load_rows("authority_marks", AuthorityRow):
        forms = [bare_of(key_of(form)).split() for form in row.forms]
        short = "|".join(re.escape(words[0]) for words in forms if len(words) == 1 and len(words[0]) <= 4)
        spelled = "|".join(r"\s+".join(words) for words in forms if len(words) > 1 or len(words[0]) > 4)
        ways = [rf"(?:{short})(?:\s?[.,:;/]\s*|\s+(?=[a-z])|$)"] + ([rf"(?:{spelled})\s*[.:]?\s+"] if spelled else [])
        groups.append(f"(?P<{row.id}>{'|'.join(ways)})")
    return re.compile(rf"(?<![a-z0-9/])(?:{'|'.join(groups)})")


@cache
def _bodies() -> frozenset[str]:
    return frozenset(row.id for row in load_rows("authority_marks", AuthorityRow) if row.body)


@cache
def _glued() -> re.Pattern[str]:
    """A mark whose stop was lost before the first words of a title (`KTTHỦ TƯỚNG`)."""
    return re.compile(r"(?P<mark>kt|tm|tl|tuq)(?=[a-z]{2})")


def authority_at(bare: str, text: str, at: int, end: int) -> tuple[Authority, int] | None:
    """The mark that begins at `at`, and where the words after it begin. A mark is printed in capitals."""
    match = _authority().match(bare, at, end)
    if match and match.lastgroup:
        mark, begin = Authority(match.lastgroup), match.end()
        capital = text[at:begin] == text[at:begin].upper() and (begin == end or text[begin].isupper())
        if capital and (mark is not Authority.Q or title_at(bare, begin, end)):
            return mark, begin
    glued = _glued().match(bare, at, end)
    if glued and text[at : glued.end()].isupper() and title_at(bare, glued.end(), end):
        return Authority(glued["mark"].upper()), glued.end()
    return None


def next_authority(bare: str, text: str, at: int, end: int) -> int | None:
    """Where the next mark after `at` begins in the same line."""
    for match in _authority().finditer(bare, at, end):
        if match.start() > at and bare[match.start() - 1].isspace() and authority_at(bare, text, match.start(), end):
            return match.start()
    return None


def for_body(mark: Authority) -> bool:
    """Whether `mark` is signed for a body (thay mặt), so that the signer's own title follows."""
    return mark.value in _bodies()


@cache
def titles() -> Triggers[TitleRow]:
    """First words of titles, found in bare text."""
    entries = []
    for row in load_rows("signer_titles", TitleRow):
        for form in row.forms:
            bare = bare_of(key_of(form))
            entries.append((bare, row))
            if row.deputies:
                entries.append((f"pho {bare}", row))
                entries.append((f"quyen {bare}", row))
    return Triggers(entries)


def title_hits(bare: str, at: int, end: int) -> list[Hit[TitleRow]]:
    """The titles that begin in `at:end`, offsets of `bare`."""
    spaced = re.sub(r"\s", " ", bare[at:end])
    return [Hit(hit.start + at, hit.end + at, hit.value) for hit in titles().find(spaced)]


def title_at(bare: str, at: int, end: int) -> int | None:
    """The end of the title that begins at `at`."""
    hits = title_hits(bare, at, min(end, at + 60))
    return hits[0].end if hits and hits[0].start == at else None


def stands_for(bare: str, at: int, end: int) -> bool:
    """Whether the words `at:end` name whom a signer stands for (`ĐẠI DIỆN BÊN A`)."""
    hits = title_hits(bare, at, min(end, at + 60))
    return bool(hits) and hits[0].start == at and hits[0].value.behalf


@cache
def _ranks() -> re.Pattern[str]:
    """Ranks and degrees, at the head of a name, as printed (small `ts` is a word)."""
    forms = {form for row in load_rows("ranks", WordsRow) for form in row.forms}
    parts = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:(?:{parts})(?!\w)[\s.,;:/-]*)+")


def rank_end(text: str, key: str, at: int, end: int) -> int:
    """Where the words after the ranks and degrees that begin at `at` begin; `at` where there are none."""
    match = _ranks().match(key, at, end)
    if not match or not text[at].isupper():
        return at
    return match.end()


@cache
def _families() -> frozenset[str]:
    return frozenset(bare_of(key_of(form)) for row in load_rows("family_names", WordsRow) for form in row.forms)


_SYLLABLE = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)?[.,]?$")


def is_family(word: str) -> bool:
    return bare_of(key_of(word)).strip(".,") in _families()


def is_name(words: str, *, strict: bool = False) -> bool:
    """Whether `words` can be the name of a person: two to six words (one as in `K'Brẽm`), each with a capital.

    `strict`: the first must be a known family name (for names in capitals, and where a title would fit as well).
    """
    parts = words.split()
    if not (2 - ("'" in words)) <= len(parts) <= 6 or len(words) > 45:
        return False
    if not all(p[0].isupper() and _SYLLABLE.match(p) for p in parts):
        return False
    if not words.isupper() and any(len(p.strip(".,")) > 1 and p.isupper() for p in parts):
        return False
    if strict or words.isupper():
        return is_family(parts[0])
    return True


def name_part(words: str) -> bool:
    """Whether `words` is one word of a name that a line break cut off."""
    return len(words) <= 10 and words[:1].isupper() and not words.isupper() and bool(_SYLLABLE.match(words))


def reads_authority(text: str) -> set[str]:
    """The mark that `text`, a line, begins with."""
    working = normalize(text)
    found = authority_at(bare_of(working.key), working.text, 0, len(working.text))
    return {found[0].value} if found else set()


def reads_titles(text: str) -> set[str]:
    """The rows of `signer_titles` whose titles are in `text`."""
    working = normalize(text)
    return {hit.value.id for hit in title_hits(bare_of(working.key), 0, len(working.text))}


def reads_ranks(text: str) -> set[str]:
    """The rows of `ranks` whose forms stand before the name in `text`."""
    working = normalize(text)
    lead = working.key[: rank_end(working.text, working.key, 0, len(working.text))]
    words = {word.strip(" .,") for word in (lead, *lead.split(","), *lead.split())}
    return {row.id for row in load_rows("ranks", WordsRow) if words & set(row.forms)}


def reads_families(text: str) -> set[str]:
    """The rows of `family_names` that hold the first word of `text`."""
    first = key_of(normalize(text).text).split()[0]
    return {row.id for row in load_rows("family_names", WordsRow) if first in row.forms}
