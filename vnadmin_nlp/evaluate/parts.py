"""Scoring of the parts of a document: header, sections, directives, addressees, recipients, signatures."""

from __future__ import annotations

from collections.abc import Iterable

from vnadmin_nlp.evaluate.board import Board
from vnadmin_nlp.evaluate.forms import iso, norm, norm_number
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.spans import hull, match, overlap
from vnadmin_nlp.schema import Dispatch, Mention


def words(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def score_header(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Each field of the header, and all together; the subject."""
    want, got = gold.data.header, dispatch.header
    fields = {
        "parent_agency": (norm(want.parent_agency), norm(words(got.parent_agency))),
        "issuer": (norm(want.issuer), norm(words(got.issuer))),
        "number": (norm_number(want.number), norm_number(words(got.number))),
        "place": (norm(want.place), norm(words(got.place))),
        "date": (iso(want.date), iso(got.date.value if got.date else None)),
        "urgency": (want.urgency or "", got.urgency.level if got.urgency else ""),
        "secrecy": (want.secrecy or "", got.secrecy.level if got.secrecy else ""),
    }
    for name, (a, b) in fields.items():
        for task in ("header", f"header.{name}"):
            board.tallies[task].add(int(bool(a) and a == b), int(bool(b)), int(bool(a)))
        if a != b:
            board.error("header", gold.id, name, f"gold {str(a)!r}, predicted {str(b)!r}")
    board.words("subject", gold.id, gold.data.subject, words(dispatch.subject))


def score_sections(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Each non-blank line bears the label of the section that covers most of it; of two gold labels either is right."""
    sections = [((s.span.start, s.span.end), str(s.label)) for s in dispatch.sections]
    for line, names in gold.labels.items():
        if line > gold.line_count:
            continue
        low, high = where = gold.line_range(line)
        printed = gold.text[low:high].strip()
        if not printed:
            continue
        covered = [(overlap(where, place), label) for place, label in sections]
        most, got = max(covered, key=lambda c: c[0], default=(0, ""))
        got = got if most else ""
        right = got in names
        board.rate("sections.lines", right)
        for label in [got] if right else sorted(names):
            board.tallies[f"section.{label}"].add(int(right), int(right), 1)
        if not right:
            if got:
                board.tallies[f"section.{got}"].add(0, 1, 0)
            what = f"line {line}, predicted {got!r}: {printed[:60]!r}"
            board.error("sections.lines", gold.id, "/".join(sorted(names)), what)


def score_directives(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """A directive is right where it starts on the line and has the path that gold says."""

    def key(line: int, path: str) -> tuple[int, str]:
        return line, norm("/".join(part.strip(" .)(") for part in path.split("/")))

    want = {key(item.line, item.path) for item in gold.data.directives}
    got = set()
    for item in dispatch.walk():
        where = hull(item.spans)
        if where and any(c.isalnum() for c in item.path.rsplit("/", 1)[-1]):
            got.add(key(gold.line_of(where[0]), item.path))
    board.tallies["directives"].add(len(want & got), len(got), len(want))
    for kind, wrong in (("missed", want - got), ("false", got - want)):
        for line, path in sorted(wrong):
            board.error("directives", gold.id, kind, f"line {line}: {path}")


def score_lists(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Addressees, recipients and the archive line."""
    board.lists("addressees", gold.id, gold.data.addressees, [a.text for a in dispatch.addressees])
    board.lists("recipients", gold.id, gold.data.recipients, [r.text for r in dispatch.recipients])
    board.words("archive", gold.id, gold.data.archive, words(dispatch.archive))


_SIGNATURE = ("authority", "position", "name")


def score_signature(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Authority, position and name of each signer; signers are paired by what they share."""
    want = [_fields(s.authority, s.position, s.name) for s in gold.data.signature]
    got = [_fields(s.authority, words(s.position), words(s.name)) for s in dispatch.signatures]
    pairs = match(
        (sum(x == y for x, y in zip(a, b, strict=True) if x), i, j)
        for i, a in enumerate(want)
        for j, b in enumerate(got)
    )
    tally = board.tallies["signature"]
    for i, j in pairs:
        for name, a, b in zip(_SIGNATURE, want[i], got[j], strict=True):
            tally.add(int(bool(a) and a == b), int(bool(b)), int(bool(a)))
            if a != b:
                board.error("signature", gold.id, name, f"gold {a!r}, predicted {b!r}")
    for i in _left(want, (i for i, _ in pairs)):
        tally.add(0, 0, sum(map(bool, want[i])))
        board.error("signature", gold.id, "missed", " / ".join(want[i]))
    for j in _left(got, (j for _, j in pairs)):
        tally.add(0, sum(map(bool, got[j])), 0)
        board.error("signature", gold.id, "false", " / ".join(got[j]))


def _fields(*values: str | None) -> list[str]:
    return [norm(value).rstrip(".") for value in values]


def _left(entries: list[list[str]], taken: Iterable[int]) -> list[int]:
    return sorted(set(range(len(entries))) - set(taken))
