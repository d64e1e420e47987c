"""Statistical proposers: trained models, and underthesea behind one door. What they propose is chosen in `resolve`."""

from vnadmin_nlp.taggers.underthesea import words

__all__ = ["words"]
