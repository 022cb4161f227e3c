"""The words of a document that tell about the role."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cxify import kinds
from cxify.document import Block, Document
from cxify.sieve import Sifted

_SORTED_OUT = re.compile(
    r"\b(?:non[- ]?)?(?:customer|client|public|patient|guest)[- ](?:facing|interfacing)\b"
    r"|\b(?:no|without|little|minimal|limited|not have|not involve)(?: any)?(?: direct| regular| face-to-face)? "
    r"(?:(?:customer|client|public|patient|guest)[- ](?:contact|interaction)"
    r"|(?:contact|interaction|dealings) with (?:the |our )?(?:customers?|clients?|public|patients?|guests?))\b"
    r"|\bkunden(?:kontakt|fern)\w*"
    r"|\bcontact (?:direct )?(?:avec )?(?:les |la )?client\w*|\bklantcontact\b"
    r"|\b(?:contacto|trato) (?:directo )?con (?:el )?(?:cliente|público)\w*",
    re.IGNORECASE,
)
"""Labels that sort jobs by contact say nothing about whom this one serves."""
_TELLING = ("purpose", "duties", "essential_functions", "competencies", "behaviours", "measures", "objectives")
_SAYS_NOTHING = ("apply", "legal", "eeo", "benefits", "pay", "hours", "sign_off", "scale", "person_spec", "physical")
"""Sections that mention people for other reasons than that the role serves them."""
_OF_THE_LAW = ("(P-EEO)", "(P-LEGAL)", "(P-ADA)")
_ENOUGH = 80


@dataclass(frozen=True)
class Told:
    """What a document tells: `work` purpose and duties, `purpose` with title and unit, `all` without boilerplate."""

    work: str
    purpose: str
    all: str
    title: str = ""
    """The document's and the job's, in small letters."""

    @cached_property
    def of_work(self) -> Sifted:
        """The same as `work`, to be asked for many words."""
        return Sifted(self.work)

    @cached_property
    def of_purpose(self) -> Sifted:
        """The same as `purpose`, to be asked for many words."""
        return Sifted(self.purpose)

    @cached_property
    def of_all(self) -> Sifted:
        """The same as `all`, without case, to be asked for many words."""
        return Sifted(self.all.casefold())

    def but(self, left_out: Callable[[str], str], addressed: Callable[[str], str]) -> "Told":
        """Return the same without the people who are not served; the purpose keeps the title's."""
        return Told(left_out(self.work), addressed(self.purpose), left_out(self.all), addressed(self.title))


def told(document: Document, roles: Mapping[str, str], role: str) -> Told:
    """Collect what tells about the role; in a document without duties the whole text does."""
    work = [block.text for block in document.body if roles.get(block.id) in _TELLING]
    if sum(len(text) for text in work) <= _ENOUGH:
        work = [block.text for block in document.body if not _is_boilerplate(block)]
    purpose = [block.text for block in document.body if roles.get(block.id) == "purpose"]
    named = (document.title, role, kinds.facts(document).get("unit", ""))
    rest = [b.text for b in document.body if roles.get(b.id) not in _SAYS_NOTHING and not _is_boilerplate(b)]
    title = _text(document.title, role).casefold()
    return Told(_text(*work).casefold(), _text(*named, *purpose).casefold(), _text(*rest), title)


def _is_boilerplate(block: Block) -> bool:
    """Tell whether a block names people because a law does: applicants with disabilities, employees of all ages."""
    return (block.lock or "").endswith(_OF_THE_LAW)


def _text(*texts: str) -> str:
    return _SORTED_OUT.sub(" ", "\n".join(texts))
