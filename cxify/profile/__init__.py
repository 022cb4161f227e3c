"""What HR knows about the role in a document: whom it serves, at which level, and what follows from that.

One role has one profile, shared by all of its documents; only so do a job description, its advert and its review form
say the same. Everything rests on words of the document and on the framework's cues; what neither tells becomes a
question.
"""

from cxify.profile.derive import Seen, of, see
from cxify.profile.gender import first_gender
from cxify.profile.glance import Glance, glance, related
from cxify.profile.model import RoleProfile, restored
from cxify.profile.thread import fitted, joined, weave
from cxify.profile.title import key

__all__ = [
    "Glance",
    "RoleProfile",
    "Seen",
    "first_gender",
    "fitted",
    "glance",
    "joined",
    "key",
    "of",
    "related",
    "restored",
    "see",
    "weave",
]
