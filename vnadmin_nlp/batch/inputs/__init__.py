"""Where the documents of a run come from, as one stream."""

from vnadmin_nlp.batch.inputs.identity import identity
from vnadmin_nlp.batch.inputs.stream import Inputs, open_inputs

__all__ = ["Inputs", "identity", "open_inputs"]
