"""The page for manager and employee beside each rewritten document: what changes, why, what it does not mean."""

from cxify.packet.facts import Change, Facts, Standing, proposed_changes
from cxify.packet.html import body, document, plain
from cxify.packet.lines import Leaf, Line
from cxify.packet.model import Pages, load
from cxify.packet.page import leaf, page
from cxify.packet.sheet import Sheet
from cxify.packet.standing import read_back

__all__ = [
    "Change",
    "Facts",
    "Leaf",
    "Line",
    "Pages",
    "Sheet",
    "Standing",
    "body",
    "document",
    "leaf",
    "load",
    "page",
    "plain",
    "proposed_changes",
    "read_back",
]
