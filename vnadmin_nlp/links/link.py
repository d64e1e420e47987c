"""link: the references of a corpus resolved to its documents, on one machine, by sorted keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from vnadmin_nlp.collector import paused
from vnadmin_nlp.links.bodies import body_of_symbol
from vnadmin_nlp.links.choose import ABSENT, Decision, choose, settled
from vnadmin_nlp.links.homes import at_home, homes_of
from vnadmin_nlp.links.index import Index
from vnadmin_nlp.links.keys import TIERS, emit_document_keys, near_symbols, reference_keys, year_of
from vnadmin_nlp.links.records import Citation, Record, records
from vnadmin_nlp.links.result import Candidate, Link, Links
from vnadmin_nlp.schema import Dispatch, Failure

_AT_ONCE = 4096  # references looked up together
_PROVINCIAL = ("so ", "tinh uy")
_SHARED = (tuple, float, str)  # equal values of links are one object, many links being alike


def link(
    documents: Iterable[Dispatch | tuple[str, Dispatch | Failure]] | Mapping[str, Dispatch | Failure],
    *,
    obligations: bool = True,
) -> Links:
    """What each reference of `documents` means among them.

    `documents`: (id, Dispatch) pairs, a mapping, or Dispatches alone, whose ids are then their places (`1`, `2`, …);
    Failures are passed over. Each document is reduced at once to the few facts that linking needs; time is linear in
    the number of references. `obligations=False` leaves out what only `Links.reports` needs. The result does not depend
    on the order of documents, save for the ids of Dispatches alone.
    """
    return link_records(records(documents, obligations=obligations))


def link_records(found: Iterable[Record]) -> Links:
    """The same for records made before (`record_of`)."""
    corpus = sorted(found, key=lambda record: record.id)
    with paused():
        return _linked(corpus)


def _linked(corpus: list[Record]) -> Links:
    for one, other in zip(corpus, islice(corpus, 1, None), strict=False):
        if one.id == other.id:
            raise ValueError(f"two documents have the id {one.id!r}; give each its own")
    homes = homes_of(corpus)
    index = Index()
    for number, record in enumerate(corpus):
        corpus[number] = at_home(record, homes)
        index.add(number, emit_document_keys(record))
    cited = {citation.number.symbol for record in corpus for citation in record.citations}
    near = near_symbols({record.number.symbol for record in corpus}, cited)
    same: dict[object, object] = {}
    links = [made for asked in _groups(corpus) for made in _decide(corpus, asked, index, near, same)]
    return Links(corpus, links, index.bounded)


Asked = tuple[Record, Citation]


def _groups(corpus: list[Record]) -> Iterator[list[Asked]]:
    """The references, some at a time; those handed out leave the corpus, so that memory holds them or their links."""
    every = ((record, citation) for record in _taken(corpus) for citation in record.citations)
    while group := list(islice(every, _AT_ONCE)):
        yield group


def _taken(corpus: list[Record]) -> Iterator[Record]:
    for i, record in enumerate(corpus):
        corpus[i] = record._replace(citations=())
        yield record


def _decide(
    corpus: Sequence[Record],
    asked: list[Asked],
    index: Index,
    near: Mapping[str, Iterable[str]],
    same: dict[object, object],
) -> Iterator[Link]:
    """The links of some references, asked tier by tier. `same` holds what many links share, once."""
    decisions: list[Decision | None] = [ABSENT] * len(asked)
    seen: list[set[int]] = [set() for _ in asked]
    bounded = set()
    for tier in range(TIERS):
        open_ = [i for i, decision in enumerate(decisions) if not settled(decision)]
        keys = [list(reference_keys(*asked[i], tier, near)) for i in open_]
        for i, (found, passed) in zip(open_, index.find(keys), strict=True):
            if passed:
                bounded.add(i)
            if not seen[i].issuperset(found):
                seen[i].update(found)
                decisions[i] = choose(*asked[i], (corpus[j] for j in seen[i]))
    for i, decision in enumerate(decisions):
        if decision is not None:
            if decision is ABSENT and i in bounded:
                decision = decision._replace(reasons=("candidates.bounded",))
            made = made_link(*asked[i], decision)
            yield Link._make(same.setdefault(value, value) if type(value) in _SHARED else value for value in made)


def made_link(record: Record, citation: Citation, decision: Decision) -> Link:
    """The link that a decision makes of a reference."""
    return Link(
        document=record.id,
        reference=citation.at,
        relation=citation.relation,
        status=decision.status,  # type: ignore[arg-type]
        target=decision.target,
        score=decision.score,
        reasons=decision.reasons,
        candidates=tuple(Candidate(one.id, one.score, one.reasons) for one in decision.candidates),
        copies=decision.copies,
        cited=cited_key(record, citation),
        printed=citation.printed,
    )


def cited_key(record: Record, citation: Citation) -> str:
    """A key of the work that a reference means, as far as it says, the same for all references that say as much.

    Number and year for bodies of which there is one; with the place for those that every province, district or commune
    has; type and name for works without a number. A place that is not named is that of the citing document.
    """
    serial, _, symbol = citation.number
    year = year_of(citation)
    if not serial and not symbol:
        return ":".join(filter(None, (citation.type, citation.name, str(year or ""))))
    parts = [serial, str(year or ""), symbol]
    if not symbol:
        return ":".join(filter(None, (citation.type, "/".join(filter(None, parts)), citation.issuer.name)))
    body, central = body_of_symbol(symbol)
    where = "" if central else citation.issuer.place or citation.issuer.province
    if not where and central is False:
        # departments and provincial committees have one body a province; rules with the year in their number mostly are
        # the province's
        of_province = citation.issuer.level == "tinh" or citation.number.year or body.name.startswith(_PROVINCIAL)
        where = record.home if of_province else record.issuer.place or record.home
    return ":".join(filter(None, ("/".join(filter(None, parts)), where)))
