"""Document kinds as data: how to recognise them, where customer experience belongs, and what must not change."""

from cxify.kinds.classification import classify
from cxify.kinds.common import has_word
from cxify.kinds.language import language_of
from cxify.kinds.loader import check_named, load
from cxify.kinds.model import EntryRules, Kind, Kinds, Locks, Recognition, Slot
from cxify.kinds.places import columns_of, facts, places, role_at, roles_of, stated_in
from cxify.kinds.recognition import says
from cxify.kinds.titles import entitled, title_lines

__all__ = [
    "EntryRules",
    "Kind",
    "Kinds",
    "Locks",
    "Recognition",
    "Slot",
    "check_named",
    "classify",
    "columns_of",
    "entitled",
    "facts",
    "has_word",
    "language_of",
    "load",
    "places",
    "role_at",
    "roles_of",
    "says",
    "stated_in",
    "title_lines",
]
