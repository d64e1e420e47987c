"""What a batch is given: documents with their ids."""

from __future__ import annotations

import os
from typing import NamedTuple, TypeAlias

from vnadmin_nlp.schema import Failure, SourceText

Content: TypeAlias = str | bytes | os.PathLike[str] | SourceText | Failure
"""A text, the bytes of a file, the path of a file, what was read already, or what could not be taken up."""


class Item(NamedTuple):
    """One document: its id and what there is of it. `name` is what messages call bytes, where it is not the id."""

    id: str
    content: Content
    name: str | None = None
