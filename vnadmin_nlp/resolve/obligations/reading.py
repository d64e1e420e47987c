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
    """What one clause says.

    - `predicate`: where the words after trigger and bearers begin.
    - `performer`: who orders.
    - `case`: whom the condition is about.
    - `must`: the word is `phải` or `có trách nhiệm`, an order even under a request.
    - `invites`: the word only invites.
    - `encourages`: the word is `khuyến khích`.
    - `duty`: a word of duty (`phải`, `chủ trì`) stands by the subject.
    - `told`: the bearers are common nouns.
    - `act`: the verb is one by which decisions act themselves (`Phê duyệt`).
    - `fact`: a named body is said to be or to have done something.
    - `topic`: what is to be acted on stands before the verb.
    - `ruled`: a long condition stands before the verb, as in a rule explained.
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
    must: bool = False
    invites: bool = False
    encourages: bool = False
    duty: bool = False
    told: bool = False
    act: bool = False
    fact: bool = False
    topic: bool = False
    ruled: bool = False

    @property
    def returns(self) -> bool:
        """Whether it says what others are to send in: `Ý kiến góp ý gửi về ...`."""
        return self.shape is Shape.NORM and self.trigger is not None and not self.duty

    @property
    def main(self) -> int:
        """Where the main clause begins: what stands before it is a condition, purpose or time."""
        spots = [self.predicate, *(b[0] for b in self.bearers[:1])]
        return min([*spots, self.trigger[0]] if self.trigger else spots)
