"""A Dispatch for reading at the terminal: its parts, and the table who must do what by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from vnadmin_nlp.knowledge.document_types import name_of
from vnadmin_nlp.schema import (
    Deadline,
    Diagnostic,
    Directive,
    Dispatch,
    Force,
    Mention,
    Modality,
    Obligation,
    Severity,
    Signature,
    SourceText,
)

_ITEM = (6, 12)  # least and greatest width of the column of paths
_TONES = {Severity.INFO: "dim", Severity.WARNING: "yellow", Severity.ERROR: "red"}
_MODES = {Modality.OBLIGATION: "", Modality.PROHIBITION: "must not: ", Modality.PERMISSION: "may: "}


# control characters that would act on a terminal; those that end a line stay
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\v\f\r\x85"}


def printable(source: SourceText) -> SourceText:
    """`source` with a text of the same length without what would act on a terminal instead of being shown."""
    return replace(source, text=source.text.translate(_CONTROLS))


def show(dispatch: Dispatch) -> RenderableType:
    """The whole summary."""
    parts: list[RenderableType] = [_head(dispatch)]
    for title, part in (
        ("Directives (mục, khoản, điểm)", _tree(dispatch)),
        ("Who must do what by when (nhiệm vụ giao)", _duties(dispatch.obligations)),
        ("Other deadlines (thời hạn khác)", _other_deadlines(dispatch)),
        ("Signed by (người ký)", _lines(map(_signer, dispatch.signatures))),
        ("Doubtful or missing (cần xem lại)", _lines(map(_diagnostic, dispatch.diagnostics))),
    ):
        if part is not None:
            parts.extend((Text(), Text(title, "bold"), Padding(part, (0, 0, 0, 2), expand=False)))
    return Group(*parts)


def _head(dispatch: Dispatch) -> Table:
    header = dispatch.header
    date = header.date.value.strftime("%d/%m/%Y") if header.date else None
    marks = [m.text for m in (header.urgency, header.secrecy) if m]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column()
    for name, value in (
        ("Type (tên loại)", name_of(dispatch.document_type)),
        ("Parent agency (cơ quan chủ quản)", _words(header.parent_agency)),
        ("Issuer (cơ quan ban hành)", _words(header.issuer)),
        ("Number (số, ký hiệu)", _words(header.number)),
        ("Place, date (địa danh, ngày)", ", ".join(filter(None, (_words(header.place), date)))),
        ("Urgency, secrecy (độ khẩn, mật)", ", ".join(marks)),
        ("Subject (trích yếu)", _words(dispatch.subject)),
        ("Addressees (kính gửi)", "\n".join(a.text for a in dispatch.addressees)),
        ("Recipients (nơi nhận)", "; ".join(r.text for r in dispatch.recipients)),
        ("Archive (lưu)", _words(dispatch.archive)),
    ):
        if value:
            grid.add_row(Text(name), Text(value))
    return grid


def _words(mention: Mention | None) -> str:
    return mention.text if mention else ""


def _tree(dispatch: Dispatch) -> Group | None:
    def branch(item: Directive) -> Tree:
        words = _own_words(dispatch, item)
        tree = Tree(Text.assemble((item.label, "cyan"), "  ", words, no_wrap=True, overflow="ellipsis"))
        tree.children.extend(map(branch, item.children))
        return tree

    return Group(*map(branch, dispatch.directives)) if dispatch.directives else None


def _own_words(dispatch: Dispatch, item: Directive) -> str:
    """The words of `item` after its label and before its first child."""
    if item.heading:
        return item.heading.text
    words = item.text
    if item.children and item.spans and item.children[0].spans:
        own = dispatch.text[item.spans[0].start : item.children[0].spans[0].start]
        words = " ".join(own.replace("*", "").replace("|", " ").split())
    return words.lstrip("( ").removeprefix(item.label).lstrip(" .)/:\\")


def _duties(obligations: list[Obligation]) -> Table | None:
    if not obligations:
        return None
    table = Table(show_lines=True, expand=True)
    longest = max(len(duty.directive or "") for duty in obligations)
    table.add_column("Item\n(mục)", width=min(max(longest, _ITEM[0]), _ITEM[1]), overflow="fold")
    for name, ratio in (
        ("Who\n(chủ trì)", 4), ("With\n(phối hợp)", 3), ("What\n(việc)", 8), ("By when\n(thời hạn)", 4),
        ("Under\n(viện dẫn)", 3),
    ):  # fmt: skip
        table.add_column(name, ratio=ratio, overflow="fold")
    for duty in obligations:
        mode = _MODES[duty.modality] + ("requested: " if duty.force is Force.REQUEST else "")
        table.add_row(
            Text(duty.directive or ""),
            _stack(b.text for b in duty.bearers),
            _stack(c.text for c in duty.coordinators),
            Text.assemble((mode, "bold"), duty.action.text),
            _stack("\n".join(filter(None, _limit(d))) for d in duty.deadlines),
            _stack(r.number or r.name or r.text for r in duty.references),
        )
    return table


def _stack(words: Iterable[str]) -> Text:
    return Text("\n".join(dict.fromkeys(words)))


def _limit(deadline: Deadline) -> tuple[str, str]:
    """The words of a deadline; and the last moment in time, where it can be known, else how long or how often."""
    if isinstance(deadline.due, dt.datetime):
        return deadline.text, f"{deadline.due:by %H:%M %d/%m/%Y}"
    if last := deadline.last_day or deadline.due:
        return deadline.text, f"{last:by %d/%m/%Y}"
    return deadline.text, deadline.recurrence or deadline.duration or ""


def _other_deadlines(dispatch: Dispatch) -> Group | None:
    """Deadlines that no obligation carries."""
    carried = {(s.start, s.end) for duty in dispatch.obligations for d in duty.deadlines for s in d.spans}
    return _lines(
        Text("  ".join(_limit(d))) for d in dispatch.deadlines if not carried & {(s.start, s.end) for s in d.spans}
    )


def _lines(items: Iterable[Text]) -> Group | None:
    lines = list(items)
    return Group(*lines) if lines else None


def _signer(signature: Signature) -> Text:
    def pieces() -> Iterator[str]:
        if signature.authority:
            yield f"{signature.authority}. {_words(signature.on_behalf_of)}".strip()
        yield _words(signature.position)
        yield " ".join(filter(None, (signature.rank, _words(signature.name))))

    return Text(" / ".join(filter(None, pieces())) or "(no name found)")


def _diagnostic(one: Diagnostic) -> Text:
    return Text.assemble((f"{one.severity}: ", _TONES[one.severity]), f"{one.message} [{one.code}]")
