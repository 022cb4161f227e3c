"""A gold case: a source document, the edits that an expert expects, and what must survive. One YAML file a case."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from cxify import yamlfile
from cxify.document import Block, Document
from cxify.errors import SettingsInvalid
from cxify.framework import Framework, Relationship
from cxify.proposal import CompetencyAtLevel

Label = Annotated[str, StringConstraints(pattern=r"^(P[0-9]+|T[0-9]+R[0-9]+)$")]
Op = Literal["replace", "append", "insert_after", "insert_row_after", "comment"]


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paragraph(Strict):
    """One paragraph of the source; a numbered one is written without its number."""

    id: Label
    text: str
    style: Literal["title", "heading", "paragraph", "bullet", "numbered"] = "paragraph"


class SourceTable(Strict):
    """One table of the source; its rows are labelled T1R0, T1R1 and so on."""

    id: Annotated[str, StringConstraints(pattern=r"^T[0-9]+$")]
    rows: tuple[tuple[str, ...], ...]


class Expected(Strict):
    """An edit that an expert expects. `example` is one good wording and not the only one.

    `within` says how far from `at` an edit still counts: the paragraph and its neighbours in the section, anywhere in
    the section, or anywhere in the document.
    """

    id: str
    at: Label
    op: Op
    required: bool
    within: Literal["paragraph", "section", "document"] = "paragraph"
    replace: str = ""
    competencies: tuple[CompetencyAtLevel, ...] = ()
    alternatives: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    """Rules whose terms the comment may quote."""
    must_convey: str
    must_not: str = ""
    example: str


class Untouchable(Strict):
    """A paragraph or row, or words in it, that must be found unchanged in the result."""

    at: Label
    text: str = ""


class Limits(Strict):
    """How much may be new: share of the source's words, and number of edits."""

    max_insert_share: float = Field(ge=0)
    max_edits: int = Field(ge=0)


class Overrides(Strict):
    """What this organisation's framework has instead of the built-in one's."""

    customer_terms: dict[str, str] = {}
    prohibited_customer_terms: tuple[str, ...] = ()


class Case(Strict):
    """A document with the verdict of an expert."""

    id: str
    title: str
    kind: str
    locale: str
    state: Literal["blank", "filled", "signed"] = "blank"
    restraint: bool = False
    """Nothing in the text may change; a comment may."""
    framework: Overrides = Overrides()
    relationship: tuple[Relationship, ...] = ()
    level: int = Field(default=1, ge=1, le=4)
    source: tuple[Paragraph | SourceTable, ...]
    expected: tuple[Expected, ...] = ()
    forbidden: tuple[str, ...] = ()
    untouchable: tuple[Untouchable, ...] = ()
    source_findings: tuple[str, ...] = ()
    limits: Limits

    @model_validator(mode="after")
    def _labels_exist(self) -> "Case":
        used = {expected.at for expected in self.expected} | {untouchable.at for untouchable in self.untouchable}
        if unknown := used - set(self.labels):
            raise ValueError(f"{self.id} has no paragraph or row {', '.join(sorted(unknown))}")
        return self

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The texts behind each label: one of a paragraph, one for each cell of a row."""
        texts: dict[str, tuple[str, ...]] = {}
        for item in self.source:
            if isinstance(item, Paragraph):
                texts[item.id] = (item.text,)
            else:
                texts.update({f"{item.id}R{number}": row for number, row in enumerate(item.rows)})
        return texts

    @cached_property
    def sections(self) -> Mapping[str, int]:
        """The number of the section in which each label stands; a heading belongs to what it heads."""
        numbers: dict[str, int] = {}
        section = 0
        for item in self.source:
            section += isinstance(item, Paragraph) and item.style == "heading"
            labels = [item.id] if isinstance(item, Paragraph) else [f"{item.id}R{n}" for n in range(len(item.rows))]
            numbers.update(dict.fromkeys(labels, section))
        return numbers

    def blocks(self, document: Document) -> dict[str, tuple[Block, ...]]:
        """Return the blocks of a document made from this case, by label. Raises ValueError for another document."""
        body = [block for block in document.body if block.text or block.place]
        found: dict[str, tuple[Block, ...]] = {}
        for label, texts in self.labels.items():
            found[label], body = tuple(body[: len(texts)]), body[len(texts) :]
            if tuple(block.text for block in found[label]) != texts:
                raise ValueError(f"{self.id} {label}: the document has other text here than the case")
        return found

    def applied_to(self, framework: Framework) -> Framework:
        """Return the framework as the case's organisation would have it."""
        data: dict[str, Any] = framework.model_dump()
        organisation = data["organisation"]
        organisation["customer_terms"] = organisation["customer_terms"] | self.framework.customer_terms
        organisation["prohibited_customer_terms"] = self.framework.prohibited_customer_terms
        return Framework.model_validate(data)


def load(path: Path) -> Case:
    """Read one case. Raises SettingsInvalid naming the file and the field."""
    marked = yamlfile.read(path)
    if marked.problems:
        first = marked.problems[0]
        raise SettingsInvalid(f"{path}, line {first.line}: {first.message}", first.remedy)
    try:
        return Case.model_validate(marked.data)
    except ValidationError as error:
        first_error = error.errors()[0]
        where = ".".join(str(part) for part in first_error["loc"])
        raise SettingsInvalid(f"{path}: {where}: {first_error['msg']}", "Compare it with another case.") from error


def load_all(folder: Path) -> tuple[Case, ...]:
    """Read all cases of a folder, in the order of their names."""
    return tuple(load(path) for path in sorted(folder.glob("*.yaml")))
