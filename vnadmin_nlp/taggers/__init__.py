"""Statistical proposers: trained models, and underthesea behind one door. What they propose is chosen in `resolve`."""

from vnadmin_nlp.taggers.underthesea import Name, NameKind, names, words

__all__ = ["Name", "NameKind", "names", "words"]
