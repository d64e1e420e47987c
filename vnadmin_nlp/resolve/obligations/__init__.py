"""Who must do what, by when: the obligations of the body, clause by clause."""

from vnadmin_nlp.resolve.obligations.find import find_obligations

__all__ = ["find_obligations"]
