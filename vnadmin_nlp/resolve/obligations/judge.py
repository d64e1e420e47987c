"""What a model is told of a clause, and the choice between what it and the rules say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.cues import title_kind
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.outline import Paragraph
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading
from vnadmin_nlp.resolve.obligations.scope import LEGAL, PLANNING, Scope
from vnadmin_nlp.taggers.clauses import ClauseProposer, Question

RULE = "model.clauses"
"""The rule of an obligation that the model found and the rules did not."""

_WORD = re.compile(r"[^\W_]+")
_FLAGS = ("must", "invites", "fact", "told", "act", "duty", "topic", "ruled")  # of a reading
_LENGTHS = (10, 20, 40, 80, 160, 320, 640)  # characters: borders of the classes of clauses
_HEAD = 60  # characters of a clause or heading whose words are told
_BODY = 300  # of a clause in which function words are looked for
_ABOVE = 3  # items that a clause stands in
_FUNCTION = frozenset(
    "phải cần được không có đã sẽ thì nếu trường hợp việc các của do để nhằm là theo tại khi nên chỉ hãy đề nghị"
    " yêu cầu giao trách nhiệm chủ trì phối báo cáo trước ngày đó này bị đang chưa".split()
)


class Verdict(NamedTuple):
    """Whether a clause is entered as an obligation. `rule` and `score` are the model's, where it had a say."""

    stands: bool
    rule: str = ""
    score: float | None = None


@dataclass(slots=True)
class Asked:
    """A clause with what governs it. `inherits`: bodies named before it bear; `chained`: an obligation stands before it
    in the paragraph; `dated`: a deadline stands in it; `reply`: the document answers somebody."""

    clause: Clause
    reading: Reading
    scope: Scope
    paragraph: Paragraph
    inherits: bool
    chained: bool
    dated: bool
    reply: bool


def judge(model: ClauseProposer, reader: Reader, context: Context, asked: Asked, *, ruled: bool) -> Verdict:
    """The choice between the rules, which say `ruled`, and `model`: its bounds say how sure it must be against them."""
    start, end = asked.clause.start, asked.clause.end
    places = reader.flow.ranges(start, end)
    place = (min(low for low, _ in places), max(high for _, high in places)) if places else (0, 0)
    opinion = model.ask(Question(place, ruled, [*_ruled(reader, asked, ruled), *_placed(context, asked),
                                                *_worded(reader, asked)]))  # fmt: skip
    return Verdict(model.bounds.stands(ruled=ruled, likely=opinion.likely), "" if ruled else RULE, opinion.score)


def _ruled(reader: Reader, asked: Asked, ruled: bool) -> Iterator[str]:
    """What the rules say, and on what grounds."""
    reading, mode = asked.reading, asked.scope.mode.name
    shape, owned = reading.shape.name, bool(reading.bearers)
    yield "always"
    for name, value in (
        ("", ""), ("shape", shape), ("mode", mode), ("shape mode", f"{shape} {mode}"),
        ("shape chained", f"{shape} {asked.chained}"), ("shape inherits", f"{shape} {asked.inherits}"),
    ):  # fmt: skip
        yield f"ruled {name}={ruled} {value}"
    yield f"shape zone={shape} {asked.paragraph.zone}"
    yield f"modality={reading.modality}"
    yield f"force={reading.force}"
    yield f"performer={reading.performer is not None}"
    yield f"bearers={owned} issuer={owned and all(map(reader.is_issuer, reading.bearers))}"
    for flag in _FLAGS:
        if getattr(reading, flag):
            yield f"flag={flag}"
            yield f"ruled flag={ruled} {flag}"


def _placed(context: Context, asked: Asked) -> Iterator[str]:
    """Where the clause stands."""
    clause, paragraph, kind = asked.clause, asked.paragraph, context.document_type
    item = paragraph.item
    yield f"type={kind}"
    yield f"family={'legal' if kind in LEGAL else 'plan' if kind in PLANNING else 'letter'}"
    yield f"zone={paragraph.zone}"
    yield f"bullet={paragraph.bullet}"
    yield f"stop={clause.stop}"
    yield f"length={sum(clause.end - clause.start >= border for border in _LENGTHS)}"
    yield f"depth={item.path.count('/') if item else -1}"
    heads = item is not None and paragraph.start <= item.start < paragraph.end
    for name, holds in (
        ("first", clause.first), ("mark", clause.mark), ("chained", asked.chained), ("dated", asked.dated),
        ("reply", asked.reply), ("inherits", asked.inherits), ("under heading", asked.scope.heading),
        ("bold", paragraph.bold), ("cell", paragraph.cell), ("heads", heads),
    ):  # fmt: skip
        if holds:
            yield name


def _worded(reader: Reader, asked: Asked) -> Iterator[str]:
    """What the clause says, and the headings above it."""
    key, reading = reader.key, asked.reading
    start, end = asked.clause.start, asked.clause.end
    words = _WORD.findall(key, start, min(end, start + _HEAD))
    for count in (1, 2, 3):
        yield f"begins={' '.join(words[:count])}"
    yield f"ends={' '.join(_WORD.findall(key, max(start, end - _HEAD), end)[-2:])}"
    head, main = reader.head(start, end), reader.head(reading.predicate, end)
    yield f"head={head[0] if head else None}"
    yield f"main={main[0] if main else None}"
    says = _WORD.findall(key, reading.predicate, min(end, reading.predicate + _HEAD))
    yield f"predicate={' '.join(says[:1])}"
    yield f"predicate={' '.join(says[:2])}"
    if reading.trigger:
        yield f"trigger={key[slice(*reading.trigger)]}"
    if reader.flow.text[start : start + 1].isupper():
        yield "capital"
    cues = reader.cues_in(start, end)
    yield f"first cue={cues[0].kind if cues else None}"
    for kind in dict.fromkeys(cue.kind for cue in cues):
        yield f"cue={kind}"
    yield f"names={min(3, len(reader.mentions.within(start, end)))}"
    if reader.mentions.at(start):
        yield "begins with a name"
    for word in sorted(_FUNCTION.intersection(_WORD.findall(key, start, min(end, start + _BODY)))):
        yield f"word={word}"
    item = asked.paragraph.item
    for above in range(_ABOVE):
        if item is None:
            break
        title = key[item.body : min(item.end, item.body + _HEAD)].split("\n", 1)[0]
        yield f"title {above}={title_kind(title)}"
        if item is not asked.paragraph.item or asked.paragraph.start > item.start:
            for word in _WORD.findall(title)[:6]:
                yield f"title word={word}"
        item = item.parent
