"""A digest above a document: what sites print of it under headings of their own, subject and bases among it."""

from __future__ import annotations

from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.schema import SectionLabel

_PARTS = {
    "digest_subject": SectionLabel.SUBJECT,
    "digest_bases": SectionLabel.PREAMBLE,
    "digest_other": SectionLabel.NOISE,
}


def label_digest(sheet: Sheet, labels: Labels, end: int) -> None:
    """Label the lines above line `end`: subject and bases under headings that say so, the rest words of a site."""
    label, since = SectionLabel.NOISE, 0
    for i in range(end):
        headed = _headed(sheet.bare(i))
        if headed:
            label, since = headed, i
        elif label is SectionLabel.SUBJECT and i > since + 1 and sheet.gap(i):
            label = SectionLabel.NOISE  # it is one paragraph
        labels[i] = label


def _headed(bare: str) -> SectionLabel | None:
    """What the line `bare`, if it is a heading and nothing else, says of the lines under it."""
    for part, label in _PARTS.items():
        heading = opens(part, bare)
        if heading and not bare[heading.end() :].strip(" :.*"):
            return label
    return None
