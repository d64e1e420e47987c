"""Leads: clauses that end in a colon and govern the items after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.resolve.obligations import roles
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import LEGAL, Mode, Scope
from vnadmin_nlp.schema import DocumentType, Force
from vnadmin_nlp.text import Range, keyed

# what a lead may say and still say nothing that is to be done
_NO_PREDICATE = keyed(
    r"(?:[\s,:.;]|\([^()]{0,160}\)|chủ trì|(?:là|làm) (?:cơ quan |đơn vị )?(?:đầu mối|thường trực)"
    r"|chủ động|tiếp tục|quan tâm|có trách nhiệm|có nhiệm vụ|và quyền hạn"
    r"|(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?|theo thẩm quyền|như sau|sau đây|cụ thể|sau|cần|phải"
    r"|(?:căn cứ|trên cơ sở) [^:;]{1,200} (?=có (?:trách nhiệm|nhiệm vụ)(?: sau)?(?: đây)?:?$)"
    r"|các nội dung|một số nội dung|các nhiệm vụ|một số nhiệm vụ|nhiệm vụ)*"
)
_WITH = keyed(r"(?:phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?|cùng với|cùng|chỉ đạo)\s*")
_TASKS = keyed(
    r"(?:chỉ đạo|kết luận|yêu cầu|đề nghị|nhiệm vụ|giải pháp|biện pháp|công việc|nội dung trọng tâm"
    r"|thực hiện (?:một số |các )?nội dung|phân công)"
    r"(?:,? (?:cụ thể|trọng tâm|chủ yếu|cấp bách|và giải pháp|giải pháp))*(?: như)?(?: sau)?(?: đây)?$"
)
_THINGS = keyed(
    r"(?:(?:gồm|gồm có|bao gồm)(?: (?:các|những))?(?: (?:văn bản|tài liệu|giấy tờ|thành phần|hồ sơ|loại|bước|đối tượng"
    r"|thành viên|phần)(?![^\W_])[^.;:]{0,30}?)?"
    r"|(?<!chú trọng )(?<!tập trung )(?<!thực hiện )(?<!triển khai )các nội dung sau"
    r"|thông tin (?:chi tiết|cụ thể|liên hệ)"
    r"|kèm theo)(?: như)?(?: sau)?(?: đây)?:?$"
)
_CONTENT = keyed(r"(?:các |những )?(?:nội dung|nhiệm vụ|hoạt động|công việc|giải pháp) ")  # of a task
# a lead to the cases in which it holds: what stands under it happens, and is not ordered
_CASES = keyed(
    r"(?<![^\W_])(?:trong|trừ|thuộc|đáp ứng|đủ|đồng thời|bảo đảm|đảm bảo)(?: [^\s,.;:]{1,7}){0,4}"
    r" (?:trường hợp|điều kiện|tiêu chí)(?: như)?(?: sau)?(?: đây)?:?$"
)
_LAST = 60  # characters at the end of a lead
# an order whose object is the list after it: noun phrases there belong to it
CONTENTS = keyed(
    r"(?:(?:nội dung|thông tin|vấn đề|số liệu|thành phần|hạng mục|chỉ tiêu|tài liệu"
    r"|mục)(?![^\W_])[^.;:]{0,30}sau(?: đây)?"
    r"| đối với| về)\s*:?\s*$"
)
# a lead to what a new document says
_NEWS = keyed(
    r"(?:nội dung|quy định|điểm)(?: sửa đổi,? bổ sung| chủ yếu| cơ bản| đáng chú ý)* mới (?:của|tại|trong|như|sau)"
    r"|nội dung (?:được )?sửa đổi,? bổ sung "
)
_EXPLAINS = keyed(r"(?:hướng dẫn|thông báo|trả lời|giới thiệu|có ý kiến|xin báo cáo)(?![^\W_])")
_CONTENT_FREE = keyed(
    r"(?:nội dung|nhiệm vụ|giải pháp|công việc|vấn đề)(?: (?:trọng tâm|chủ yếu|cụ thể))? (?:sau|sau đây|như sau)$"
)
_CHIEF = keyed(r"thủ tướng|chủ tịch (?:ủy ban|ubnd)")
_SHORT = 30
_HEADING = 120  # characters: a longer lead says more than who acts


@dataclass(slots=True)
class Lead:
    """What a lead lays on the items after it. `only` says that it is no obligation itself."""

    scope: Scope
    only: bool


def read_lead(
    reader: Reader,
    context: Context,
    clause: Clause,
    reading: Reading,
    scope: Scope,
    bearers: list[Range],
    force: Force | None,
    *,
    reply: bool,
    placed: bool,
    after: bool,
) -> Lead:
    """`clause`, which ends in a colon, as a lead.

    `bearers` and `force` are those of the clauses before it; `placed` says that it stands in an item or bullet, `after`
    that an obligation stands before it in its paragraph, `reply` that the document answers somebody.
    """
    if placed and _CASES.search(reader.key, max(clause.start, clause.end - _LAST), clause.end):
        return Lead(Scope(Mode.CLOSED), False)
    # `Các hội; Trung tâm và tương đương:`: the end of a name that is not known
    nameless = placed and reading.shape is Shape.SUBJECT and not (reading.trigger or reading.duty)
    bare = is_bare(reader, reading, clause.end) or (nameless and clause.end - clause.start < _HEADING)
    mode = _mode(context, reader.key, clause, scope, reply=reply)
    names = reading.bearers
    # `UBND tỉnh ban hành Kế hoạch như sau:` says what the issuer does
    stated = reading.shape is Shape.SUBJECT and (
        reader.is_issuer(names[0])
        or not (placed or bare or (reading.duty and not _EXPLAINS.match(reader.key, reading.predicate)))
    )
    if names and not stated and reading.shape in (Shape.ORDER, Shape.SUBJECT):
        helpers = tuple(roles.coordinators(reader, clause.start, clause.end)) if bare else ()
        said = Force.ORDER if reading.must else reading.force
        pressed = scope.force if reading.invites else said or scope.force
        heading = bare and reading.shape is Shape.SUBJECT
        below = Scope(Mode.NAMED, tuple(names), helpers, pressed, heading)
        return Lead(below, bare)
    if reading.shape is Shape.ORDER:
        return Lead(replace(scope, mode=max(mode, Mode.TASKS), bearers=tuple(bearers), force=reading.force), True)
    if placed and (announced := _announced(reader, clause)):
        return Lead(Scope(max(mode, Mode.TASKS), tuple(announced), force=scope.force, heading=True), True)
    empty = not clause.first and _CONTENT_FREE.search(reader.key, clause.start, clause.end)
    only = reading.shape is not Shape.VERB or clause.end - clause.start < _SHORT or bool(empty)
    if mode is Mode.CLOSED or stated:
        return Lead(Scope(mode), only)
    if after:
        return Lead(replace(scope, mode=max(mode, Mode.TASKS), bearers=tuple(bearers), force=force), only)
    return Lead(replace(scope, mode=mode, bearers=tuple(bearers)), only)


def is_bare(reader: Reader, reading: Reading, end: int) -> bool:
    """Whether a lead only names who acts and with whom: nothing is said to be done before its colon."""
    key, at = reader.key, reading.predicate
    for _ in range(6):
        gap = _NO_PREDICATE.match(key, at, end)
        at = gap.end() if gap else at
        beside = _WITH.match(key, at, end)
        if not beside:
            break
        group = reader.mentions.group(beside.end(), end)
        at = group.end if group else beside.end()
    return at >= end


def _mode(context: Context, key: str, clause: Clause, scope: Scope, *, reply: bool) -> Mode:
    """How the items after `clause` are read where it names nobody: `... có ý kiến chỉ đạo như sau:`."""
    words = key[max(clause.start, clause.end - 160) : clause.end]
    if (_THINGS.search(words) and not _CONTENT.match(key, clause.start, clause.end)) or _NEWS.search(words):
        return Mode.CLOSED
    if context.document_type in LEGAL or scope.mode is Mode.CLOSED:
        return scope.mode
    says = context.document_type is DocumentType.CONG_VAN and "ý kiến" in words[-60:]
    if _TASKS.search(words) or (says and (not reply or _CHIEF.search(words))):
        return max(scope.mode, Mode.TASKS)
    return scope.mode


def _announced(reader: Reader, clause: Clause) -> list[Range]:
    """The bodies before the first colon of a lead that says what they are: `Các sở, ngành: Là các đơn vị ...:`."""
    group = reader.mentions.group(clause.start, clause.end)
    return list(group.members) if group and reader.flow.text.startswith(":", group.end) else []
