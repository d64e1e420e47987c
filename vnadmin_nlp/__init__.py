"""Vietnamese administrative dispatches as typed objects: `parse(text)` or `read(file)` gives a Dispatch."""

from vnadmin_nlp.errors import MissingExtraError, ReadError, VnadminError
from vnadmin_nlp.knowledge.successors import successor
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read import *  # noqa: F403
from vnadmin_nlp.read import __all__ as _read
from vnadmin_nlp.resolve.calendar import last_day
from vnadmin_nlp.schema import *  # noqa: F403
from vnadmin_nlp.schema import __all__ as _schema
from vnadmin_nlp.version import VERSION as __version__  # noqa: N811
__all__ = [
    "MissingExtraError", "ReadError", "VnadminError", "last_day", "parse", "successor", *_read, *_schema,
]  # fmt: skip
