"""Obligations and the documents by which their bearers later report on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vnadmin_nlp.links.bodies import Body, fold, same_name, same_province
from vnadmin_nlp.links.groups import belongs, is_office, read_group
from vnadmin_nlp.links.records import Duty, Record

if TYPE_CHECKING:
    from vnadmin_nlp.links.result import Links

GRACE = 90
"""Days after the last day of a duty within which a report that cites nothing is taken for the one on it."""
NEAR = 180
"""The same after the document, where the duty has no last day."""
_MOST = 50
_REPORTING = ("bao cao", "ket qua", "ve viec bao cao", "v v bao cao", "ve ket qua", "tinh hinh", "ve tinh hinh")


class Report(NamedTuple):
    """`report` is a later document of a bearer of obligation number `obligation` of `document` that reports on it.

    `reasons`: `report.cites` (it cites the document), `report.addressed` (it is sent to who gave the duty or is to be
    reported to), `report.bearer` or `report.group` (its issuer is a bearer, or one of a group that is), `report.type`
    or `report.subject` (it is a report by type or by subject), `report.in-time` or `report.late`.
    """

    document: str
    obligation: int
    report: str
    score: float
    reasons: tuple[str, ...]


def find_reports(links: Links, min_score: float) -> list[Report]:
    """The reports of all obligations, in order of documents, obligations, then the best first."""
    reporting = {r.id: kind for r in links.documents.values() if (kind := _reports(r))}
    by_issuer: dict[tuple[str, str], list[Record]] = {}
    for id_ in reporting:
        record = links.documents[id_]
        by_issuer.setdefault((record.issuer.name, record.home), []).append(record)
    out: list[Report] = []
    for record in links.documents.values():
        if not record.duties:
            continue
        cites = {link.document for link in links.to(record.id)} & reporting.keys()
        for duty in record.duties:
            found = [
                report
                for one in _candidates(links, record, duty, cites, by_issuer)
                if (report := _report(record, duty, one, reporting[one.id], cites=one.id in cites)) is not None
                and report.score >= min_score
            ]
            out += sorted(found, key=lambda report: (-report.score, report.report))
    return out


def _reports(record: Record) -> str | None:
    """Whether the document is a report: by its type, or by its subject."""
    if record.type == "bao_cao":
        return "report.type"
    words = fold(record.subject)
    return "report.subject" if words.startswith(_REPORTING) or "bao cao ket qua" in words else None


def _candidates(
    links: Links, record: Record, duty: Duty, cites: Iterable[str], by_issuer: dict[tuple[str, str], list[Record]]
) -> Iterator[Record]:
    seen = set()
    for id_ in sorted(cites):
        seen.add(id_)
        yield links.documents[id_]
    for bearer in duty.bearers:
        for one in by_issuer.get((bearer.name, bearer.province or record.home), ())[:_MOST]:
            if one.id not in seen:
                seen.add(one.id)
                yield one


def _report(record: Record, duty: Duty, one: Record, kind: str, *, cites: bool) -> Report | None:
    if one.id == record.id or (record.date and one.date and one.date < record.date):
        return None
    bearer = _bears(record, duty, one)
    if bearer is None:
        return None
    to = (record.issuer, *duty.report_to)
    addressed = any(
        _same(body, addressee, record, one) or is_office(addressee, body) for body in to for addressee in one.addressees
    )
    reasons = [bearer, kind]
    score = 0.9 if bearer == "report.bearer" else 0.8
    if cites:
        reasons.insert(0, "report.cites")
    elif not addressed or not duty.reports:
        return None
    else:
        until = duty.last_day + GRACE if duty.last_day else record.date + NEAR
        if not record.date or not one.date or one.date > until:
            return None
        score *= 0.7
    if addressed:
        reasons.append("report.addressed")
        score += 0.05
    if duty.last_day and one.date:
        reasons.append("report.in-time" if one.date <= duty.last_day else "report.late")
    return Report(record.id, duty.at, one.id, round(min(score, 1.0), 4), tuple(reasons))


def _bears(record: Record, duty: Duty, one: Record) -> str | None:
    groups = [(bearer, read_group(bearer)) for bearer in duty.bearers]
    if any(group is None and _same(bearer, one.issuer, record, one) for bearer, group in groups):
        return "report.bearer"
    if _near(record, one) and any(group and belongs(one.issuer, group, record.issuer) for _, group in groups):
        return "report.group"
    return None


def _near(record: Record, one: Record) -> bool:
    """Whether nothing says that the two are of different provinces."""
    return not record.home or not one.home or same_province(record.home, one.home, one.date) is not None


def _same(named: Body, body: Body, record: Record, one: Record) -> bool:
    """Whether `named` in the document `record`, which may leave out its place, is `body`."""
    if not named.name or not body.name or same_name(named.name, body.name, one.date) is None:
        return False
    if named.place or body.place:
        return named.place == body.place
    province, other = named.province or record.home, body.province or one.home
    return not province or not other or same_province(province, other, one.date) is not None
