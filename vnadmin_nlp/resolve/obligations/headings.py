"""Headings that only name who acts: `2. Sở Công Thương:`, `Bộ Y tế chủ trì, phối hợp với các bộ:`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnadmin_nlp.extract.clauses import trim
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.told import many_at, nouns_at
from vnadmin_nlp.schema import Force
from vnadmin_nlp.text import Range, keyed

# what may stand before and after the names
_BEFORE = keyed(
    r"(?:(?:đối với|(?:quyền(?: hạn)?(?: và|,) )?(?:trách nhiệm|nghĩa vụ|nhiệm vụ)(?: cụ thể)? của|về phía"
    r"|giao nhiệm vụ cho|giao cho|giao|kính đề nghị|đề nghị|yêu cầu|phân công|các đồng chí|trách nhiệm|:)\s*)*"
)
_AFTER = keyed(
    r"(?:[\s,:.;]|\(.{0,120}?\)|chủ trì|có trách nhiệm|có nhiệm vụ|và quyền hạn|thực hiện|chịu trách nhiệm|tập trung"
    r"|các (?:nhiệm vụ|nội dung|công việc)|như sau|sau đây|sau|(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?"
    r"|có tên nêu trên|nêu trên|liên quan|và|theo thẩm quyền|phối hợp)*"
)
_JOINT = keyed(r"[\s,]*(?:chủ trì|chỉ đạo)?[\s,]*(?:phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?|cùng với|chỉ đạo)\s+")
_ORDERED = keyed(r"yêu cầu|đề nghị|giao|phân công")
_BOUND = keyed(r"(?:có|chịu) trách nhiệm")
_PREDICATE = keyed(r"thực hiện|tập trung")
_RELATIVE = keyed(r"(?:có(?! ý kiến)|được(?! biết)|trên địa bàn|thuộc) [^.;]{0,40}$")
_BELONGS = keyed(r"[\s,]*(?: (?:có|được|liên quan|trên địa bàn) |[:(])")  # what limits a common noun and is no name
_TAIL = keyed(r"(?!đã|đang|là|có|được|sẽ|không|chưa)[^.,;:]{0,25}$")  # a part of the name that is not known
_PLACE = re.compile(
    r"((?:Thành phố|Tỉnh|thành phố|tỉnh|Huyện|Quận|Thị xã|Xã|Phường) [A-ZĐÂÊÔƠƯÁẮẤÉẾÍÓỐỚÚỨÝ][^\W\d_]*"
    r"(?:[ -][A-ZĐÂÊÔƠƯÁẮẤÉẾÍÓỐỚÚỨÝ][^\W\d_]*){0,3})"
)  # a place stands for those who govern it
# with these words the name of a body or post begins where its capitals tell nothing
_BODY = keyed(
    r"(?:các )?(?:sở|bộ|ủy ban|ubnd|hội đồng nhân dân|cục|chi cục|vụ|ban|công an|văn phòng|viện|bệnh viện|trường"
    r"|trung tâm|đơn vị|cơ quan|địa phương|doanh nghiệp|kho bạc|thanh tra|tòa án|mặt trận|chủ tịch|giám đốc"
    r"|thủ trưởng|đài|báo)(?![^\W_])"
)
_SEMICOLON = re.compile(";")
_AND = "và"
_MOST_NAME = 90  # characters of a name that is not known
_LONGEST = 900  # characters
_LABEL = 250  # characters of a label within a paragraph


def unknown_names(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies of a heading among headings that name bodies: its known names, else the whole of it."""
    if reader.says_duty(start, end) or end - start > _LONGEST // 4:
        return []
    many = many_at(reader.key, start, end)
    if many:
        belongs = _BELONGS.search(reader.key, many[1], end)
        return [(start, belongs.start() if belongs else end)]
    if reader.head(start, end):
        return []
    return reader.listed(start, end) or [(start, end)]


def labelled(reader: Reader, start: int, end: int) -> tuple[Naming, int] | None:
    """A label before the first colon of `start:end` that names who acts (`Đối với Sở A: ...`), and where it ends.

    A name alone is no label but the subject of what follows.
    """
    key = reader.key
    colon = key.find(": ", start, min(end, start + _LABEL))
    before = _BEFORE.match(key, start, colon) if colon >= 0 else None
    if not before or before.end() == start or reader.says_duty(start, colon) or not reader.verb(colon + 2, end):
        return None
    named = naming(reader, start, colon)
    return (named, colon + 2) if named else None


def field_names(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies that the value of a field names: the known ones, and between semicolons whole names that are not."""
    found = reader.listed(start, end)
    if reader.says_duty(start, end) or end - start > _LONGEST:
        return found if reader.mentions.at(start) else []
    out, at = [], start
    for stop in [*(m.start() for m in _SEMICOLON.finditer(reader.key, start, end)), end]:
        here = [m for m in found if at <= m[0] < stop]
        low, high = trim(reader.flow.text, at, here[0][0] if here else stop)
        if here and high - low > 2 and reader.key.startswith(_AND, high - 2):
            high = trim(reader.flow.text, low, high - 2)[1]
        name = reader.flow.text[low : low + 1].isupper() and _MOST_NAME > high - low > 2 and not reader.head(low, high)
        out += [*([(low, high)] if name else []), *here]
        at = stop + 1
    return out


@dataclass(slots=True)
class Naming:
    """A heading that only names who acts, and with whom."""

    bearers: list[Range]
    coordinators: list[Range]
    force: Force | None


def naming(reader: Reader, start: int, end: int) -> Naming | None:
    """`start:end` read as such a heading, or None. An order with a predicate is none: it is an obligation itself."""
    key = reader.key
    if end - start > _LONGEST:
        return None
    before = _BEFORE.match(key, start, end)
    at = before.end() if before else start
    group = reader.mentions.party(at, end)
    place = _PLACE.match(reader.flow.text, at, end) if not group else None
    if place and place.end() == end and reader.flow.text.startswith(":", end):
        return Naming([place.span(1)], [], None)  # `Thành phố Đà Nẵng:`
    if not group and key.endswith("của ", start, at) and end - at < _MOST_NAME and nouns_at(key, at, end):
        return Naming([(at, end)], [], None)  # `Quyền và nghĩa vụ của người sử dụng dịch vụ`
    if not group and at > start and reader.flow.text[start:end].isupper() and _BODY.match(key, at, end):
        return Naming([(at, end)], [], None)  # `ĐỐI VỚI SỞ Y TẾ`
    if not group or (_ORDERED.search(key, start, at) and _PREDICATE.search(key, group.end, end)):
        return None
    coordinators: list[Range] = []
    rest = group.end
    joint = _JOINT.match(key, rest, end)
    others = reader.mentions.group(joint.end(), end) if joint else None
    if joint and others:
        coordinators = [] if "chỉ đạo" in joint.group() else others.members
        rest = others.end
    after = _AFTER.match(key, rest, end)
    stop = after.end() if after else rest
    tail = _RELATIVE.match(key, stop, end) or _TAIL.match(key, stop, end)
    if stop < end - 1 and (not tail or reader.verb(stop, end)):  # a scan may add a stray letter
        return None
    return Naming(group.members, coordinators, _force(key[start:at], key[rest:end]))


def _force(before: str, after: str) -> Force | None:
    """What the words around the names say: `Đề nghị Sở A:`, `Giao Sở A:`, `Sở A có trách nhiệm:`."""
    if "đề nghị" in before:
        return Force.REQUEST
    return Force.ORDER if _ORDERED.search(before) or _BOUND.search(after) else None
