"""Document kinds as data: how to recognise them, where customer experience belongs, and what must not change."""

from cxify.kinds.classification import classify
from cxify.kinds.loader import load
from cxify.kinds.model import EntryRules, Kind, Kinds, Locks, Recognition, Slot

__all__ = ["EntryRules", "Kind", "Kinds", "Locks", "Recognition", "Slot", "classify", "load"]
