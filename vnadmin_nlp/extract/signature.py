"""Quyền hạn, chức vụ, họ tên người ký (Decree 30/2020/NĐ-CP article 13, appendix I II.7).

A block is read from the top: marked lines say on whose behalf, the last title is the signer's own, then comes the
name. A title after a name begins the next block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vnadmin_nlp.extract.digital import is_digital, read_digital
from vnadmin_nlp.extract.issuer import begins_name
from vnadmin_nlp.extract.signer import (
    authority_at,
    for_body,
    is_family,
    is_name,
    name_part,
    next_authority,
    rank_end,
    stands_for,
    title_at,
    title_hits,
)
from vnadmin_nlp.extract.strip import Piece, Strip, first_run, strip_of
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Authority, Mention, SectionLabel, Signature
from vnadmin_nlp.text import Range, bare_of, key_of, quote

_EDGES = " .:;-–—_=~*|'\"`“”‘’„•<>/\\+^[]{}§#"
_SIGNED = re.compile(r"\W{0,9}(?:da\s+ky|daky|ky\s+ten|ky,|ky\s+va|chu\s+ky\b|dong\s+dau)")
_SIGNED_AFTER = re.compile(r"\s\(da\s+ky\)\W{0,3}$")
_PROSE = re.compile(r"(?:chu\s+ky\s+cua|ky\s+boi)\s+(?:dong\s+chi\s+|ong\s+|ba\s+)?")
_COLLECTIVE = re.compile(r"(?:doan|ban|hoi\s+dong|uy\s+ban|to)\s+$")  # `ĐOÀN CHỦ TỊCH`, `BAN BÍ THƯ` are bodies
_GOES_ON = (",", " kiem", " va", "-")
_DEPUTY = re.compile(r"p[hn][a-z0-9]{1,2}\s+$")  # `PHÓ`, as scans print it
_MIDDLE_NAMES = ("thi", "van", "huu", "duc", "ngoc")
_WORD = re.compile(r"(?<=\s)\S")
_LONGEST_RANK = 30
_LONGEST_NAME = 70  # with ranks and degrees
_SMALL_SCRAP = re.compile(r"(?<=[A-ZĐÀ-Ỹ])\s{1,9}[a-zà-ỹ]$")  # after words in capitals
_SCRAP = 4  # characters of the column to the left
_MOST = 60  # lines of a block that are looked at


@dataclass(slots=True)
class _Block:
    authority: Authority | None = None
    behalf: list[Range] = field(default_factory=list)
    position: list[Range] = field(default_factory=list)
    name: list[Range] = field(default_factory=list)
    rank: Range | None = None
    target: list[Range] | None = None  # what the next line may go on with
    guessed: bool = False  # its title is only a line in capitals

    @property
    def named(self) -> bool:
        return bool(self.name)


def read_signatures(layout: Layout) -> list[Signature]:
    """The signature blocks in reading order; a digital signature is part of the first."""
    strip = strip_of(layout, first_run(layout, SectionLabel.SIGNATURE))
    reader = _Reader(strip)
    for index, piece in enumerate(strip.pieces[:_MOST]):
        reader.read(piece, last=index + 1 == len(strip.pieces))
    blocks = [b for b in reader.blocks if b.named or b.position or b.behalf]
    blocks = blocks or _from_prose(strip)
    digital = read_digital(layout)
    found = [_signature(strip, block) for block in blocks]
    if digital is None:
        return found
    if not found:
        return [Signature(digital=digital, rule="signature.digital")]
    return [found[0].model_copy(update={"digital": digital}), *found[1:]]


def _signature(strip: Strip, block: _Block) -> Signature:
    def mention(ranges: list[Range]) -> Mention | None:
        kept = [r for r in ranges if r[0] < r[1]]
        if not kept:
            return None
        low, high = strip.trim(*kept[-1], ".,;:-*|~")
        scrap = _SMALL_SCRAP.search(strip.text, low, high)
        kept[-1] = (low, scrap.start() if scrap else high)
        return quote(Mention, strip, *kept) if kept[-1][0] < kept[-1][1] else None

    rank = " ".join(strip.words(*block.rank).split()).rstrip(" ,;:-") if block.rank else None
    return Signature(
        authority=block.authority, on_behalf_of=mention(block.behalf), position=mention(block.position),
        name=mention(block.name), rank=rank or None, rule="signature.block", score=1.0 if block.named else 0.8,
    )  # fmt: skip


class _Reader:
    """Takes the lines of a signature block one by one and files their words."""

    def __init__(self, strip: Strip) -> None:
        self.strip = strip
        self.blocks: list[_Block] = []
        self.read_to = 0  # a rank may be broken over two lines

    def read(self, piece: Piece, *, last: bool) -> None:
        strip = self.strip
        bare = strip.bare[piece.start : piece.end]
        if is_digital(bare) or _SIGNED.match(bare):
            return
        signed = _SIGNED_AFTER.search(strip.bare, piece.start, piece.end)
        end = signed.start() if signed else piece.end
        low, high = strip.trim(max(piece.start, self.read_to), end, _EDGES)
        while low < high:
            mark = authority_at(strip.bare, strip.text, low, high)
            stop = next_authority(strip.bare, strip.text, mark[1] if mark else low, high) or high
            if mark:
                self._authority(mark[0], mark[1], stop)
            else:
                self._words(low, stop, last)
            low = stop

    def _block(self, fresh: bool = False) -> _Block:
        if fresh or not self.blocks:
            self.blocks.append(_Block())
        return self.blocks[-1]

    def _authority(self, mark: Authority, begin: int, stop: int) -> None:
        if self.blocks and self.blocks[-1].guessed and not self.blocks[-1].named:
            self.blocks.pop()  # a heading above the signature
        block = self._block(bool(self.blocks) and (self.blocks[-1].named or bool(self.blocks[-1].position)))
        block.authority = mark
        block.behalf = []
        if mark is Authority.Q:
            self._title(block, begin, stop)
            return
        cut = self._own_title(begin, stop, for_body(mark))
        if begin < (cut or stop):
            block.behalf.append((begin, cut or stop))
        block.target = block.behalf
        if cut:
            self._title(block, cut, stop)

    def _own_title(self, begin: int, stop: int, body: bool) -> int | None:
        """Where the signer's own title begins in the words `begin:stop` after a mark."""
        bare = self.strip.bare
        for hit in title_hits(bare, begin, stop):
            before = bare[begin : hit.start]
            if hit.start == begin or before.rstrip().endswith(_GOES_ON):
                continue
            deputy = bare.startswith("pho ", hit.start)
            if not _COLLECTIVE.search(before) and (body or deputy or title_at(bare, begin, stop)):
                return hit.start
        return None

    def _title(self, block: _Block, low: int, high: int) -> None:
        """File a title, and the name that follows it on the same line."""
        strip = self.strip
        end = title_at(strip.bare, low, high) or low
        at = _name_tail(strip, end, high)
        if block.position and self._yields(block, low):
            block.behalf.extend(block.position)
            block.position = []
        block.position.append((low, at or high))
        block.target = block.position
        if at:
            self._name(block, at, high)

    def _yields(self, block: _Block, low: int) -> bool:
        """Whether the title read before the one at `low` only says for whom it is signed."""
        bare, (first, end) = self.strip.bare, block.position[0]
        if block.authority is Authority.KT:  # `KT. BỘ TRƯỞNG` / `CHỦ NHIỆM` / `PHÓ CHỦ NHIỆM`
            return bare.startswith("pho", low) and not bare.startswith("pho", first)
        return stands_for(bare, first, end)

    def _name(self, block: _Block, low: int, high: int) -> None:
        begin = rank_end(self.strip.text, self.strip.key, low, high)
        if begin > low:
            block.rank = (block.rank[0] if block.rank else low, begin)
        block.name = [(begin, high)]
        block.target = None

    def _words(self, low: int, high: int, last: bool) -> None:
        """File a line, or the part of one, that bears no mark."""
        strip = self.strip
        block = self.blocks[-1] if self.blocks else None
        words, bare = strip.text[low:high], strip.bare[low:high]
        if self._begins_title(low, high) and not self._continues(block):
            if block and block.target is block.behalf and not block.behalf:
                block.behalf.append((low, high))  # the mark stood alone on its line
            else:
                self._title(self._block(block is None or block.named), low, high)
            return
        begin = rank_end(strip.text, strip.key, low, min(high + _LONGEST_RANK, len(strip.text)))
        if block and block.named:
            if _cut_name(strip, block.name, words):
                block.name.append((low, high))
            return
        if begin >= high:  # the name follows on the next line
            self._block().rank = (low, begin)
            self.read_to = begin
        elif self._is_name(strip.text[begin:high], begin > low, last):
            self._name(self._block(), low, high)
        elif block and name_part(words) and not begins_name(bare) and block.target is not None and is_family(words):
            block.name = [(low, high)]
        elif block and block.target is not None:
            self._goes_on(block, block.target, low, high)
        elif block is None and words.isupper() and len(words) > 7 and " " in words and not any(map(str.isdigit, words)):
            block = self._block()  # a title that is not in the table
            block.guessed = True
            block.position.append((low, high))
            block.target = block.position

    def _begins_title(self, low: int, high: int) -> bool:
        """Whether a title begins at `low`; a line break may cut it (`THỨ` / `TRƯỞNG`)."""
        bare = self.strip.bare
        if title_at(bare, low, high) is not None:
            return True
        return high - low < 12 and self.strip.text[low:high].isupper() and title_at(bare, low, high + 25) is not None

    def _is_name(self, words: str, ranked: bool, last: bool) -> bool:
        """Whether a line is the signer's name and no further word of a title or body."""
        if not is_name(words) or (words.isupper() and not (ranked or last)):
            return False
        head = begins_name(bare_of(key_of(words)))
        return not head or (" " not in head and is_family(words.split()[0]))

    def _continues(self, block: _Block | None) -> bool:
        """Whether the last line asks to be gone on with (`BỘ TRƯỞNG,` / `CHỦ NHIỆM`)."""
        if block is None or not block.target:
            return False
        low, high = block.target[-1]
        return self.strip.bare[low : self._line_end(high)].rstrip().endswith(_GOES_ON)

    def _line_end(self, at: int) -> int:
        end = self.strip.text.find("\n", at)
        return end if end >= 0 else len(self.strip.text)

    def _goes_on(self, block: _Block, target: list[Range], low: int, high: int) -> None:
        """File a line that goes on with the last one; the signer's own title may begin inside it."""
        strip = self.strip
        words = strip.text[low:high]
        if any(map(str.isdigit, words)):
            return
        if target and strip.text[slice(*target[-1])].isupper() and not words.isupper():
            return
        if target is block.behalf:
            for hit in title_hits(strip.bare, low, high):
                scanned = _DEPUTY.search(strip.bare, low, hit.start)
                start = scanned.start() if scanned else hit.start
                own = block.authority is Authority.TM and not _COLLECTIVE.search(strip.bare, low, hit.start)
                if scanned or own or strip.bare.startswith("pho ", hit.start):
                    if start - low > _SCRAP:
                        target.append((low, start))
                    self._title(block, start, high)
                    return
            if target and block.authority is not Authority.TM and self._lost_title(target[-1], low, high):
                self._title(block, low, high)
                return
        target.append((low, high))

    def _lost_title(self, behalf: Range, low: int, high: int) -> bool:
        """Whether a line under a mark is the signer's own title, of which a scan lost the first word.

        It ends as the title above does (`KT. BỘ TRƯỞNG` / `?? TRƯỞNG`), or follows a whole one and names no body.
        """
        strip = self.strip
        if _last_word(strip, (low, high)) == _last_word(strip, behalf):
            return True
        return title_at(strip.bare, *behalf) == behalf[1] and not begins_name(strip.bare[low:high])


def _last_word(strip: Strip, where: Range) -> str:
    return strip.bare[slice(*where)].split()[-1]


def _cut_name(strip: Strip, name: list[Range], words: str) -> bool:
    """Whether `words`, a line, goes on with a name that the line break cut (`Bùi` / `Xuân Hà`, `Lê Văn` / `Cận`)."""
    parts = words.split()
    if len(name) > 1 or len(parts) > 3 or words.isupper() or not all(p[0].isupper() and p.isalpha() for p in parts):
        return False
    first = strip.bare[slice(*name[0])].split()
    return len(first) == 1 or (len(parts) < 3 and first[-1] in _MIDDLE_NAMES) or (len(parts) == 1 and len(first) < 4)


def _name_tail(strip: Strip, low: int, high: int) -> int | None:
    """Where the name begins that stands after a title on the same line (`PHÓ CHỦ TỊCH Nguyễn Văn A`)."""
    for match in _WORD.finditer(strip.text, max(low, high - _LONGEST_NAME), high):
        begin = rank_end(strip.text, strip.key, match.start(), high)
        name = strip.text[begin:high].strip(" .")
        if not name.isupper() and is_name(name, strict=True) and not begins_name(strip.bare[begin:high]):
            return match.start()
    return None


def _from_prose(strip: Strip) -> list[_Block]:
    """A signer that a note names (`Bản gốc có chữ ký của Thủ tướng ...`)."""
    for match in _PROSE.finditer(strip.bare):
        end = title_at(strip.bare, match.end(), len(strip.text))
        line = strip.text.find("\n", match.end())
        stop = strip.trim(match.end(), line if line >= 0 else len(strip.text), _EDGES)[1]
        at = _name_tail(strip, end, stop) if end else None
        if end and at:
            return [_Block(position=[strip.trim(match.end(), at, " ")], name=[(at, stop)])]
    return []
