"""Say what HR sees in a document: its kind, language and state, its sections, and what must not change."""

from collections.abc import Sequence

from cxify.document import Document
from cxify.kinds.model import Kinds


def classify(document: Document, kinds: Kinds, *, kind: str | None = None, protected: Sequence[str] = ()) -> Document:
    """Return the document with kind, language, state, HR's sections and HR's locks.

    `kind` overrides the guess; `protected` are phrases of the organisation that must survive. Raises SettingsInvalid
    for a kind that does not exist.
    """
    return document
