"""A small organisation with one job description: a Task that no change of the built-in framework or kinds can change.

Recordings of a model are found by what was asked; so what is asked must depend on nothing but the prompts.
"""

from dataclasses import replace

from cxify.document import Document, Span
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.writers import Task
from tests.documents import document

ARCHIVE = """
# Archive assistant
Reports to: Mrs Jane Example
# Job purpose
The archive assistant finds and issues documents for readers of the city archive.
# Main duties
- Answer enquiries from readers about holdings and opening times.
- Work closely with other departments as required.
- Answer questions about fees from pay@example.org or 0123 456 7890.
# Person specification
- Desirable: Knowledge of archive catalogues.
# Equal opportunities
We are an equal opportunity employer.
"""
LOCKED = {
    "b2": ("reporting line", True),
    "b10": ("existing text of “Person specification”", False),
    "b12": ("section “Equal opportunities”", True),
}
PROFILE = RoleProfile(
    role="Archive assistant",
    relationship=("external", "internal"),
    level=1,
    level_evidence="",
    competencies=("CX-HANDOFF@1", "CX-LISTEN@1"),
    standards=("S04",),
    served=("readers", "colleagues"),
)
_RELATIONSHIP = {"definition": "Receives the work.", "line_of_sight": "Serves {customers}."}
FRAMEWORK = Framework.model_validate(
    {
        "schema_version": "1.0",
        "framework": {"id": "small", "name": "Small", "version": "1.0.0"},
        "organisation": {
            "customer_terms": {
                "external": "reader",
                "external_plural": "readers",
                "internal": "colleague",
                "internal_plural": "colleagues",
            },
            "prohibited_customer_terms": ["client"],
        },
        "customer_relationships": dict.fromkeys(("external", "internal", "enabler"), _RELATIONSHIP),
        "levels": [
            {"id": level, "name": f"Level {level}", "scope": "own tasks", "complexity": "routine"}
            for level in range(1, 5)
        ],
        "service_standards": [
            {
                "id": "S04",
                "name": "Complete handover",
                "statement": "Work that is passed on carries the need, the history and the date.",
                "applies_to": ["external", "internal"],
                "measure": {"what": "share of handovers accepted first time", "source": "sample of handovers"},
            }
        ],
        "competencies": [
            {
                "id": "CX-HANDOFF",
                "name": "Working as one organisation",
                "short": "Passes work on completely.",
                "definition": "Passes work on so that nobody has to ask again.",
                "relationships": ["external", "internal"],
                "levels": {
                    level: ["Passes on the need, the history and the promised date.", "Confirms that it was accepted."]
                    for level in range(1, 5)
                },
            },
            {
                "id": "CX-LISTEN",
                "name": "Listening to understand",
                "short": "Finds out what people need.",
                "definition": "Finds out what people want to achieve before acting.",
                "relationships": ["external", "internal"],
                "levels": {
                    level: ["Asks what the person needs before starting.", "Restates the request in own words."]
                    for level in range(1, 5)
                },
            },
        ],
        "selection": {"job_description": {"min": 1, "max": 2}},
    }
)
KIND = Kind.model_validate(
    {
        "id": "job_description",
        "name": {"en": "job description"},
        "sections": {
            "purpose": {"en": ["Job purpose"]},
            "duties": {"en": ["Main duties"]},
            "person_spec": {"en": ["Person specification"]},
        },
        "slots": [
            {
                "id": "purpose",
                "sections": ["purpose"],
                "ops": ["append"],
                "note": "Name the people who receive the work and what they notice of it.",
            },
            {
                "id": "handover",
                "sections": ["duties"],
                "cues": {"en": ["work closely"]},
                "ops": ["append", "comment"],
                "competencies": ["CX-HANDOFF"],
                "standards": ["S04"],
            },
            {
                "id": "listening",
                "sections": ["person_spec"],
                "ops": ["insert_after"],
                "competencies": ["CX-LISTEN"],
            },
        ],
    }
)


def locked(plain: Document) -> Document:
    """Return the document with the locks that HR would see in it."""
    blocks = []
    for block in plain.blocks:
        reason, closed = LOCKED.get(block.id, (None, False))
        blocks.append(replace(block, lock=reason, closed=closed))
    contact = blocks[7].text.index("pay@")
    blocks[7] = replace(blocks[7], spans=(Span(contact, len(blocks[7].text) - 1, "contact (P-CONTACT)"),))
    return replace(plain, blocks=tuple(blocks), kind="job_description", language="en-GB")


def task(**changes: object) -> Task:
    """Return the task; `changes` are fields of the Document."""
    return Task(replace(locked(document(ARCHIVE)), **changes), KIND, PROFILE, FRAMEWORK)  # type: ignore[arg-type]
