"""Names of WordprocessingML, as lxml writes them (ISO/IEC 29500)."""

from __future__ import annotations

from typing import Any

Element = Any
"""An lxml element; lxml is imported on first use, and its names stay out of the signatures."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

VAL = f"{_W}val"
R_ID = f"{_R}id"


def w(name: str) -> str:
    """`w:name`."""
    return _W + name


# blocks
P, TBL, SDT, SDT_CONTENT, SECT_PR = w("p"), w("tbl"), w("sdt"), w("sdtContent"), w("sectPr")
TR, TC, TC_PR, TR_PR, TBL_PR = w("tr"), w("tc"), w("tcPr"), w("trPr"), w("tblPr")
GRID_SPAN, GRID_BEFORE, HIDDEN, CELL_DEL = w("gridSpan"), w("gridBefore"), w("hidden"), w("cellDel")
TBL_STYLE, TBL_BORDERS, TC_BORDERS = w("tblStyle"), w("tblBorders"), w("tcBorders")
P_PR, P_STYLE, NUM_PR, ILVL, NUM_ID = w("pPr"), w("pStyle"), w("numPr"), w("ilvl"), w("numId")
ALT_CHUNK, SUB_DOC = w("altChunk"), w("subDoc")
SDT_PR, SHOWING_PROMPT, FRAME, DROP_CAP = w("sdtPr"), w("showingPlcHdr"), w("framePr"), w("dropCap")
# runs
R, R_PR, T, TAB, PTAB, BR, CR = w("r"), w("rPr"), w("t"), w("tab"), w("ptab"), w("br"), w("cr")
NO_BREAK_HYPHEN, SOFT_HYPHEN, SYM = w("noBreakHyphen"), w("softHyphen"), w("sym")
RUBY, RUBY_BASE = w("ruby"), w("rubyBase")
DRAWING, PICT, OBJECT, TXBX_CONTENT = w("drawing"), w("pict"), w("object"), w("txbxContent")
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = w("footnoteReference"), w("endnoteReference")
FLD_SIMPLE, FLD_CHAR, INSTR_TEXT = w("fldSimple"), w("fldChar"), w("instrText")
DEL, MOVE_FROM, TYPE, ID = w("del"), w("moveFrom"), w("type"), w("id")
R_FONTS, R_STYLE, VANISH = w("rFonts"), w("rStyle"), w("vanish")
ASCII, ASCII_THEME, H_ANSI, H_ANSI_THEME = w("ascii"), w("asciiTheme"), w("hAnsi"), w("hAnsiTheme")
TEXT_PATH, IMAGE_DATA = f"{_V}textpath", f"{_V}imagedata"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
# other vocabularies
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
MATH, MATH_PARAGRAPH, FRACTION, MATH_TEXT = f"{_M}oMath", f"{_M}oMathPara", f"{_M}f", f"{_M}t"
NUMERATOR, DENOMINATOR = f"{_M}num", f"{_M}den"

WRAPPERS = frozenset(map(w, ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo")))
"""Elements around blocks or runs that say something about them and print nothing."""

_OFF = frozenset({"0", "false", "off", "none"})


def child_of(parent: Element | None, tag: str) -> Element | None:
    """The first child of `parent` named `tag`; faster than `find`."""
    return None if parent is None else next(parent.iterchildren(tag), None)


def content_of(sdt: Element) -> Element | tuple[()]:
    """What stands in a content control; nothing where it shows only its prompt (`Bấm để nhập ngày`)."""
    prompt = child_of(child_of(sdt, SDT_PR), SHOWING_PROMPT)
    content = None if prompt is not None and is_on(prompt) else child_of(sdt, SDT_CONTENT)
    return () if content is None else content


def value_of(element: Element | None) -> str | None:
    """The value of a property."""
    return None if element is None else element.get(VAL)


def is_on(element: Element) -> bool:
    """The value of a property that is there or not, or says so itself."""
    return element.get(VAL) not in _OFF


def number_of(element: Element | None, default: int | None = None) -> int | None:
    """The whole number that `element` has as its value."""
    value = None if element is None else element.get(VAL)
    try:
        return default if value is None else int(value)
    except ValueError:
        return default
