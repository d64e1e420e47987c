"""Measuring: predictions against gold documents, in the format of `corpus/GUIDELINES.md`."""

from vnadmin_nlp.evaluate.board import Miss
from vnadmin_nlp.evaluate.check import problems
from vnadmin_nlp.evaluate.draft import Draft, draft
from vnadmin_nlp.evaluate.folder import Problem, check_folder
from vnadmin_nlp.evaluate.gold import Gold, load, load_all
from vnadmin_nlp.evaluate.report import HEADLINE, Change, Comparison, Figure, Report, compare, evaluate, measure
from vnadmin_nlp.evaluate.yaml_form import to_yaml

__all__ = [
    "HEADLINE",
    "Change",
    "Comparison",
    "Draft",
    "Figure",
    "Gold",
    "Miss",
    "Problem",
    "Report",
    "check_folder",
    "compare",
    "draft",
    "evaluate",
    "load",
    "load_all",
    "measure",
    "problems",
    "to_yaml",
]
