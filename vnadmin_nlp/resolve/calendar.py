"""Last days that depend on what only the receiver knows: when the document reached them."""

from __future__ import annotations

import datetime as dt

from vnadmin_nlp.knowledge.calendar import end_of_duration
from vnadmin_nlp.schema import Deadline, DeadlineKind


def last_day(deadline: Deadline, *, received_on: dt.date) -> dt.date | None:
    """The last day on which the act of `deadline` is in time, for a receiver who got the document on `received_on`.

    What the document itself fixes (`Deadline.last_day`) stands. A duration is counted from the day after
    `received_on` (Civil Code 2015, article 147, clause 2) and, in calendar units, ends on the next working day where
    its last day is a day off (article 148, clause 5); what is to be done at once is due on `received_on`. None where
    the limit hangs on another event (`-P5D`: before the meeting), recurs, or is not dated.
    """
    if deadline.last_day is not None:
        return deadline.last_day
    if deadline.kind is DeadlineKind.DURATION and deadline.duration and not deadline.duration.startswith("-"):
        return end_of_duration(deadline.duration, received_on)
    if deadline.kind is DeadlineKind.IMMEDIATE:
        return received_on
    return None
