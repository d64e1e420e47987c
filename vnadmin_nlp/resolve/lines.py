"""Labels of lines: the choice between what the rules and what a model say."""

from __future__ import annotations

from vnadmin_nlp.layout.marks import Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.layout.zones import Relabel
from vnadmin_nlp.taggers.lines import LineProposer
from vnadmin_nlp.text.quality import Quality, quality_of

_MOST = 10_000  # lines of a page that a model is asked about: what is longer would fill the memory with traits


def chooser(model: LineProposer | None) -> Relabel | None:
    """What chooses between the rules and `model`; None where there is no model.

    A proposal stands where it is as sure as `model` asks for, and, unless the model was found to better clean pages
    too, only on a page whose letters are spoilt: there the words that the rules go by are lost.
    """
    if model is None:
        return None

    def relabel(sheet: Sheet, labels: Labels) -> Labels:
        if not 0 < len(labels) <= _MOST or (model.spoilt_only and quality_of(sheet.text) is not Quality.GARBLED):
            return labels
        return [
            proposed.label if proposed.likely >= model.sure else label
            for label, proposed in zip(labels, model.propose(sheet, labels), strict=True)
        ]

    return relabel
