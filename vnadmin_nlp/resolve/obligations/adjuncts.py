"""The main clause behind a condition, purpose, time or label, and norms whose doer is named elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnadmin_nlp.extract.cues import CueKind, HeadKind, TitleKind, title_kind
from vnadmin_nlp.resolve.obligations import forms
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.told import noun_before, nouns_at
from vnadmin_nlp.text import Range

if TYPE_CHECKING:
    from vnadmin_nlp.resolve.obligations.reader import Reader

_LABEL = 40  # characters: no label of a fact is longer
_OPENERS = frozenset({HeadKind.CONDITION, HeadKind.ADJUNCT, HeadKind.PURPOSE, HeadKind.PURSUANT})


def main_clause(reader: Reader, at: int, end: int, head: HeadKind | None) -> Reading | None:
    """The main clause of `at:end`, which begins with `head`: a named subject or an order before a bare verb."""
    if head is HeadKind.CONDITION:
        then = reader.key.rfind(" thì ", at, end)
        if then >= 0:
            return _after_then(reader, at, then, end)
    course = forms.COURSE.match(reader.key, at, end)
    if course and reader.mentions.at(course.end()):  # `Trong quá trình thực hiện Sở A ...`
        reading = reader.classify(course.end(), end)
        if reading.shape in (Shape.ORDER, Shape.SUBJECT):
            return reading
    found = _by_steps(reader, at, end, head)
    if head is HeadKind.CONDITION and (found is None or found.shape is Shape.VERB):
        return _without_comma(reader, at, end, found)
    return found


def _after_then(reader: Reader, at: int, then: int, end: int) -> Reading | None:
    """`Trường hợp ... thì ...`: what stands after it, if that orders. After a long condition a verb explains a rule."""
    reading = _at_step(reader, at, then, then + 5, end)
    if reading.shape is Shape.VERB and forms.REPLACED.search(reader.key, at, then):
        return Reading(Shape.NONE, at)  # `Trường hợp văn bản dẫn chiếu được thay thế thì áp dụng văn bản mới`
    reading.ruled = reading.shape is Shape.VERB and then - at > forms.RULE
    reading.case = _case(reader, at, then, end)
    if reading.shape in (Shape.ORDER, Shape.SUBJECT, Shape.VERB):
        return reading
    head = reader.head(then + 5, end)
    main = _by_steps(reader, then + 5, end, head[0]) if head else None
    return main or (reading if reading.case else None)


def _case(reader: Reader, at: int, then: int, end: int) -> list[Range]:
    """`Trường hợp Công ty ... thì lập hóa đơn ...`: the body that the case is about, where what it does follows."""
    case = forms.CASE.match(reader.key, at, then)
    if not case or not forms.CASE_DOES.match(reader.key, then + 5, end):
        return []
    group = reader.mentions.group(case.end(), then)
    nouns = None if group else nouns_at(reader.key, case.end(), then)
    return list(group.members) if group else [nouns] if nouns else []


def _asked(reader: Reader, at: int, cue: int) -> list[Range]:
    """`Trường hợp Chi nhánh ... đề nghị căn cứ ...`: the body that the case is about, which is asked."""
    case = forms.CASE.match(reader.key, at, cue)
    group = reader.mentions.group(case.end(), cue) if case else None
    return list(group.members) if group else []


def _by_steps(reader: Reader, at: int, end: int, head: HeadKind | None) -> Reading | None:
    """The first step (comma, colon) after which an order or a named subject stands, else the first verb."""
    opener = head in _OPENERS
    loose = not opener or head is HeadKind.PURPOSE or reader.key.startswith(forms.LOOSE, at)
    verb: Reading | None = None
    held: Reading | None = None
    for count, step in enumerate(forms.STEP.finditer(reader.key, at, end)):
        label = step.group() == ": "
        if count > forms.STEPS:
            break
        reading = _at_step(reader, at, step.start(), step.end(), end)
        if label and count == 0 and _says_no_task(reader, at, step.start(), reading):
            return Reading(Shape.NONE, at)
        listed = not label and _in_list(reader, step.start(), at)
        if reading.shape is Shape.ORDER and (reading.bearers or opener):
            return reading
        if held:
            continue
        if reading.told and not label and noun_before(reader.key, at, step.start()):
            continue  # `trách nhiệm của cán bộ, công chức phải ...`
        ruled = reading.duty and (reader.key.startswith(forms.IN_CASES, at) or step.group() == " thì ")
        relative = reading.trigger is not None and reading.trigger[1] >= end  # `nhiệm vụ do A, B phân công`
        if reading.shape is Shape.SUBJECT and (opener or label or ruled) and not (listed or relative):
            held = _last_of_list(reader, reading, at)
            if label or reading.duty or not _ends_name(reader, at, step.start()):
                return held
            continue  # `theo ý kiến của A, B, C và nhu cầu, đề nghị D ...`: an order would come later
        if reading.shape is Shape.VERB and label:
            return reading
        if reading.shape is Shape.VERB and step.group() == ", " and reader.key.startswith(forms.THINGS, at):
            reading.topic = reader.hurries(step.end(), end)
            if reading.topic:
                return reading
        if reading.shape is Shape.VERB and not loose:
            verb = verb or reading
        elif opener and not listed and (reading.fact or (verb is None and _states(reader, reading, step.end(), end))):
            return None
    return held or verb


def _without_comma(reader: Reader, at: int, end: int, verb: Reading | None) -> Reading | None:
    """`nếu có vướng mắc đề nghị phản ánh`: the first order, body that reports or report in the condition itself."""
    first = next((c.start for c in reader.cues_in(at, end) if c.kind in (CueKind.REPORT, CueKind.REQUEST)), end)
    for low, high in reader.mentions.within(at, min(first, at + forms.CONDITION)):
        told = reader.hurries(high + 1, end) or reader.key.startswith(forms.BACK, high + 1)
        if told and reader.key[low - 1] == " " and not _hangs(reader, low, at):
            reading = reader.classify(low, end)
            if reading.shape is Shape.SUBJECT:
                return reading
    for cue in reader.cues_in(at, end):
        if cue.kind in forms.PERFORM:
            order = reader.order(cue, end, None)
            if order:
                order.bearers = order.bearers or _asked(reader, at, cue.start)
                return order
        if cue.kind is CueKind.REPORT and verb is None and reader.key.startswith(forms.BACK, cue.start):
            verb = Reading(Shape.VERB, cue.start, trigger=(cue.start, cue.end))
    return verb


def _at_step(reader: Reader, at: int, start: int, stop: int, end: int) -> Reading:
    """What follows the step `start:stop`; its subject may be a noun that a relative clause parts from its duty."""
    reading = reader.classify(stop, end)
    if reader.key.startswith(" thì ", start) and reading.shape in (Shape.NOUN, Shape.UNKNOWN):
        return _bound(reader, stop, end) or reading
    if reader.key.startswith(": ", start) and reading.shape is Shape.VERB:
        owner = _bound(reader, at, start)  # `Đơn vị được giao quản lý có trách nhiệm: tổ chức ...`
        if owner:
            owner.predicate = reading.predicate
            return owner
    return reading


def _says_no_task(reader: Reader, at: int, colon: int, reading: Reading) -> bool:
    """Whether the words before the first colon announce a quotation or are the label of a fact (`Địa điểm`).

    `Về thủ tục: đề nghị Công ty ...` orders all the same.
    """
    if forms.QUOTES.search(reader.key, max(at, colon - 12), colon):
        return True
    ordered = reading.shape is Shape.ORDER and reading.bearers
    return not ordered and colon - at < _LABEL and title_kind(reader.key[at:colon]) in (TitleKind.FACTS, TitleKind.AIMS)


def _in_list(reader: Reader, comma: int, at: int) -> bool:
    """Whether the comma stands between two members of a run that is no complement of a preposition."""
    ends = [low for low, high in reader.mentions.within(max(at, comma - 200), comma) if high == comma]
    return bool(ends) and not _hangs(reader, ends[0], at)


def _ends_name(reader: Reader, at: int, end: int) -> bool:
    """Whether a mention ends at `end`."""
    return any(high == end for _, high in reader.mentions.within(max(at, end - 200), end))


def _hangs(reader: Reader, mention: int, at: int) -> bool:
    """Whether a preposition stands before the mention."""
    return reader.key[max(at, mention - 8) : mention].rstrip().endswith(forms.PREPOSITION)


def _states(reader: Reader, reading: Reading, at: int, end: int) -> bool:
    """Whether the words from `at` to the next comma state a fact (`... đã ...`)."""
    head = reader.head(at, end)
    if reading.shape not in (Shape.NOUN, Shape.UNKNOWN) or (head and head[0] is HeadKind.CONDITION):
        return False
    step = forms.NEXT.search(reader.key, at, end)
    label = step is not None and step.group() == ": "
    return not label and bool(forms.STATES.search(reader.key, at, step.start() if step else end))


def _last_of_list(reader: Reader, reading: Reading, at: int) -> Reading:
    """`theo ý kiến của Sở A, Sở B trình`: where the run hangs on a preposition its last member is the subject."""
    if len(reading.bearers) > 1 and _hangs(reader, reading.bearers[0][0], at):
        reading.bearers = reading.bearers[-1:]
    return reading


def norm(reader: Reader, here: Reading, at: int, end: int, head: HeadKind | None) -> Reading:
    """`Việc ... phải ...`, `Các báo cáo gửi ...`: what must be done; `here` where nothing says so."""
    if here.shape not in (Shape.NOUN, Shape.UNKNOWN):
        return here
    key = reader.key
    seen_to = _by(reader, at, end)
    if seen_to:
        return seen_to
    for cue in reader.cues_in(at, end):
        word = (cue.start, cue.end)
        near = reader.mentions.within(max(at, cue.start - 150), cue.start)
        if cue.kind is CueKind.DUTY and forms.MEETS.match(key, cue.end, end):
            return here
        if cue.kind is CueKind.DUTY:
            subject = next((m for m in near if m[1] + 1 == cue.start), None)
            clear = subject and (head is not None or key.startswith(", ", subject[0] - 2))
            if subject and clear and not key.startswith(" được ", cue.end):
                return Reading(Shape.SUBJECT, cue.end, trigger=word, bearers=[subject], duty=True)
            doer = _described(reader, at, word) if head is not HeadKind.CONDITION else None
            if doer:
                return Reading(Shape.SUBJECT, cue.end, trigger=word, bearers=[doer], duty=True, told=True)
            return here if head is HeadKind.CONDITION else Reading(Shape.NORM, cue.end, trigger=word, duty=True)
        if cue.kind is CueKind.LEAD:  # `Việc thực hiện do Sở Tài chính chủ trì`
            for low, _ in near:
                group = reader.mentions.group(low, cue.start)
                if group and group.end + 1 == cue.start and key.startswith(" do ", low - 4):
                    return Reading(Shape.SUBJECT, cue.end, trigger=word, bearers=group.members, duty=True)
    if here.shape is Shape.NOUN and forms.SEND.match(key, at, end):
        return Reading(Shape.NORM, at)
    return here


def _by(reader: Reader, at: int, end: int) -> Reading | None:
    """`Kinh phí thực hiện do Sở Tài chính bố trí`: the body behind `do`, where what it sees to begins the clause."""
    if not forms.TOPIC.match(reader.key, at, end):
        return None
    by = forms.BY.search(reader.key, at, min(end, at + forms.BY_REACH))
    if not by:
        return None
    group = reader.mentions.group(by.end(), end)
    if reader.key.startswith("cấp có thẩm quyền", by.end()):
        return None
    nouns = None if group else nouns_at(reader.key, by.end(), end)
    stop = group.end if group else nouns[1] if nouns else end
    does = forms.DOES.match(reader.key, stop, end)
    if not does:
        return None
    bearers = group.members if group else [nouns] if nouns else []
    return Reading(Shape.SUBJECT, stop + 1, (stop + 1, does.end()), bearers, duty=True, told=not group)


def _bound(reader: Reader, at: int, end: int) -> Reading | None:
    """`... thì cơ quan được phân cấp có trách nhiệm ...`, where `at` is after `thì`."""
    word = next(((c.start, c.end) for c in reader.cues_in(at, end) if c.kind is CueKind.DUTY), None)
    doer = _described(reader, at, word) if word else None
    return Reading(Shape.SUBJECT, word[1], word, [doer], duty=True, told=True) if word and doer else None


def _described(reader: Reader, at: int, word: Range) -> Range | None:
    """`Cơ quan được giao dự toán có trách nhiệm ...`: the noun that a relative clause parts from its `word` of duty."""
    key, (start, end) = reader.key, word
    if start - at > forms.DESCRIBED or key.startswith("được", start) or key.startswith(" được ", end):
        return None
    doer = nouns_at(key, at, start)
    plain = doer and key.startswith(forms.RELATIVE, doer[1]) and not forms.TURNS.search(key, doer[1], start)
    return doer if plain else None
