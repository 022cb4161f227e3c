"""What is looked for in each kind of document, in a line a kind."""

from collections.abc import Callable
from dataclasses import replace

from cxify.writers.library import criteria, interview, measures, own, policies, prose, questionnaire, review, training
from cxify.writers.library.behaviours import behaviours
from cxify.writers.library.candidate import Found
from cxify.writers.library.competency_framework import competency_framework
from cxify.writers.library.guidance import guidance
from cxify.writers.library.induction import induction
from cxify.writers.library.purpose import purpose
from cxify.writers.library.requirements import handing_over, listening
from cxify.writers.library.scene import Scene
from cxify.writers.library.statements import statements
from cxify.writers.library.strengthen import denied_customers, duties, new_handover


def plan(scene: Scene) -> Found:
    """Return everything that could be proposed for the document's kind."""
    kind = scene.task.kind
    of_kind = PLANS.get(kind.id) or PLANS.get(kind.like) or (_of_slots if kind.slots else None)
    return of_kind(scene) if of_kind else Found()


def _of_slots(scene: Scene) -> Found:
    """Look at the sections that an organisation's own kind names, when it is like none of the others."""
    roles = tuple(dict.fromkeys(role for slot in scene.task.kind.slots for role in slot.sections))
    return duties(scene, *roles) + own.indicators(scene, *roles)


def _job_description(scene: Scene) -> Found:
    strengthened = _with_handover(
        duties(scene, "duties", "relationships") + denied_customers(scene) + behaviours(scene, "competencies")
    )
    handed_over = any("CX-HANDOFF" in candidate.choices[:1] for candidate in strengthened.candidates)
    return (
        purpose(scene, "purpose", "about_us")
        + strengthened
        + (Found() if handed_over else new_handover(scene, "duties"))
        + listening(scene, "person_spec")
        + own.indicators(scene, "duties", "competencies")
    )


def _with_handover(found: Found) -> Found:
    """Bring forward the best duty that can carry a handover: every job description says what is handed over."""
    carrying = [one for one in found.candidates if "CX-HANDOFF" in one.choices[:1]]
    best = min(carrying, key=lambda one: (one.rank, one.order), default=None)
    if best is None or best.rank <= 1:
        return found
    return replace(found, candidates=tuple(replace(one, rank=1) if one is best else one for one in found.candidates))


def _job_advert(scene: Scene) -> Found:
    why = purpose(scene, "purpose", "about_us", first="CX-CLEAR")
    possible = sorted(duties(scene, "duties").candidates, key=lambda candidate: candidate.rank)
    # Without a sentence on whom the work serves one duty has to show it.
    tasks = [candidate for candidate in possible if candidate.rank <= 1] or possible[: not why.candidates]
    passed_on = next((candidate for candidate in tasks if "CX-HANDOFF" in candidate.choices[:1]), None)
    return (
        why
        + Found(tuple(replace(candidate, rank=0) if candidate is passed_on else candidate for candidate in tasks))
        + listening(scene, "person_spec", "qualifications")
        + prose.listening_plus(scene, {candidate.block for candidate in why.candidates})
        + own.indicators(scene, "duties")
    )


def _review_form(scene: Scene) -> Found:
    found = (
        behaviours(scene, "behaviours", "competencies", "criteria")
        + statements(scene)
        + questionnaire.lines(scene)
        + questionnaire.open_questions(scene)
        + review.generic_training(scene, "development")
        + review.own_evidence(scene)
        + own.indicators(scene, "behaviours", "competencies")
    )
    return found if found.candidates else found + guidance(scene)


def _kpi_sheet(scene: Scene) -> Found:
    """Beside the measures, say in the purpose whom they are for, where the sheet has such a part and names them."""
    if measures.are_open(scene):
        return guidance(scene)
    named = scene.served and any(scene.in_roles("purpose", "policy_purpose"))
    why = purpose(scene, "purpose", "policy_purpose").candidates if named else ()
    return measures.measures(scene) + Found(tuple(replace(candidate, rank=2) for candidate in why))


def _induction(scene: Scene) -> Found:
    return induction(scene) + review.generic_training(scene)


def _training(scene: Scene) -> Found:
    own_cases = review.generic_training(scene, "modules", "method", "development")
    taken = {candidate.block for candidate in own_cases.candidates}
    return own_cases + training.training(scene, taken, "modules", "method") + training.aims(scene, "aims", *_AIMS)


def _promotion(scene: Scene) -> Found:
    return criteria.criteria(scene, scene.wording.promotion, most=2) + criteria.evidence(scene)


def _bonus(scene: Scene) -> Found:
    return criteria.criteria(scene, scene.wording.bonus, most=1) + criteria.evidence(scene)


_AIMS = ("purpose", "policy_purpose", "objectives")
"""Where training outlines state their aims in prose."""

PLANS: dict[str, Callable[[Scene], Found]] = {
    "job_description": _job_description,
    "job_advert": _job_advert,
    "person_specification": lambda scene: (
        listening(scene, "person_spec", "qualifications") + handing_over(scene, "person_spec", "qualifications")
    ),
    "review_form": _review_form,
    "kpi_sheet": _kpi_sheet,
    "interview_guide": interview.interview,
    "induction_plan": _induction,
    "training_outline": _training,
    "policy": lambda scene: policies.policy(scene, scene.wording.policy),
    "social_media_policy": lambda scene: policies.policy(scene, scene.wording.social_media),
    "promotion_criteria": _promotion,
    "bonus_criteria": _bonus,
    "competency_framework": competency_framework,
    "recognition_scheme": lambda scene: criteria.recognition(scene) + criteria.nomination(scene),
}
