"""What styles say about runs and paragraphs: bold, italic, capitals, hidden, struck, font, automatic number."""

from __future__ import annotations

from typing import NamedTuple

from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.fonts import PLAIN, FontKind, font_kind
from vnadmin_nlp.read.docx.names import Element, child_of, is_on, number_of, value_of, w

_TOGGLES = {
    w("b"): 0, w("i"): 1, w("caps"): 2, w("smallCaps"): 2, w("vanish"): 3, w("strike"): 4, w("dstrike"): 4,
}  # fmt: skip
_EITHER = (2, 4)  # what two elements may ask for
_BORDERS = names.TBL_BORDERS


Toggles = tuple[bool | None, bool | None, bool | None, bool | None, bool | None]


class RunProps(NamedTuple):
    """Properties as one place of the file states them; None where it says nothing. `toggles`: bold, italic, capitals,
    hidden, struck through."""

    toggles: Toggles = (None, None, None, None, None)
    font: str | None = None
    style: str | None = None

    def over(self, other: RunProps) -> RunProps:
        """These properties where they say something, else those of `other`."""
        mine = zip(self.toggles, other.toggles, strict=True)
        bold, italic, caps, hidden, struck = (theirs if own is None else own for own, theirs in mine)
        return RunProps((bold, italic, caps, hidden, struck), self.font or other.font, self.style or other.style)


class Look(NamedTuple):
    """How a run prints."""

    bold: bool
    italic: bool
    caps: bool
    hidden: bool
    struck: bool
    kind: FontKind
    font: str


class Style(NamedTuple):
    """A style with what it inherits: of runs, and the list and level its paragraphs are numbered by."""

    props: RunProps = RunProps()
    num_id: int | None = None
    level: int | None = None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._theme = _theme_fonts(theme)
        self._elements: dict[str, Element] = {}
        self._styles: dict[str, Style] = {}
        self._looks: dict[tuple[str | None, RunProps], Look] = {}
        self.default: str | None = None
        self._defaults = RunProps()
        for element in root.iterchildren() if root is not None else ():
            if element.tag == w("style"):
                identity = element.get(w("styleId"), "")
                self._elements.setdefault(identity, element)
                if element.get(names.TYPE) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                    self.default = identity
            elif element.tag == w("docDefaults"):
                r_pr = child_of(child_of(element, w("rPrDefault")), names.R_PR)
                self._defaults = self.props(r_pr)

    def props(self, r_pr: Element | None) -> RunProps:
        """What the element `r_pr` states."""
        if r_pr is None:
            return RunProps()
        stated: list[bool | None] = [None, None, None, None, None]
        font = style = None
        for child in r_pr:
            tag = child.tag
            toggle = _TOGGLES.get(tag)
            if toggle is not None:
                stated[toggle] = is_on(child) or (toggle in _EITHER and bool(stated[toggle]))
            elif tag == names.R_FONTS:
                font = self._font(child)
            elif tag == names.R_STYLE:
                style = child.get(names.VAL)
        return RunProps((stated[0], stated[1], stated[2], stated[3], stated[4]), font, style)

    def look(self, style: str | None, direct: RunProps) -> Look:
        """How a run with the properties `direct` prints in a paragraph of `style`."""
        key = (style, direct)
        if key not in self._looks:
            self._looks[key] = self._resolve(self.style(style).props, direct)
        return self._looks[key]

    def style(self, identity: str | None) -> Style:
        """The style `identity`, of the default where None, with all it is based on."""
        identity = self.default if identity is None else identity
        if identity is None:
            return Style()
        if identity not in self._styles:
            chain: list[str] = []
            at: str | None = identity
            while at is not None and at in self._elements and at not in self._styles and at not in chain:
                chain.append(at)
                at = value_of(child_of(self._elements[at], w("basedOn")))
            base = self._styles.get(at or "", Style())
            for name in reversed(chain):
                base = self._styles[name] = self._derived(self._elements[name], base)
            self._styles.setdefault(identity, base)
        return self._styles[identity]

    def table_borders(self, identity: str | None) -> dict[str, bool]:
        """Which sides of the cells of a table of style `identity` have borders."""
        chain: list[str] = []
        while identity is not None and identity in self._elements and identity not in chain:
            chain.append(identity)
            identity = value_of(child_of(self._elements[identity], w("basedOn")))
        sides: dict[str, bool] = {}
        for name in reversed(chain):
            sides |= borders_of(child_of(child_of(self._elements[name], names.TBL_PR), names.TBL_BORDERS))
        return sides

    def _derived(self, element: Element, base: Style) -> Style:
        props = self.props(child_of(element, names.R_PR)).over(base.props)
        num_pr = child_of(child_of(element, names.P_PR), names.NUM_PR)
        if num_pr is None:
            return base._replace(props=props)
        num_id = number_of(child_of(num_pr, names.NUM_ID), base.num_id)
        return Style(props, num_id, number_of(child_of(num_pr, names.ILVL), base.level))

    def _resolve(self, paragraph: RunProps, direct: RunProps) -> Look:
        """What both styles switch on they cancel (ISO/IEC 29500-1, 17.7.3); what the run states itself holds."""
        character = self.style(direct.style).props if direct.style else RunProps()
        bold, italic, caps, hidden, struck = (
            bool(of_paragraph) != bool(of_character) or bool(default) if stated is None else stated
            for stated, of_character, of_paragraph, default in zip(
                direct.toggles, character.toggles, paragraph.toggles, self._defaults.toggles, strict=True
            )
        )
        font = direct.font or character.font or paragraph.font or self._defaults.font or ""
        return Look(bold, italic, caps, hidden, struck, font_kind(font) if font else PLAIN, font)

    def _font(self, fonts: Element) -> str | None:
        """The font of the letters beyond ASCII, which tells a legacy encoding, or of the others."""
        found = fonts.get(names.H_ANSI) or self._theme.get(fonts.get(names.H_ANSI_THEME, "")[:5])
        other = fonts.get(names.ASCII) or self._theme.get(fonts.get(names.ASCII_THEME, "")[:5])
        if not found or (other and other != found and font_kind(found) == PLAIN and font_kind(other) != PLAIN):
            return other
        return found


def borders_of(element: Element | None) -> dict[str, bool]:
    """Which sides `element` (w:tblBorders, w:tcBorders) names, and whether it draws them."""
    sides = {}
    for side in element if element is not None else ():
        name = side.tag.rpartition("}")[2]
        sides[{"start": "left", "end": "right"}.get(name, name)] = side.get(names.VAL) not in ("nil", "none", None)
    return sides


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """The fonts of the theme for Latin letters, by the first letters of what styles call them."""
    out = {}
    area = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for name in ("major", "minor"):
        latin = None if theme is None else theme.find(f".//{area}{name}Font/{area}latin")
        if latin is not None and latin.get("typeface"):
            out[name] = latin.get("typeface")
    return out
