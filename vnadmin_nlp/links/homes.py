"""Which province a district or commune lies in, learnt from the corpus: the heads of their documents seldom say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from vnadmin_nlp.links.records import Record

Place: TypeAlias = tuple[str, str]
"""Level and name of a district or commune."""
_LEAST = {"huyen": 1, "xa": 2, "tinh": 1, "": 1}
"""How often that must be told: names of communes come again and again."""
_SURE = 0.8
"""The share of what documents of a place tell that must name one province: some names are borne by many districts."""


def told(record: Record) -> Iterator[tuple[Place, str]]:
    """The provinces to whose bodies a document of a district or commune is sent, or whose documents it is bound by."""
    if not record.issuer.place or record.home:
        return
    named = [one.province for one in record.addressees]
    named += [one.issuer.province for one in record.citations if one.relation != "mentions" and not one.issuer.place]
    for province in sorted(set(named) - {""}):
        yield (record.issuer.level, record.issuer.place), province


def learn(counts: Mapping[tuple[Place, str], int]) -> dict[Place, str]:
    """The province of each place of which the documents tell one, from how often each was told."""
    whole: Counter[Place] = Counter()
    for (place, _), count in counts.items():
        whole[place] += count
    return {
        place: province
        for (place, province), count in counts.items()
        if count >= max(_SURE * whole[place], _LEAST[place[0]])
    }


def homes_of(records: Iterable[Record]) -> dict[Place, str]:
    """The same from the records of a corpus."""
    return learn(Counter(pair for record in records for pair in told(record)))


def at_home(record: Record, homes: Mapping[Place, str]) -> Record:
    """`record` with its province, where that was learnt."""
    home = "" if record.home else homes.get((record.issuer.level, record.issuer.place), "")
    return record._replace(home=home) if home else record
