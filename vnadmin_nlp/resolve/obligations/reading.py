"""What one clause says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from vnadmin_nlp.schema import Force, Modality
from vnadmin_nlp.text import Range


class Shape(Enum):
    """How a clause orders."""

    ORDER = auto()  # the issuer orders or asks: `UBND tỉnh yêu cầu Sở Y tế ...`
    SUBJECT = auto()  # a body is said to do: `Sở Y tế chủ trì ...`
    VERB = auto()  # bare imperative: `Rà soát ...`
    NORM = auto()  # something must be done: `Việc rà soát phải ...`
    NOUN = auto()  # a noun phrase
    UNKNOWN = auto()
    NONE = auto()  # praise, facts, closing formulas


@dataclass(slots=True)
class Reading:
    """What one clause says. `predicate` is where the words after trigger and bearers begin.

    `encourages`: the word is `khuyến khích`. `must`: it is `phải` or `có trách nhiệm`, an order even under a request.
    `invites`: it only invites. `fact`: a named body is said to be or to have done something. `told`: the bearers are common nouns, `norm`:
    right before the verb of a rule. `act`: the verb is one by which decisions act themselves (`Phê duyệt`). `duty`: a
    word of duty (`phải`, `có trách nhiệm`, `chủ trì`) stands by the subject. `topic`: what is to be acted on stands
    before the verb. `by`: who sees to it stands behind `do`. `returns`: what others are to send in. `ruled`: a long
    condition stands before the verb, as in a rule explained. `case`: whom the condition is about.
    """

    shape: Shape
    predicate: int
    trigger: Range | None = None
    bearers: list[Range] = field(default_factory=list)
    coordinators: list[Range] = field(default_factory=list)
    performer: Range | None = None
    force: Force | None = None
    modality: Modality = Modality.OBLIGATION
    case: list[Range] = field(default_factory=list)
    condition: Range | None = None
    encourages: bool = False
    must: bool = False
    invites: bool = False
    fact: bool = False
    told: bool = False
    norm: bool = False
    act: bool = False
    duty: bool = False
    topic: bool = False
    by: bool = False
    returns: bool = False
    ruled: bool = False

    @property
    def main(self) -> int:
        """Where the main clause begins: what stands before it is a condition, purpose or time."""
        spots = [self.predicate, *(b[0] for b in self.bearers[:1])]
        return min([*spots, self.trigger[0]] if self.trigger else spots)
