"""What can go wrong outside a text. `parse` itself never raises on a str: what is doubtful there is a Diagnostic."""


class VnadminError(Exception):
    """Root of the errors of this package. Each message names the place and the mend."""


class KnowledgeError(VnadminError):
    """A row of a knowledge table does not hold."""


class GoldError(VnadminError):
    """A gold annotation cannot be read or does not fit its text."""
