"""Find, pin and render prompts: strict .prompty files whose roles a document cannot forge.

    prompts/<name>/<version>.prompty   YAML front matter, then `system:`, `user:` and `assistant:` parts in Jinja2
    prompts/_parts/<piece>.jinja       pieces that several prompts include; a changed piece is a new file
    prompts/prompts.lock               sha256 of what every released prompt sends to a model, and its evaluation

An organisation's own folder has the same shape. What it lacks is taken from the prompts that come with cxify.
"""

from cxify.prompts.catalogue import Selection, find, listing, names, paths
from cxify.prompts.difference import Difference, difference
from cxify.prompts.draft import new
from cxify.prompts.fault import Fault
from cxify.prompts.folders import bundled
from cxify.prompts.inspection import check
from cxify.prompts.model import FrontMatter, Message, Options, Prompt, Reference
from cxify.prompts.releasing import release

__all__ = [
    "Difference",
    "Fault",
    "FrontMatter",
    "Message",
    "Options",
    "Prompt",
    "Reference",
    "Selection",
    "bundled",
    "check",
    "difference",
    "find",
    "listing",
    "names",
    "new",
    "paths",
    "release",
]
