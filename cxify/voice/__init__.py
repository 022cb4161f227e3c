"""The voice of the customer: what comments speak of, as themes of the framework's competencies.

No model is asked and no person is looked at: personal data is masked first, and what fewer than the smallest group say
is neither counted nor quoted in public. The way in is `read`, the way out `evidence` for one document.
"""

from typing import TYPE_CHECKING

from cxify.voice.citing import Evidence, Hearing, evidence, hear, informed

if TYPE_CHECKING:
    from cxify.framework import Framework
    from cxify.voice.digest import Digest as Digest
    from cxify.voice.digest import Group as Group
    from cxify.voice.digest import LeftOut as LeftOut
    from cxify.voice.digest import Theme as Theme
    from cxify.voice.digest import Trend as Trend


def read(data: bytes, framework: "Framework", *, minimum: int | None = None, column: str | None = None) -> "Digest":
    """Read comments or ready themes. Raises InputError saying what is wrong with the file and what to do."""
    from cxify.voice import reading  # only a run with comments pays for what masks and counts them

    return reading.read(data, framework, minimum=reading.MINIMUM if minimum is None else minimum, column=column)


__all__ = ["Evidence", "Hearing", "evidence", "hear", "informed", "read"]
