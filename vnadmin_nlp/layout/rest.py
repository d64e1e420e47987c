"""What stands after the foot: appendices, or the words of the site the text was taken from."""

from __future__ import annotations

from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import FOOTER, Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.layout.signing import FOOTNOTE
from vnadmin_nlp.schema import SectionLabel

LITTLE = 8  # lines: a rest so short is an appendix only where it looks like one
NEAR, LAST = 40, 80  # lines after the foot, and at the end, in which the words of a site may begin


def label_rest(sheet: Sheet, labels: Labels, start: int) -> None:
    """Label the lines from `start` to the end."""
    size = len(sheet)
    rest = range(start, size)
    if len(rest) <= LITTLE and all(sheet.mark(i) in (Mark.RULE, Mark.BORDER) for i in rest):
        labels[start:] = [SectionLabel.SIGNATURE] * len(rest)
        return
    site = start if _of_site(sheet, rest) else _site_begins(sheet, rest)
    while start < site < size and sheet.mark(site - 1) is Mark.RULE:
        site -= 1
    labels[start:] = [SectionLabel.APPENDIX] * (site - start) + [SectionLabel.NOISE] * (size - site)


def _of_site(sheet: Sheet, rest: range) -> bool:
    """Whether nothing in `rest` belongs to the document: a translation below it, a source, debris of a scan."""
    if any(opens("translation", sheet.bare(i)) for i in rest[:25]):
        return True
    first = next((i for i in rest if sheet.mark(i) is not Mark.RULE), None)
    if first is None or opens("comment", sheet.bare(first)):
        return True
    if len(rest) > LITTLE:
        return False
    return opens("source", sheet.bare(first)) is not None or not any(_matters(sheet, i) for i in rest)


def _matters(sheet: Sheet, i: int) -> bool:
    """Whether line `i` is more than debris: the title of an appendix, a footnote, or a line of some length."""
    bare = sheet.bare(i)
    if opens("appendix", bare) or FOOTNOTE.match(bare):
        return True
    return len(bare) > 60 and not FOOTER.search(bare)


def _site_begins(sheet: Sheet, rest: range) -> int:
    """The first line of `rest` that begins as the words of a web site do, or the end."""
    near, last = rest[:NEAR], rest[NEAR:][-LAST:]
    return next((i for part in (near, last) for i in part if sheet.chrome(i)), rest.stop)
