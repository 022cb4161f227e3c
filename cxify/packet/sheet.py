"""From a redline that was just made, or from a file that came back, to the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from cxify.errors import InputError
from cxify.framework import Framework
from cxify.packet.facts import Facts, proposed_changes
from cxify.packet.model import Pages
from cxify.packet.page import page
from cxify.packet.standing import read_back
from cxify.pipeline import Redline
from cxify.provenance import Record


@dataclass(frozen=True)
class Sheet:
    """Makes the pages of a run."""

    framework: Framework
    pages: Pages

    def of_redline(self, name: str, redline: Redline) -> str | None:
        """Return the page for a document as it leaves cxify, or None when nothing was proposed."""
        record = Record.model_validate(redline.provenance) if redline.changed else None
        if record is None:
            return None
        facts = Facts(
            name,
            record,
            proposed_changes(record, redline.document),
            role=redline.profile.role,
            framework=self._framework(record.framework),
            rules=frozenset(finding.rule for finding in redline.findings),
        )
        return page(facts, self.pages)

    def facts_of(self, name: str, data: bytes) -> Facts:
        """Return what a file that people may have worked on tells. Raises InputError when cxify did not make it."""
        found = read_back(data)
        if found is None:
            message = f"{name} carries no record of changes by cxify."
            remedy = "Give a file that `cxify rewrite` wrote; another program may have removed its record."
            raise InputError(message, remedy)
        record, changes = found
        return Facts(name, record, changes, framework=self._framework(record.framework), later=True)

    def of_file(self, name: str, data: bytes) -> str | None:
        """Return the page for a file that was made before, or None when nothing was proposed."""
        facts = self.facts_of(name, data)
        return self.page(facts) if facts.changes else None

    def page(self, facts: Facts) -> str:
        """Return the page that the facts make."""
        return page(facts, self.pages)

    def _framework(self, recorded: Mapping[str, str]) -> Framework | None:
        """Return the framework at hand when the record names it: another one may use the same ids otherwise."""
        return self.framework if recorded.get("id") == self.framework.framework.id else None
