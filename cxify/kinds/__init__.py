"""Document kinds as data: how to recognise them, where customer experience belongs, and what must not change."""

from cxify.kinds.classification import classify
from cxify.kinds.loader import load
from cxify.kinds.model import EntryRules, Kind, Kinds, Locks, Recognition, Slot
from cxify.kinds.places import columns_of, places, role_at

__all__ = [
    "EntryRules",
    "Kind",
    "Kinds",
    "Locks",
    "Recognition",
    "Slot",
    "classify",
    "columns_of",
    "load",
    "places",
    "role_at",
]
