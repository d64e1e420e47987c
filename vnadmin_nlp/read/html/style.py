"""What the markup of an element says about the look of its words: tags, style attributes, simple style sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

LegacyFont = Literal["tcvn3", "vni"]


class Look(NamedTuple):
    """How the words inside an element look. `legacy` is the encoding of their font, `capitals` that of a font which
    prints small letters as capitals; `marker` is the CSS list style in force."""

    bold: bool = False
    italic: bool = False
    upper: bool = False
    legacy: LegacyFont | None = None
    capitals: bool = False
    symbol: bool = False
    pre: bool = False
    marker: str | None = None


class Styled(NamedTuple):
    """An element: the look of its words, whether they are shown or struck through, what Word says of its list."""

    look: Look
    hidden: bool = False
    level: int | None = None
    is_label: bool = False
    bordered: bool | None = None
    struck: bool = False


_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_ITALIC = frozenset("i em cite dfn address".split())
_PRE = frozenset("pre listing xmp plaintext".split())
_SYMBOL_FONT = re.compile(r"symbol|wingdings|webdings|zapf dingbats")
_WORD_LEVEL = re.compile(r"\blevel(\d)")
_NO_BORDER = re.compile(r"\s*(?:none|hidden|0(?:\.0+)?(?:px|pt|in|cm|em)?)(?![\w.])")
_LIST_STYLE = re.compile(r"\"[^\"]*\"|'[^']*'|[a-z-]+")
_PLACES = frozenset("inside outside inherit initial".split())
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?$", re.ASCII)
_MARKER_OF = re.compile(r"(?:[uo]l)?\.([\w-]+)\s*>\s*li::?before$", re.ASCII)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_AS_WRITTEN = frozenset("list-style list-style-type content".split())
_USED = frozenset(
    "font-weight font-style font font-family text-transform white-space list-style list-style-type".split()
)

BEFORE = "::before"

Declarations = dict[str, str]
Rules = dict[tuple[str, str], Declarations]


def declarations(css: str) -> Declarations:
    """The declarations of a style attribute or of a rule, in lower case."""
    out = {}
    for one in css.split(";"):
        name, _, value = one.partition(":")
        name = name.strip().lower()
        out[name] = value.strip() if name in _AS_WRITTEN else value.strip().lower()
    return out


def rules_of(sheet: str) -> Rules:
    """The rules of a style sheet for a tag, a class or both, as far as they change how words are read.

    What they hide is not read: scripts show it again. Rules inside `@media` are left out. What stands before the items
    of a list of a class (Google Docs numbers so) is the rule `BEFORE` of the class.
    """
    rules: Rules = {}
    depth, selector = 0, ""
    for piece in re.split(r"([{}])", _COMMENT.sub(" ", sheet)):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            selector = piece.rpartition(";")[2]
        elif depth == 1:
            found = {name: value for name, value in declarations(piece).items() if name in _USED}
            if "li" in selector and (marker := _MARKER_OF.match(selector.strip())):
                rules[BEFORE, marker[1]] = {"content": declarations(piece).get("content", "")}
            for one in selector.split(",") if found else ():
                if match := _SIMPLE.match(one.strip()):
                    tag, name = match.groups()
                    rules.setdefault((tag or "", name or ""), {}).update(found)
    rules.pop(("", ""), None)
    return rules


def styled(tag: str, attributes: Mapping[str, str | None], above: Look, rules: Rules) -> Styled:
    """What the element says, inside an element that looks like `above`."""
    look = above
    if tag in _BOLD:
        look = look._replace(bold=True)
    elif tag in _ITALIC:
        look = look._replace(italic=True)
    elif tag in _PRE:
        look = look._replace(pre=True)
    elif tag in ("ol", "ul", "menu", "dir"):
        look = look._replace(marker=None)
    if rules:
        for name in ("", *(attributes.get("class") or "").split()[:20]):
            for key in ((tag, name), ("", name)):
                if key in rules:
                    look = _with(look, rules[key])
    if face := attributes.get("face"):
        look = _with_font(look, face.lower())
    style = attributes.get("style")
    if not style:
        hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
        return Styled(look, hidden, bordered=_border_attribute(attributes))
    said = declarations(style)
    look = _with(look, said)
    hidden = said.get("display", "").startswith("none") or said.get("visibility", "").startswith(("hidden", "collapse"))
    mso = said.get("mso-list", "")
    level = _WORD_LEVEL.search(mso)
    return Styled(
        look,
        hidden or ("hidden" in attributes and "display" not in said),
        int(level[1]) - 1 if level else None,
        mso.startswith("ignore"),
        _borders(said, attributes),
        "line-through" in (said.get("text-decoration") or said.get("text-decoration-line", "")),
    )


def _with(look: Look, said: Declarations) -> Look:
    weight = said.get("font-weight") or said.get("font", "")
    if weight.startswith(("bold", "600", "700", "800", "900")):
        look = look._replace(bold=True)
    elif weight.startswith(("normal", "lighter", "100", "200", "300", "400", "500")):
        look = look._replace(bold=False)
    slope = said.get("font-style", "")
    if slope:
        look = look._replace(italic=slope.startswith(("italic", "oblique")))
    if case := said.get("text-transform"):
        look = look._replace(upper=case.startswith("uppercase"))
    if font := said.get("font-family") or said.get("font"):
        look = _with_font(look, font)
    if space := said.get("white-space"):
        look = look._replace(pre=space.startswith(("pre", "break-spaces")) and not space.startswith("pre-line"))
    marker = said.get("list-style-type") or said.get("list-style")
    if marker:
        kinds = [kind for kind in _LIST_STYLE.findall(marker) if kind.lower() not in _PLACES]
        look = look._replace(marker=kinds[0] if kinds else look.marker)
    return look


def _with_font(look: Look, families: str) -> Look:
    """`look` in the first of `families`, fonts in lower case."""
    first = families.split(",", 1)[0].strip(" \"'")
    name = first.rpartition("pt ")[2].strip(" \"'") if " " in first else first
    return look._replace(
        legacy="tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni") else None,
        capitals=name.startswith(".vn") and name.rstrip().endswith("h"),
        symbol=_SYMBOL_FONT.match(name) is not None,
    )


def _borders(said: Declarations, attributes: Mapping[str, str | None]) -> bool | None:
    """Whether the style draws borders; None where it says nothing."""
    values = [value for name, value in said.items() if name in _BORDER_NAMES]
    if not values:
        return _border_attribute(attributes)
    return not all(_NO_BORDER.match(value) for value in values)


_BORDER_NAMES = frozenset("border border-style border-top border-bottom border-left border-right border-width".split())


def _border_attribute(attributes: Mapping[str, str | None]) -> bool | None:
    if "border" not in attributes:
        return None
    return (attributes["border"] or "1").strip() != "0"
