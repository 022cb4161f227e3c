"""Going through suggestions: the document with them in their places, what people decide, and the files that follow.

Bytes and records in, bytes and data out; nothing here knows who is signed in, a database or a page.
"""

from cxify.review.choosing import Include, printable
from cxify.review.comparing import Elsewhere
from cxify.review.decision import Action, Decision, Standing, State, standings, with_wording
from cxify.review.files import LeftOut, Written, clean, comments_only, tracked
from cxify.review.nodes import (
    BoxNode,
    CellNode,
    Heading,
    Line,
    ListItem,
    ListNode,
    Node,
    Paragraph,
    Piece,
    RowNode,
    StoryNode,
    TableNode,
    TheirComment,
    View,
)
from cxify.review.returning import Returned, returned
from cxify.review.suggestion import Alternative, Change, Competence, Promise, Suggestion
from cxify.review.telling import told, what_changed
from cxify.review.viewing import suggestions, view
from cxify.review.wording import Edited, EditRefused, edited, reworded

__all__ = [
    "Action",
    "Alternative",
    "BoxNode",
    "CellNode",
    "Change",
    "Competence",
    "Decision",
    "EditRefused",
    "Edited",
    "Elsewhere",
    "Heading",
    "Include",
    "LeftOut",
    "Line",
    "ListItem",
    "ListNode",
    "Node",
    "Paragraph",
    "Piece",
    "Promise",
    "Returned",
    "RowNode",
    "Standing",
    "State",
    "StoryNode",
    "Suggestion",
    "TableNode",
    "TheirComment",
    "View",
    "Written",
    "clean",
    "comments_only",
    "edited",
    "printable",
    "returned",
    "reworded",
    "standings",
    "suggestions",
    "told",
    "tracked",
    "view",
    "what_changed",
    "with_wording",
]
