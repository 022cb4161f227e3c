"""What a prompt is told besides the document: framework, role, places and limits, as plain values for the template."""

from collections.abc import Iterator, Sequence

from cxify.kinds import Slot
from cxify.writers import Task
from cxify.writers.llm.parts import Part, parts
from cxify.writers.llm.view import View

_INTENSITIES = ("light", "standard", "full")
_SHARES = {"light": 0.5, "standard": 1.0, "full": 1.6}
"""How much of the framework's allowance of new words each intensity takes."""
_MOST_TEXT_EDITS = {"light": 3, "standard": 6, "full": 9}
_MOST_BLOCKS = 12


def parts_of(task: Task) -> tuple[Part, ...]:
    """Return the parts of the document that are sent, each with its share of the edits."""
    return parts(task, _slots(task), _MOST_TEXT_EDITS[task.intensity])


def variables(task: Task, part: Part) -> dict[str, object]:
    """Return the inputs of a proposal prompt. Framework and role are the same for all parts of a document."""
    return {
        "framework": _framework(task),
        "role": _role(task, part.view),
        "places": list(_places(task, part)),
        "limits": _limits(task, part),
        "document": part.view.lines,
    }


def competencies(task: Task) -> tuple[str, ...]:
    """Return the ids with level that edits may name: the role's own first, then those that the kind's slots ask for."""
    level = task.profile.level
    asked = (f"{id}@{level}" for slot in _slots(task) for id in slot.competencies)
    return tuple(dict.fromkeys((*task.profile.competencies, *asked)))


def standards(task: Task) -> tuple[str, ...]:
    """Return the ids of the standards that edits may name."""
    asked = (id for slot in _slots(task) for id in slot.standards)
    return tuple(dict.fromkeys((*task.profile.standards, *asked)))


def _slots(task: Task) -> Sequence[Slot]:
    reach = _INTENSITIES.index(task.intensity)
    return [slot for slot in task.kind.slots if _INTENSITIES.index(slot.intensity) <= reach]


def _framework(task: Task) -> dict[str, object]:
    spoken = task.framework.localised(task.document.language)
    return {
        "terms": spoken.organisation.customer_terms.model_dump(),
        "prohibited": list(spoken.organisation.prohibited_customer_terms),
        "why": spoken.vision.why,
        "competencies": [_competency(task, id) for id in competencies(task)],
        "standards": [_standard(task, id) for id in standards(task)],
        "avoid": [entry.model_dump() for entry in spoken.banned],
    }


def _competency(task: Task, id: str) -> dict[str, object]:
    competency = task.framework.localised(task.document.language).competency(id)
    level = int(id.partition("@")[2] or task.profile.level)
    return {
        "id": id,
        "name": competency.name,
        "definition": competency.definition,
        "indicators": list(competency.indicators(level)),
    }


def _standard(task: Task, id: str) -> dict[str, str]:
    standard = task.framework.localised(task.document.language).standard(id)
    measure = standard.measure
    return {
        "id": standard.id,
        "name": standard.name,
        "statement": standard.statement,
        "measure": measure.what,
        "source": measure.source,
        "target": measure.target.printed,
    }


def _role(task: Task, view: View) -> dict[str, object]:
    profile = task.profile
    return {
        "title": view.masked(profile.role),
        "served": ", ".join(profile.served),
        "competencies": list(profile.competencies),
        "level": profile.level,
        "level_evidence": view.masked(profile.level_evidence),
    }


def _limits(task: Task, part: Part) -> dict[str, object]:
    style = task.framework.style
    length = sum(len(block.text.split()) for block in task.document.body)
    allowed = max(style.min_allowance_words, style.max_new_share * length) * _SHARES[task.intensity]
    return {
        "edits": part.edits,
        "words": round(allowed * part.share),
        "words_per_sentence": style.max_words_per_statement,
        "language": task.document.language,
    }


def _places(task: Task, part: Part) -> Iterator[dict[str, object]]:
    """Yield the kind's slots that this part has, each with the blocks that it means."""
    for slot, blocks in part.offers:
        yield {
            "where": slot.id.replace("_", " "),
            "note": slot.note,
            "operations": list(slot.ops),
            "competencies": [f"{id}@{task.profile.level}" for id in slot.competencies],
            "at_most": slot.max,
            "blocks": list(blocks[:_MOST_BLOCKS]),
        }
