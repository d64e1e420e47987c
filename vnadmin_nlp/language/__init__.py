"""The library as a spaCy pipeline: a tokenizer, a component for any pipeline, and the two together (`load`).

spaCy finds both by itself, through the entry points of the package: nothing has to be imported first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from vnadmin_nlp.options import Options, checked
from vnadmin_nlp.version import VERSION

if TYPE_CHECKING:
    from spacy.language import Language

TOKENIZER = "vnadmin.Tokenizer.v1"
COMPONENT = "vnadmin_nlp"
LONGEST = 100_000_000  # characters; spaCy's own limit of a million guards parsers and recognisers, which are not here

__all__ = ["load"]


def load(*, options: Options | None = None, words: Literal["syllables", "underthesea"] = "syllables") -> Language:
    """A spaCy pipeline for Vietnamese with our tokenizer and, as its one component, the analysis of `parse`.

    `options` are those of `parse`. `words` says what a token is: a syllable, or a word of one or more syllables as
    underthesea cuts them (some thirty times slower). Every border of a finding is the border of a token; actors,
    references and deadlines are also the entities of the Doc. What the component puts on a Doc: `export.spacy_doc`.
    """
    from spacy.util import get_lang_class

    import vnadmin_nlp.language.component
    import vnadmin_nlp.language.tokenizer  # noqa: F401

    options = checked(options)
    nlp = get_lang_class("vi").from_config(
        {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, "words": words}}},
        meta={
            "name": "vnadmin",
            "version": VERSION,
            "description": "Vietnamese administrative dispatches (văn bản hành chính): who must do what, by when",
            "license": "MIT",
            "requirements": [f"vnadmin-nlp>={VERSION}"],
            "spacy_version": ">=3.7,<4.0",
        },
    )
    nlp.max_length = LONGEST
    config = options.model_dump(mode="json", include=set(Options.model_fields))
    nlp.add_pipe(COMPONENT, config={**config, "ents": True, "misfits": "split"})
    return nlp
