"""Two columns on one line: the head and the foot of a document are tables without borders.

Converters print both columns on one line, with several blanks or only one between them. Where blanks alone cannot tell,
the right column is known by what may stand in it: in the head Quốc hiệu, Tiêu ngữ, place and date; in the foot
the signer's authority, post and name (Decree 30/2020/NĐ-CP, appendix I).
"""

from __future__ import annotations

import re

from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import DAY_MONTH_YEAR, MOTTO, is_caps
from vnadmin_nlp.layout.model import Cell, Line
from vnadmin_nlp.text import WorkingText, bare_of, key_of

WIDEST = 260  # characters of a line that may hold two columns

_RIGHT_TITLE = re.compile(rf"\b(?:[ck][o0]ng ?h[a-z]{{1,3}} ?x[a-z]|doc l[a-z]p\b|dang cong san)|{MOTTO.pattern}")
_OPEN_DATE = re.compile(r", ?ngay\b.{0,6}$")
_CLOCK = re.compile(r"(?:hồi|lúc|vào|Hồi|Lúc)? ?\d{1,2} ?(?:giờ|h|g|:)[^\n,;]{0,12}$")  # of a công điện
_STAMPED = re.compile(r"\s(?=(?:HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT)$)")
_GAP = re.compile(r" {2,}")
_WIDE_GAP = re.compile(r" {3,}")
_TOKEN = re.compile(r"\S+")
_AUTHORITY = re.compile(r"(?<!\S)(?:(?P<body>T\.?/?M)|K\.?/?T|T\.?/?L|T\.?U\.?Q|TƯQ|Q)[.,/ ] ?(?=\S\S)")
_SURE_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ)\. ?\S")
_POST = re.compile(
    r"truong\b|truong ban|giam doc|chu tich|bi thu|chanh van|chu nhiem|thu tuong|thong doc|chanh an|chanh thanh|tu lenh"
    r"|tong thu ky"
)
_SIGNED = re.compile(r"[(\[]?\s*(?:da ky|ky ten|ky, dong dau|ky va dong dau|ky, ghi ro|daky|chu ky(?= so\b|,| cua))\b")
# what stands for the signature, after an item that has ended or in brackets of its own
_SIGNED_END = re.compile(
    r"(?:(?<=[;.,:)]) {1,9}(?=[(\[]?d[a-z] ?k[yi]\b)|(?<=\S) {1,9}(?=[(\[](?:d[a-z] ?k[yi]\b|chu ky\b|ky\b)))"
    r"[(\[]?(?:d[a-z] ?k[yi]|chu ky|ky)\b(?: (?:ten|va|dong|dau|cua) ?| ?, ?)?[^;:]{0,80}$"
)
_CERTIFIED = re.compile(
    r"(?:(?<=[;.)]) {1,9}(?=co quan ?:)"
    r"|(?<=[;.,:)]) {1,9}(?=(?:k[yi] (?:so )?boi|nguoi ky|ngay ky|thoi gian ky|e-?mail) ?:))"
)
_SIGNED_TAIL = re.compile(r" {1,9}\((?:đã|Đã|ĐÃ) (?:ký|KÝ)\)$")
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)\s*"
    r"|(?:PGS|GS|TS|ThS|BS|KS|CN|LS|NGND|NGƯT|TTND|TTƯT|BSCKI{1,2}|Ths|Ts)\b[., ]*){1,4}"
)


def split_head(text: WorkingText, line: Line, *, subject: bool = False) -> None:
    """Make cells of the columns of `line`, a line of the head; in a `subject` only place and date end a line."""
    if _in_table(text, line):
        return
    words = text.text[line.start : line.end]
    at = _head_border(words, bare_of(text.key[line.start : line.end]), subject)
    _cut(line, words, _bar(words) if at is None else at)


def _head_border(words: str, bare: str, subject: bool) -> int | None:
    """Where the right column of a line of the head begins: 0 where it is all right column, None where all left."""
    stamp = _STAMPED.search(words) if subject else None
    if stamp and any(map(str.islower, words[: stamp.start()])):
        return stamp.end()  # right of a line of `V/v`
    title = None if subject else _RIGHT_TITLE.search(bare)
    if title:
        return title.start()
    date = DAY_MONTH_YEAR.search(bare) or _OPEN_DATE.search(bare)
    if not date:
        return None
    start = _place_start(words, date.start())
    if subject and ("," not in words[start : date.start()] or len(bare) - date.end() > 8):
        return None
    return start


def _place_start(words: str, at: int) -> int:
    """Where the place before a date at `at` begins: capitalised words, walked back from the comma."""
    clock = _CLOCK.search(words, 0, at)
    start = at = clock.start() if clock else at
    for token in reversed(list(_TOKEN.finditer(words, 0, at))[-7:]):
        if not _of_place(token.group().rstrip(",")):
            break
        start = token.start()
        if words[max(0, start - 2) : start] == "  ":
            break
    return start


def _of_place(piece: str) -> bool:
    if any(map(str.isdigit, piece)) or "/" in piece:
        return False
    if piece in ("", "-", "TP", "phố", "tỉnh", "xã", "phường"):
        return True
    return piece[:1].isupper() and (not piece[1:2].isupper() or "." in piece)


def put_right(line: Line) -> None:
    """Say that `line` stands in the right column."""
    for cell in line.cells:
        cell.column = 1


def split_foot(text: WorkingText, line: Line) -> None:
    """Make cells of the columns of `line`, a line of the foot: recipients left, signature right."""
    if _in_table(text, line):
        return
    words = text.text[line.start : line.end]
    at = _foot_border(words, bare_of(text.key[line.start : line.end]))
    _cut(line, words, _bar(words) if at is None else at)


def _bar(words: str) -> int:
    """Where a lone `|` inside `words` stands, -1 where there is none."""
    return -1 if words[0] == "|" or words[-1] == "|" else words.find("|")


def _in_table(text: WorkingText, line: Line) -> bool:
    """Whether the columns of `line` are printed, as in `| a | b |`; a lone `|` is often a misread letter."""
    if not line.cells or line.end - line.start > WIDEST:
        return True
    return len(line.cells) > 1 and "|" in (text.text[line.start], text.text[line.end - 1])


def _foot_border(words: str, bare: str) -> int | None:
    """Where the signature begins in a line of the foot; None where there is none, or nothing else."""
    certified = _CERTIFIED.search(bare) if words[0] in "-~+•Nn" else None
    certified = certified or _SIGNED_END.search(bare)
    if certified:
        return _past_blanks(words, certified.start())
    for gap in _GAP.finditer(words):
        if of_signature(words[gap.end() :].strip()):
            return gap.end()
    if opens("archive", bare):
        return _name_run(words, ".;)")
    heading = opens("recipients", bare) is not None
    for mark in _AUTHORITY.finditer(words, 1):
        rest = words[mark.end() :]
        if words[: mark.start()].rstrip().endswith(";") and mark[0][-1] in "., ":
            return mark.start()
        if rest[:2].isupper() and (_POST.search(bare, mark.end()) or ((heading or mark["body"]) and is_caps(rest))):
            return mark.start()
    start = _capital_run(words)
    if start and (_POST.search(bare, start) or _after_item(words, start)):
        return start
    return _name_run(words, ";)")


def _past_blanks(words: str, at: int) -> int:
    """The first place from `at` on that is no blank."""
    return len(words) - len(words[at:].lstrip())


def _capital_run(words: str) -> int:
    """Where the run of words in capitals at the end of `words` begins; it does not go on before `;` and `:`."""
    start = len(words)
    for token in reversed(list(_TOKEN.finditer(words))[-12:]):
        piece = token.group()
        letters = any(map(str.isalpha, piece))
        if piece.endswith((";", ":")) or (letters and not (is_caps(piece) or _misread_caps(piece))):
            break
        start = token.start() if letters else start
    return start


def _misread_caps(piece: str) -> bool:
    """Whether `piece`, a long word, is in capitals but for one letter of a scan (`PHỏ-TỔNG`)."""
    return len(piece) > 5 and sum(map(str.islower, piece)) == 1 and piece[0].isupper()


def _after_item(words: str, start: int) -> bool:
    """Whether the capitals of `words` from `start` on, two words or more, follow an item that has ended."""
    ended = words[:start].rstrip(" +-~*").endswith(";")
    return ended and words[start : start + 1].isalpha() and len(words) - start > 9 and " " in words[start:].strip()


def _name_run(words: str, closing: str) -> int | None:
    """Where a person's name begins that follows an item ended by one of `closing` (`- Như trên;  Nguyễn Văn A`)."""
    end = max(map(words.rfind, closing))
    if end < 3 or words[0].isalnum():
        return None
    rest = words[end + 1 :]
    dashed = words.startswith(("-", "~", "+")) or rest.count(" ") > 2
    return len(words) - len(rest.lstrip()) if dashed and is_name(rest) else None


def is_name(words: str) -> bool:
    """Whether `words` could be the name of a person: up to six capitalised words, after rank and degree."""
    rank = _RANK.match(words)
    words = _SIGNED_TAIL.sub("", words)
    tokens = words[rank.end() if rank else 0 :].split()
    enough = len(tokens) > 1 or "'" in words  # `K'Brẽm` is a whole name
    return enough and len(tokens) <= 6 and len(words) < 45 and all(map(_is_name_word, tokens))


def _is_name_word(token: str) -> bool:
    """`Nguyễn`, `A`, `H'Yim`: a capital, then small letters."""
    return all(
        part.isalpha() and part[0].isupper() and (len(part) == 1 or part[1:].islower())
        for part in token.rstrip(".").split("'")
    )


def like_name(words: str) -> bool:
    """Whether `words` could be a name that a scan spoiled: a few words, most of them capitalised, no digits."""
    tokens = words.split()
    capitalised = sum(t[:1].isupper() for t in tokens)
    return 2 <= len(tokens) <= 6 and capitalised * 2 > len(tokens) and not any(map(str.isdigit, words))


def of_signature(words: str) -> bool:
    """Whether `words` could stand in the column of the signature."""
    if is_name(words):
        return True
    bare = bare_of(key_of(words))
    if is_signed(bare) or _SURE_AUTHORITY.match(words) or opens("stamp", bare):
        return True
    if len(words) < 4 or not is_caps(words):
        return False
    return bool(_AUTHORITY.match(words) or _POST.search(bare) or opens("post", bare))


def is_signed(bare: str) -> bool:
    """Whether `bare`, a piece of a line, stands for the signature itself: `(Đã ký)`."""
    return _SIGNED.match(bare) is not None


def blocks(words: str) -> list[str]:
    """The pieces of a line with wide gaps: the signers of minutes and joint documents stand side by side."""
    return [piece for piece in _WIDE_GAP.split(words.strip(" |*")) if piece]


def _cut(line: Line, words: str, at: int) -> None:
    """Make a left and a right cell of `line` at `at`; where one of them is empty the other has its column.

    `at` is negative where the line has one column.
    """
    if at < 0:
        return
    line.cells.clear()
    for column, (low, high) in enumerate(((0, at), (at, len(words)))):
        piece = words[low:high]
        low += len(piece) - len(piece.lstrip(" |"))
        piece = piece.strip(" |")
        if piece:
            line.cells.append(Cell(line.number, line.start + low, line.start + low + len(piece), column))
