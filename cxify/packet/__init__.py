"""The page for manager and employee beside each rewritten document: what changes, why, what it does not mean."""

from cxify.packet.facts import Change, Facts, Standing, proposed_changes
from cxify.packet.model import Pages, load
from cxify.packet.page import page
from cxify.packet.sheet import Sheet
from cxify.packet.standing import read_back

__all__ = ["Change", "Facts", "Pages", "Sheet", "Standing", "load", "page", "proposed_changes", "read_back"]
