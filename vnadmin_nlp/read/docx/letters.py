"""Letters of legacy fonts in Unicode, run by run: what is Unicode already stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vnadmin_nlp.read.docx.model import NoteCall, Piece, Story, all_paragraphs
from vnadmin_nlp.read.legacy import Encoding, convert
from vnadmin_nlp.text import normalize
from vnadmin_nlp.text.quality import Quality, quality_of

SAMPLE = 6_000  # characters by which a document is judged
RARE = 50  # characters to a letter that only Unicode has, in a text that may be legacy all the same
# Letters that no legacy encoding shows and Vietnamese in Unicode has; signs that only a legacy encoding shows in words
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
_TCVN3 = re.compile("[µ¸¶·¹©®¨ª«¬\u00ad§¡¢£¤¥¦»¼½¾Æ×Þ¿]")
_VNI = re.compile("[øûïåäëüöñîæØÛÏÅÄËÜÖÑÎÆ]")
_VISCII = re.compile("[\u0080-\u00bf\u00d0\u00de\u00df\u00f0\u00fe]")
_SIGNS: dict[Encoding, re.Pattern[str]] = {"tcvn3": _TCVN3, "vni": _VNI, "viscii": _VISCII}
_ENCODINGS: dict[Quality, Encoding] = {Quality.TCVN3: "tcvn3", Quality.VNI: "vni"}


class Letters:
    """Puts the pieces of one document into Unicode; how it is typed is judged on `stories`, body and page headers."""

    def __init__(self, stories: Iterable[Story]) -> None:
        named, signs, modern, sample = False, 0, 0, ""
        for paragraph in (found for story in stories for found in all_paragraphs(story)):
            for piece in paragraph.pieces:
                if not isinstance(piece, Piece):
                    continue
                if piece.encoding:
                    named = True
                    signs += _SIGNS[piece.encoding].search(piece.text) is not None
                    modern += _UNICODE.search(piece.text) is not None
                elif len(sample) < SAMPLE:
                    sample += piece.text + " "
        self._legacy = signs >= modern  # what could be either is of the legacy encoding
        self._unnamed: Encoding | None = None  # the encoding of words in fonts that name none
        if len(_UNICODE.findall(sample)) * RARE < len(sample):
            self._unnamed = _ENCODINGS.get(quality_of(normalize(sample)))
        self._needed = named or self._unnamed is not None

    def convert(self, story: Story) -> None:
        """Put the words of `story` into Unicode; `encoding` is left where letters were converted."""
        for paragraph in all_paragraphs(story) if self._needed else ():
            paragraph.pieces = self._converted(paragraph.pieces)

    def _converted(self, pieces: list[Piece | NoteCall]) -> list[Piece | NoteCall]:
        if self._unnamed:
            pieces = [
                piece._replace(encoding=piece.encoding or self._unnamed) if isinstance(piece, Piece) else piece
                for piece in pieces
            ]
        words = [
            (piece.text, _SIGNS[piece.encoding]) for piece in pieces if isinstance(piece, Piece) and piece.encoding
        ]
        legacy = any(signs.search(text) for text, signs in words)
        legacy = legacy or (self._legacy and not any(_UNICODE.search(text) for text, _ in words))
        if legacy:
            pieces = _whole(pieces)
        return [_in_unicode(piece, legacy) if isinstance(piece, Piece) else piece for piece in pieces]


def _in_unicode(piece: Piece, legacy: bool) -> Piece:
    if piece.encoding is None:
        return piece
    text = convert(piece.text, piece.encoding) if legacy and not _UNICODE.search(piece.text) else piece.text
    encoding = piece.encoding if text != piece.text else None
    return Piece(text.upper() if piece.upper else text, piece.bold, piece.italic, encoding)


def _whole(pieces: list[Piece | NoteCall]) -> list[Piece | NoteCall]:
    """`pieces` with each mark of VNI, which stands after its vowel, in the piece of the vowel."""
    out: list[Piece | NoteCall] = []
    for piece in pieces:
        last = out[-1] if out else None
        if isinstance(piece, Piece) and isinstance(last, Piece) and piece.encoding == last.encoding == "vni":
            rest = piece.text.lstrip("âêôùøûõïåãäàáéèëúüÂÊÔÙØÛÕÏÅÃÄÀÁÉÈËÚÜ")
            marks = piece.text[: len(piece.text) - len(rest)]
            out[-1], piece = last._replace(text=last.text + marks), piece._replace(text=rest)
        out.append(piece)
    return out
