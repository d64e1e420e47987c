"""Measuring: predictions against gold documents, in the format of `corpus/GUIDELINES.md`."""

from vnadmin_nlp.evaluate.board import Miss
from vnadmin_nlp.evaluate.check import problems
from vnadmin_nlp.evaluate.gold import Gold, load, load_all
from vnadmin_nlp.evaluate.report import HEADLINE, Change, Comparison, Figure, Report, compare, evaluate, measure

__all__ = [
    "HEADLINE",
    "Change",
    "Comparison",
    "Figure",
    "Gold",
    "Miss",
    "Report",
    "compare",
    "evaluate",
    "load",
    "load_all",
    "measure",
    "problems",
]
