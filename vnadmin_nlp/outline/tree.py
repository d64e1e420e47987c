"""The tree of numbered items over the paragraphs of a flow."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from vnadmin_nlp.outline.closing import closing_start
from vnadmin_nlp.outline.labels import Label, follows, misread_labels, read_labels
from vnadmin_nlp.outline.model import Flow, Item, Paragraph
from vnadmin_nlp.outline.pieces import bullet_at
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Range

_INLINE = re.compile(r"(?<=[:;.,\w”\")] )\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])\) ?(?=[^\W\d_])")
_NESTED_RANKS = 3
_PARTS = 6  # the rank of Roman numbers; what is further out may hold articles
# labels that open a list inside a sentence come after one of these
_OPENS_LIST = (":", ";", ".", ",")
_PINPOINT = re.compile(r"(?:điểm|khoản|điều|tiết|mục|và|hoặc|đến|mẫu|số|cột|dòng|bảng|công thức)[ ,]*$")
# specks a scanner prints before a label
_DIRT = re.compile(r"[-„.,;'‘’`~_«»|\\] ?[-„.,'‘’`~_]? ?")
_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_a-z])")
_TITLE_LENGTH = 250
_CELL_TITLE = 15  # characters; a shorter cell with a number is a row of a table


@dataclass(slots=True)
class _Open:
    """An item whose end is not yet known, with its label; `inline` ones end with their paragraph."""

    item: Item
    label: Label
    inline: bool = False


class TreeBuilder:
    """Puts each label under the item it belongs to.

    The items not yet closed stand on a stack. A label that meets its own form on the stack is the next of that list;
    a compound one goes under the label it begins with; any other goes as deep as its rank allows.
    """

    def __init__(self) -> None:
        self.roots: list[Item] = []
        self.order: list[Item] = []
        self._stack: list[_Open] = []

    @property
    def innermost(self) -> Item | None:
        return self._stack[-1].item if self._stack else None

    def choose(self, labels: list[Label]) -> Label | None:
        """Of the readings of one label the one that continues an open list, else the first."""
        for label in labels:
            found = self._find(label)
            if found is not None and follows(label.form, self._stack[found].label.value, label.value):
                return label
        sure = [label for label in labels if label.sure or label.value == 1]
        return next((label for label in sure if label.value == 1), sure[0] if sure else None)

    def add(self, label: Label, last_end: int, *, inline: bool = False) -> Item:
        """A new item for `label`; what it closes ends at `last_end`, where the words before it do."""
        self.close(self._depth(label), last_end)
        parent = self._stack[-1].item if self._stack else None
        path = f"{parent.path}/{label.text}" if parent else label.text
        item = Item(label.text, path, label.start, label.body, label.body, parent=parent, rule=f"outline.{label.form}")
        (parent.children if parent else self.roots).append(item)
        self.order.append(item)
        self._stack.append(_Open(item, label, inline))
        return item

    def close(self, depth: int, end: int) -> None:
        """End the open items from `depth` inwards at `end`."""
        for opened in self._stack[depth:]:
            opened.item.end = end
        del self._stack[depth:]

    def close_inline(self, end: int) -> None:
        """End the items that live inside one paragraph."""
        for depth, opened in enumerate(self._stack):
            if opened.inline:
                self.close(depth, end)
                return

    def expects(self, label: Label) -> bool:
        """Whether `label` is the next of an open list."""
        found = self._find(label)
        return found is not None and follows(label.form, self._stack[found].label.value, label.value)

    def wants(self, label: Label) -> bool:
        """Whether `label` is the next of an open list, or the first article."""
        return self.expects(label) or (label.form == "article" and label.value == 1 and self._find(label) is None)

    def _find(self, label: Label) -> int | None:
        """The depth of the open item of the same form and style, or of the same form where the count goes on."""
        loose = None
        for depth in range(len(self._stack) - 1, -1, -1):
            other = self._stack[depth].label
            if other.form != label.form:
                continue
            if label.prefix and other.prefix.count(".") != label.prefix.count("."):
                continue
            if other.style == label.style:
                return depth
            if loose is None and label.value > 1 and follows(label.form, other.value, label.value):
                loose = depth
        return loose

    def _depth(self, label: Label) -> int:
        if label.prefix:
            under = self._under_prefix(label)
            if under is not None:
                return under
        found = self._find(label)
        if found is not None:
            return found
        depth = len(self._stack)
        outer = label.rank <= 6
        if label.form == "article":  # under the Roman parts of a Party document
            while depth and self._stack[depth - 1].label.rank > _PARTS:
                depth -= 1
            return depth
        while depth and self._stack[depth - 1].label.rank >= label.rank and (outer or label.value > 1):
            depth -= 1
        return depth

    def _under_prefix(self, label: Label) -> int | None:
        """The depth under the item whose label begins the compound one (`2.1` under `2`, under `II` too)."""
        for depth in range(len(self._stack) - 1, -1, -1):
            other = self._stack[depth].label
            if other.prefix == label.prefix and follows(label.form, other.value, label.value):
                return depth  # the next of an open list, though an item inside it has the same label
        for depth in range(len(self._stack) - 1, -1, -1):
            if self._stack[depth].item.label == label.prefix:
                return depth + 1
        head = label.prefix.partition(".")[0]
        for depth in range(len(self._stack) - 1, -1, -1):
            other = self._stack[depth].label
            if other.form == "roman" and head.isdigit() and other.value == int(head) and "." not in label.prefix:
                return depth + 1
        return None


def build_tree(flow: Flow, paragraphs: list[Paragraph], labels: list[list[Label]], quotes: list[Range]) -> list[Item]:
    """The items of the body, outermost first; sets `item`, `bullet` and `body` of each paragraph."""
    tree = TreeBuilder()
    inline = _inline_labels(flow, quotes)
    starts = [label.start for label in inline]
    closing = closing_start(flow, paragraphs, labels)
    last_end = 0
    for index, paragraph in enumerate(paragraphs):
        if index == closing:
            tree.close(0, last_end)
        _open_paragraph(flow, paragraph, labels[index], tree, last_end)
        paragraph.item = tree.innermost
        if paragraph.zone == SectionLabel.BODY and not paragraph.quoted and not paragraph.cell:
            at = bisect_left(starts, paragraph.body)
            stop = bisect_left(starts, paragraph.end)
            if at < stop:
                following = labels[index + 1] if index + 1 < len(paragraphs) else []
                _open_inline(flow, paragraph, tree, inline[at:stop], following)
        last_end = paragraph.end
    tree.close(0, last_end)
    return tree.roots


def _open_paragraph(flow: Flow, paragraph: Paragraph, labels: list[Label], tree: TreeBuilder, last_end: int) -> None:
    """Read the labels or the bullet that `paragraph` begins with."""
    text = flow.text
    operative = paragraph.zone == SectionLabel.BODY or any(one.form == "article" and one.sure for one in labels)
    if not operative or paragraph.quoted:
        tree.close_inline(last_end)
        return
    at, rank = paragraph.start, -1
    if not labels and (dirt := _DIRT.match(text, at, paragraph.end)):
        labels = [one for one in read_labels(text, dirt.end(), paragraph.end) if tree.wants(one)]
    if not any(tree.expects(one) for one in labels):
        labels = [one for one in misread_labels(text, at, paragraph.end) if tree.expects(one)] or labels
    for nested in range(_NESTED_RANKS):
        if nested:
            labels = [one for one in read_labels(text, at, paragraph.end) if one.value == 1 and one.rank > rank]
        if paragraph.cell and not paragraph.bold:
            titles = [one for one in labels if paragraph.end - one.body > _CELL_TITLE]
            labels = [one for one in titles if one.value == 1 or tree.expects(one)]
        label = tree.choose(labels)
        if label is None:
            break
        if not tree.expects(label):
            tree.close_inline(last_end)
        item = tree.add(label, last_end)
        item.heading = _heading(flow, paragraph, label)
        at, rank = label.body, label.rank
    if at == paragraph.start:
        tree.close_inline(last_end)
        bullet = bullet_at(text, at, paragraph.end)
        if bullet:
            paragraph.bullet = "+" if bullet.startswith("+") else "-"
            at += len(bullet)
            while at < paragraph.end and text[at] == " ":
                at += 1
    paragraph.body = min(at, paragraph.end)


def _heading(flow: Flow, paragraph: Paragraph, label: Label) -> Range | None:
    """The title that `paragraph` is after `label`, where it is bold, in capitals, or no sentence."""
    start, end = label.body, paragraph.end
    text = flow.text
    while end > start and text[end - 1] in " :.":
        end -= 1
    if not 0 < end - start <= _TITLE_LENGTH:
        return None
    last = text[paragraph.end - 1]
    if paragraph.bold or text[start:end].isupper() or last not in '.;:,!?…”"/':
        return start, end
    return None


def _inline_labels(flow: Flow, quotes: list[Range]) -> list[Label]:
    """Labels in brackets inside sentences, outside quotations."""
    text, key = flow.text, flow.key
    out: list[Label] = []
    at = 0
    for match in _INLINE.finditer(text):
        start = match.start()
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        if at < len(quotes) and quotes[at][0] <= start:
            continue
        if _PINPOINT.search(key, max(0, start - 14), start):
            continue
        out.extend(read_labels(text, start, min(len(text), match.end() + 8)))
    return out


def _open_inline(
    flow: Flow, paragraph: Paragraph, tree: TreeBuilder, labels: list[Label], following: list[Label]
) -> None:
    """Open the items of the lists printed inside `paragraph`: `(i) ...; (ii) ...`.

    Two of them at least, or one that the next paragraph, which begins with the labels `following`, goes on with.
    """
    chained = sorted(_chained(flow.text, labels, following), key=lambda label: label.start)
    chained = [label for label in chained if label.start < paragraph.end]
    for label in chained:
        tree.add(label, label.start - 1, inline=True)
    if chained:
        stop = _SENTENCE.search(flow.text, chained[-1].body, paragraph.end)
        tree.close_inline(stop.start() + 1 if stop else paragraph.end)


def _chained(text: str, labels: list[Label], following: list[Label]) -> list[Label]:
    """The labels that count on from a first one of their form and style."""
    out: list[Label] = []
    last: dict[tuple[str, str], Label] = {}
    for label in [*labels, *following]:
        kind = label.form, label.style
        if label.value == 1:
            if label.form.startswith("bracketed") or text[label.start - 2 : label.start - 1] in _OPENS_LIST:
                last[kind] = label
        elif kind in last and follows(label.form, last[kind].value, label.value):
            if last[kind].value == 1:
                out.append(last[kind])
            out.append(label)
            last[kind] = label
    return out
