"""What people call things, in the language of the page."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any, NamedTuple

from cxify.audit.facts import Facts
from cxify.audit.plan import Step
from cxify.audit.survey import Audit
from cxify.audit.table import status_of
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.rules.handovers import Handover

_BOX, _ROW = 25, 27
"""Letters that fit into a box of the graph, and into a line beside a row of the matrix."""


class Group(NamedTuple):
    """Steps of the plan that have one reason, and the number of the first."""

    reaches: str
    start: int
    steps: tuple[Step, ...]


class Names:
    """Kinds, competencies, standards and states as words."""

    def __init__(self, framework: Framework, kinds: Kinds, texts: Mapping[str, Any], language: str) -> None:
        self._framework, self._kinds = framework.localised(language), kinds
        self._texts, self._language = texts, language

    def kind(self, id: str) -> str:
        """Return what people call a kind."""
        names = self._kinds[id].name if id in self._kinds else {}
        name = names.get(self._language) or names.get("en") or id.replace("_", " ")
        return name[:1].upper() + name[1:]

    def competency(self, id: str) -> str:
        """Return the name of a competency."""
        return self._framework.competency(id).name

    def evidence(self, id: str) -> str:
        """Return the name behind the id of a passage, "" for one that has none."""
        framework = self._framework
        names = {one.id: one.name for one in framework.competencies}
        return (names | {one.id: one.name for one in framework.service_standards}).get(id, "")

    def status(self, facts: Facts) -> str:
        """Return what the audit says of a document in a few words."""
        status = {"filled in": "personal", "other kind": "other", "other language": "language"}.get(
            status_of(facts), status_of(facts)
        )
        return str(self._texts["state_word"][status])

    def missing(self, step: Step) -> str:
        """Return what a document lacks as the end of a sentence."""
        return ", ".join(str(self._texts["no"][pillar]) for pillar in step.missing)

    def groups(self, steps: Sequence[Step]) -> Iterator[Group]:
        """Yield the steps of the plan with the reason that they share; their order stays."""
        start = 1
        for reaches, group in groupby(steps, key=lambda step: "blank" if step.blank_form else step.reaches):
            own = tuple(group)
            yield Group(str(reaches), start, own)
            start += len(own)

    def short(self, name: str) -> str:
        """Return a name that fits into a box of a picture."""
        return name if len(name) <= _BOX else f"{name[: _BOX - 1].rstrip()}…"

    def row(self, id: str) -> list[str]:
        """Return the name of a competency in the one or two lines that fit beside a row."""
        return wrap(self.competency(id), _ROW, max_lines=2, placeholder=" …")

    def documents_of(self, audit: Audit, handovers: Sequence[Handover]) -> tuple[Facts, ...]:
        """Return the documents that some handovers stand in."""
        files = {handover.document for handover in handovers}
        return tuple(facts for facts in audit.documents if facts.file in files)

    def foreign_languages(self, audit: Audit) -> str:
        """Return the languages in which nothing can be found."""
        return ", ".join(sorted({facts.language for facts in audit.foreign}))
