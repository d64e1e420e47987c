"""Text in, Dispatch out: the table of contents of the analysis."""

from __future__ import annotations

from vnadmin_nlp.assemble import findings as build
from vnadmin_nlp.assemble.diagnostics import diagnose, missing_models
from vnadmin_nlp.assemble.sections import sections
from vnadmin_nlp.extract.actors import weigh_actors
from vnadmin_nlp.extract.addressees import read_addressees
from vnadmin_nlp.extract.deadlines import find_deadlines
from vnadmin_nlp.extract.digital import with_embedded
from vnadmin_nlp.extract.document_type import read_document_type
from vnadmin_nlp.extract.header import read_header
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.extract.recipients import read_recipients
from vnadmin_nlp.extract.references import find_references
from vnadmin_nlp.extract.signature import read_signatures
from vnadmin_nlp.extract.subject import read_subject
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.options import Options, checked
from vnadmin_nlp.outline import build_outline
from vnadmin_nlp.resolve.actors import join_actors
from vnadmin_nlp.resolve.actors_told import with_told
from vnadmin_nlp.resolve.antecedents import resolve_antecedents
from vnadmin_nlp.resolve.findings import settle, sure
from vnadmin_nlp.resolve.lines import chooser
from vnadmin_nlp.resolve.mentions import with_model, with_others
from vnadmin_nlp.resolve.names import with_persons, with_place, with_signer
from vnadmin_nlp.resolve.obligations import find_obligations
from vnadmin_nlp.schema import Dispatch, SourceText
from vnadmin_nlp.taggers.store import Models, models_of
from vnadmin_nlp.text import normalize


def parse(text: str | SourceText, *, options: Options | None = None) -> Dispatch:
    """The Dispatch that `text`, a Vietnamese administrative document, says.

    Accepts any str and never raises on one: what is missing or doubtful is in `Dispatch.diagnostics`. Given what
    `read_text` made of a file, it also uses what the file says about the text (columns, paragraphs, notes). Time and
    memory grow linearly with the text. `options` say whether trained models take part and how sure a finding must be.
    Raises TypeError where `text` is neither, ModelError where a model named in `options` is not there.
    """
    source = text if isinstance(text, SourceText) else None
    if source is not None:
        text = source.text
    if not isinstance(text, str):
        raise TypeError(
            f"parse() takes one document's text as a str, not {type(text).__name__}; read() takes files and bytes"
        )
    options = checked(options)
    return analyse(text, source, options, models_of(options))


def analyse(text: str, source: SourceText | None, options: Options, models: Models) -> Dispatch:
    """`parse` with the `models` at hand that take part: training measures them before they are written."""
    naming = options.names != "off"
    working = normalize(text, source.bold, source.italic) if source else normalize(text)
    layout = read_layout(working, source, chooser(models.lines))
    header = with_place(layout, read_header(layout)) if naming else read_header(layout)
    document_type = read_document_type(layout, header)
    addressees = read_addressees(layout)
    recipients, archive = read_recipients(layout)
    context = Context(
        document_type,
        header.date.value if header.date else None,
        header.issuer.text if header.issuer else None,
        header.number.text if header.number else None,
        tuple(a.text for a in addressees),
    )
    outline = build_outline(layout)
    flow = outline.flow
    weighed = weigh_actors(outline, context)
    references, deadlines, found = settle(
        resolve_antecedents(outline, context, find_references(outline, context)),
        find_deadlines(outline, context),
        weighed.found,
        options.min_score,
    )
    mentions = with_model(models.actors, outline, context, found, weighed.left, references)
    if naming:
        mentions = with_persons(outline, mentions, [*references, *deadlines])
    tellable = with_others(mentions, found)
    duties = sure(
        find_obligations(outline, context, tellable, references, deadlines, models.clauses), options.min_score
    )
    mentions = with_told(outline, mentions, duties, references)
    groups = join_actors(
        outline, sure(mentions, options.min_score), duties,
        issuer=context.issuer, addressees=context.addressees, recipients=tuple(r.text for r in recipients),
        issued=context.issued,
    )  # fmt: skip
    signatures = with_signer(layout, read_signatures(layout)) if naming else read_signatures(layout)
    cited = {id(c): build.reference(flow, c) for c in references}
    limits = {id(c): build.deadline(flow, c) for c in deadlines}
    dispatch = Dispatch(
        text=text,
        document_type=document_type,
        header=header,
        subject=read_subject(layout),
        sections=sections(layout, text),
        addressees=addressees,
        directives=[build.directive(flow, item) for item in outline.items],
        recipients=recipients,
        archive=archive,
        signatures=with_embedded(signatures, source.signatures if source else ()),
        references=list(cited.values()),
        deadlines=list(limits.values()),
        actors=[
            *(build.actor(flow, group) for group in groups),
            *build.head_actors(groups, header.issuer, addressees),
        ],
        obligations=[build.obligation(flow, c, cited, limits) for c in duties],
    )
    diagnostics = [
        *(source.diagnostics if source else ()),
        *missing_models(models.missing),
        *diagnose(dispatch, layout, outline, deadlines),
    ]
    return dispatch.model_copy(update={"diagnostics": diagnostics})
