"""Characters: normalisation with the map back to the source, and the folded forms words are compared in."""

from vnadmin_nlp.text.fold import bare_of, key_of, keyed
from vnadmin_nlp.text.mapped import Builder, MappedText, Range
from vnadmin_nlp.text.normalize import WorkingText, normalize
from vnadmin_nlp.text.quote import quote, spans_of
from vnadmin_nlp.text.ranges import Ranges

__all__ = [
    "Builder",
    "MappedText",
    "Range",
    "Ranges",
    "WorkingText",
    "bare_of",
    "key_of",
    "keyed",
    "normalize",
    "quote",
    "spans_of",
]
