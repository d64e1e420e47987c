"""One page: from the bytes to canonical text, step by step."""

from __future__ import annotations

from functools import partial

from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.html.markup import read_markup
from vnadmin_nlp.read.html.nesting import DEEPEST, flattened, is_too_deep
from vnadmin_nlp.read.html.surroundings import mark_chrome
from vnadmin_nlp.read.html.walk import Walk
from vnadmin_nlp.read.html.write import write
from vnadmin_nlp.read.writer import Writer
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import Format, SourceText


def read_page(document: Document) -> SourceText:
    """See `read_html`."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    markup = read_markup(document)
    notes = list(markup.diagnostics)
    text = markup.text
    if is_too_deep(text):
        text = flattened(text)
        message = f"The page is nested more than {DEEPEST} elements deep; only its paragraphs and breaks were read."
        notes.append(Diagnostic(code="html.nesting", message=message, severity=Severity.WARNING))
    check_time = partial(document.check_time, "page")
    check_time()
    try:
        root = LexborHTMLParser(text).root
    except (SelectolaxError, ValueError, MemoryError) as error:
        raise document.error(f"the HTML cannot be parsed ({error}): save the page again from a browser") from error
    writer = Writer()
    if root is not None:
        walk = Walk(root)
        flow = walk.flow(check_time)
        if walk.struck:
            message = "Words that are struck through are left out."
            notes.append(Diagnostic(code="html.struck_out", message=message, severity=Severity.INFO))
        mark_chrome(flow)
        write(flow, writer, check_time)
    if not writer.length:
        message = "The page shows no words: it may be filled by a program; save it again from a browser that shows it."
        notes.append(Diagnostic(code="html.no_words", message=message, severity=Severity.WARNING))
    return writer.finish(
        name=document.name, format=Format.HTML, encoding=markup.encoding, diagnostics=notes
    )  # fmt: skip
