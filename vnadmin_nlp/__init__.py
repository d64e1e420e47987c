"""Vietnamese administrative dispatches as typed objects: `parse(text) -> Dispatch`."""

from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.knowledge.successors import successor
from vnadmin_nlp.parse import parse
from vnadmin_nlp.resolve.calendar import last_day
from vnadmin_nlp.schema import *  # noqa: F403
from vnadmin_nlp.schema import __all__ as _schema

__version__ = "0.1.0"
__all__ = ["VnadminError", "last_day", "parse", "successor", *_schema]
