"""Last days that depend on what only the receiver knows: when the document reached them."""

from __future__ import annotations

import datetime as dt
import re

from vnadmin_nlp.knowledge.calendar import end_of_duration
from vnadmin_nlp.schema import Deadline, DeadlineKind
from vnadmin_nlp.text import key_of

_RECEIPT = re.compile(
    r"(?:từ |sau )?(?:ngày |khi |thời điểm )?(?:tiếp )?nhận(?: được)? "
    r"(?:quyết định|công văn|văn bản|chỉ thị|công điện|thông báo|kế hoạch|hướng dẫn|kết luận|giấy mời|phiếu chuyển)"
    r"(?: này)?"
)


def last_day(deadline: Deadline, *, received_on: dt.date) -> dt.date | None:
    """The last day on which the act of `deadline` is in time, for a receiver who got the document on `received_on`.

    - What the document itself fixes (`Deadline.last_day`) stands, also where it is a day off.
    - A duration without an event, or from the receipt of the document (`05 ngày kể từ ngày nhận được văn bản này`),
      is counted from the day after `received_on` (Civil Code 2015, article 147, clauses 2 and 3). In calendar units
      it ends on the next working day where its last day is a day off (article 148, clause 5); working days skip days
      off.
    - What is to be done at once, or on the day of receipt, is due on `received_on`.
    - None where the limit hangs on another event (`05 ngày kể từ ngày nhận đủ hồ sơ`, `-P5D` before a meeting,
      `ngay sau khi lũ rút`), recurs, or bears no date.
    """
    if deadline.last_day is not None:
        return deadline.last_day
    if deadline.anchor and not _RECEIPT.fullmatch(key_of(deadline.anchor).strip()):
        return None
    if deadline.kind is DeadlineKind.DURATION and deadline.duration and not deadline.duration.startswith("-"):
        return end_of_duration(deadline.duration, received_on)
    if deadline.kind is DeadlineKind.IMMEDIATE:
        return received_on
    return None
