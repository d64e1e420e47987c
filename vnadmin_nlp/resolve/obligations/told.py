"""People and bodies that only common nouns name: they become actors where they are told to do something."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.cues import HeadKind, head_at
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import Range, key_of, keyed, normalize


class ToldRow(Row):
    words: list[str]


_WORD = re.compile(r"[^\W_]+")
_MANY = keyed(r"(?:(?:tất cả|toàn thể|mọi|các|những|từng|mỗi|toàn bộ)\s)+")
_NEXT = keyed(r"(?:, (?:và )?| và )(?=(?:các|những|mọi|toàn thể|tất cả) )")
# words with which a predicate, or what stands before one, begins; `tổ chức` and others are nouns after a comma
_PREDICATE = keyed(
    r"(?<=[^,])(?<! và) (?=(?:phải|cần(?! thiết)|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|có kế hoạch"
    r"|có biện pháp|có văn bản|có giải pháp|có cam kết|chủ trì|chủ động"
    r"|khẩn trương|tích cực|nghiêm túc|tiếp tục|tăng cường|đẩy mạnh|tổ chức|thực hiện|triển khai|bảo đảm"
    r"|đảm bảo|kịp thời|thường xuyên|tập trung"
    r"|căn cứ|theo chức năng|trên cơ sở|không được|không nên|tuyệt đối|rà soát|xây dựng|hạn chế"
    r"|nâng cao|báo cáo|gửi|phối hợp (?:chặt|với|cùng)"
    r"|được phép|được thu|có thể|quan tâm|xem xét|cho ý kiến|tham gia|(?<!ứng )(?<!bầu )(?<!đề )cử"
    r"|làm(?= (?:tiếp|các|thủ tục))|tổng hợp|nghiên cứu|đề xuất|liên hệ|chấp hành|tuân thủ|hưởng ứng|cung cấp"
    r"|đăng ký|khai báo|chuẩn bị)(?![^\W_]))"
    r"|(?=, (?:trong phạm vi|căn cứ|theo chức năng) )"
)
_DUTY = keyed(r"(?<=[^,])(?<! và) (?=có trách nhiệm |chịu trách nhiệm |phải (?!được))")
_ALONE_REACH = 60  # characters from such a noun to its word of duty
_BREAK = re.compile(r"[.;:()\n]")
_STATED = keyed(
    r" (?:đã|đang|chưa|vẫn|là|bị|còn|sẽ|do|nhằm|để|với|cho|mà|trừ|nếu|thì|không|trường hợp"
    r"|thuộc (?:đối tượng|diện|trường hợp)|chỉ(?= (?:phải|được))|(?:nhưng|hoặc)(?= (?:phải|cần|có|không|thực hiện))) "
)
# such nouns act by these verbs; by others (`sử dụng`, `quản lý`, `thẩm định`) relative clauses say who they are
_RULE = keyed(
    r" (?:(?:tự|trực tiếp|kịp thời|chủ động)\s)?(?:gửi|nộp|lập|kê khai|thông báo|báo cáo|xuất trình|hoàn trả|chi trả"
    r"|công khai|trình|xây dựng|tính toán|bố trí|chuyển|ký|có văn bản|xem xét|chuẩn bị|phối hợp|tổ chức|kiểm tra"
    r"|thực hiện (?:theo|việc|đúng|đầy đủ|nghiêm|công khai|kê khai|báo cáo|nộp|thanh toán|thông báo|thủ tục)"
    r"|liên hệ|dành|niêm yết|trả kết quả|trả|được quyền|có quyền|được phép|được thu|có thể"
    r"|được(?= [^.;:]{1,150} trong (?:các|những|một trong các|một trong những) trường hợp (?:sau|quy định))) (?=[^\W_])"
    r"| (?:kê khai|gửi|nộp|lập|thông báo|báo cáo), (?=[^\W_])"
)
_NO_BODY = (" tính", " đo", " tiền tệ")  # `đơn vị tính`
_LOOSE = keyed(r" (?:chỉ|cũng|đồng thời|đều|khi|được|có)$")  # the last word belongs to the predicate
_BLANK = re.compile(r"(?<=[^,]) ")
_FIRST = 8  # characters: no first word is longer
_MOST = 6  # words of a noun of the table
_LONGEST = 9  # words of a name
_BEFORE_VERB = (HeadKind.ADJUNCT, HeadKind.CONDITION)  # `căn cứ ...`: the verb comes later
_REACH = 120  # characters from the noun to its predicate
_FELLOWS = (", cá nhân", ", đơn vị", ", cơ quan")
# `doanh nghiệp mới thành lập`: the verb after it belongs to the noun
_OF_NOUN = (" mới", " được", " có", " thành", " các", " những", " và", " hoặc")
# verbs or other things where nothing says how many, unless a word of duty follows
_ALONE = ("tổ chức", "cơ sở", "hội đồng", "lực lượng", "bên", "người")


@cache
def _nouns() -> dict[str, ToldRow]:
    return {key_of(word): row for row in load_rows("told_bodies", ToldRow) for word in row.words}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0] for word in _nouns())


@cache
def _openers() -> frozenset[str]:
    """The words with which such a noun, or one that says how many there are, can begin."""
    return _first_words() | frozenset(map(key_of, ("tất", "toàn", "mọi", "các", "những", "từng", "mỗi")))


def told_at(key: str, start: int, end: int, *, ordered: bool = False) -> list[Range]:
    """The members of a run of such nouns that begins at `start` and goes before a predicate, if any.

    `ordered` says that an order stands before it, so that any verb will do as the predicate.
    """
    space = key.find(" ", start, start + _FIRST)
    if key[start : max(space, start)] not in _openers():
        return []
    many = _MANY.match(key, start, end)
    at = many.end() if many else start
    stop = _noun(key, at, end)
    if stop is None:
        return []
    end = min(end, start + _REACH)
    if not many and key[at:stop] in _ALONE and not key.startswith(_FELLOWS, stop):
        duty = _DUTY.search(key, stop, min(end, stop + _ALONE_REACH))
        apart = duty and (_BREAK.search(key, stop, duty.start()) or key.startswith(", ", stop))
        return [(start, duty.start())] if duty and not apart else []
    predicate = _PREDICATE.search(key, stop, end) or (_any_verb(key, stop, end) if ordered else None)
    if not predicate or _BREAK.search(key, stop, predicate.start()) or _STATED.search(key, stop, predicate.end()):
        return []
    comma = key.find(", ", stop, predicate.start())
    if comma >= 0 and (head := head_at(key, comma + 2, end)) and head[0] is HeadKind.NONE:
        return []  # `cá nhân thuộc phạm vi quản lý, góp phần nâng cao ...`
    out, low = [], start
    for border in _NEXT.finditer(key, stop, predicate.start()):
        out.append((low, border.start()))
        low = border.end()
    last = max(low, stop)
    relative = key.find(" được ", last, predicate.start()) if many else -1  # `các đơn vị được phân cấp`
    loose = _LOOSE.search(key, last, predicate.start())
    return [*out, (low, relative if relative >= 0 else loose.start() if loose else predicate.start())]


def nouns_at(key: str, start: int, end: int) -> Range | None:
    """`Cơ quan, tổ chức` at `start`: a run of such nouns, whatever follows it."""
    many = _MANY.match(key, start, end)
    stop = _noun(key, many.end() if many else start, end)
    while stop is not None and key.startswith(", ", stop) and (further := _noun(key, stop + 2, end)):
        stop = further
    return (start, stop) if stop is not None else None


def norm_at(key: str, start: int, end: int) -> Range | None:
    """`Doanh nghiệp` at `start`, where a verb stands right after it by which rules say what somebody must or may do."""
    nouns = nouns_at(key, start, end)
    return nouns if nouns and key[slice(*nouns)] not in _ALONE and _RULE.match(key, nouns[1], end) else None


def noun_before(key: str, start: int, end: int) -> bool:
    """Whether such a noun ends at `end`."""
    at = end
    for _ in range(_MOST):
        at = key.rfind(" ", start, at)
        if at < 0:
            return False
        if key[at + 1 : end] in _nouns():
            return True
    return False


def is_common(key: str, start: int, end: int) -> bool:
    """Whether `start:end` is no more than such a noun: `doanh nghiệp`, `các hộ kinh doanh`."""
    many = _MANY.match(key, start, end)
    return _noun(key, many.end() if many else start, end) == end


def many_at(key: str, start: int, end: int) -> Range | None:
    """`Các đơn vị` at `start`: such a noun, where a word says that there are many."""
    many = _MANY.match(key, start, end)
    stop = _noun(key, many.end(), end) if many else None
    return (start, stop) if stop is not None else None


def name_at(text: str, key: str, start: int, end: int) -> list[Range]:
    """The unknown name that begins at `start` (`SEC`, `Ông Trần Văn A`), if a verb stands right after it."""
    stop = start
    if text[start - 2 : start] == ": " or head_at(key, start, end):
        return []
    for _ in range(_LONGEST):
        word = _WORD.match(text, stop + (stop > start), end)
        if not word or not (word[0][0].isupper() or (stop == start and word[0] in ("ông", "bà"))):
            break
        stop = word.end()
    named = stop > start and text[stop : stop + 1] == " " and _verb(key, stop + 1, end, *_BEFORE_VERB)
    return [(start, stop)] if named else []


def _verb(key: str, at: int, end: int, *others: HeadKind) -> bool:
    """Whether a verb stands at `at`, or a word of one of the `others`."""
    head = head_at(key, at, end)
    return head is not None and head[0] in (HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT, *others)


def _any_verb(key: str, at: int, end: int) -> re.Match[str] | None:
    """The blank before the first verb among the next words."""
    for count, blank in enumerate(_BLANK.finditer(key, at, end)):
        if _verb(key, blank.end(), end) and not key.endswith(_OF_NOUN, at, blank.start()):
            return blank
        if count > 6:
            break
    return None


def _noun(key: str, at: int, end: int) -> int | None:
    """Where the longest noun of the table at `at` ends, or None."""
    first = _WORD.match(key, at, end)
    if not first or first[0] not in _first_words():
        return None
    nouns, found, stop = _nouns(), None, at
    for _ in range(_MOST):
        word = _WORD.match(key, stop, end)
        if not word:
            break
        if key[at : word.end()] in nouns and not key.startswith(_NO_BODY, word.end()):
            found = word.end()
        stop = word.end() + 1
        if word.end() < end and key[word.end()] != " ":
            break
    return found


def read_told(text: str) -> set[str]:
    """The ids of the rows of told_bodies.yaml whose noun is told to do something at the beginning of `text`."""
    key = normalize(text).key
    nouns, found = _nouns(), set()
    for low, high in told_at(key, 0, len(key)):
        many = _MANY.match(key, low, high)
        stop = _noun(key, many.end() if many else low, high)
        if stop is not None:
            found.add(nouns[key[many.end() if many else low : stop]].id)
    return found
