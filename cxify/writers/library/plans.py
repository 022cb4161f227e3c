"""What is looked for in each kind of document, in a line a kind."""

from collections.abc import Callable

from cxify.writers.library import criteria, own, policies, review, steps
from cxify.writers.library.behaviours import behaviours
from cxify.writers.library.candidate import Found
from cxify.writers.library.purpose import purpose
from cxify.writers.library.requirements import listening
from cxify.writers.library.scene import Scene
from cxify.writers.library.statements import statements
from cxify.writers.library.strengthen import denied_customers, duties, new_handover


def plan(scene: Scene) -> Found:
    """Return everything that could be proposed for the document's kind."""
    of_kind = PLANS.get(scene.task.document.kind)
    return of_kind(scene) if of_kind else Found()


def _job_description(scene: Scene) -> Found:
    strengthened = duties(scene, "duties") + denied_customers(scene) + behaviours(scene, "competencies")
    handed_over = any("CX-HANDOFF" in candidate.choices[:1] for candidate in strengthened.candidates)
    return (
        purpose(scene, "purpose", "about_us")
        + strengthened
        + (Found() if handed_over else new_handover(scene, "duties"))
        + listening(scene, "person_spec")
        + own.indicators(scene, "duties", "competencies")
    )


def _job_advert(scene: Scene) -> Found:
    tasks = duties(scene, "duties")
    return (
        purpose(scene, "purpose", "about_us")
        + Found(tuple(candidate for candidate in tasks.candidates if candidate.rank <= 1))
        + listening(scene, "person_spec", "qualifications")
        + own.indicators(scene, "duties")
    )


def _review_form(scene: Scene) -> Found:
    return (
        behaviours(scene, "behaviours", "competencies", "criteria")
        + statements(scene)
        + review.generic_training(scene, "development")
        + review.own_evidence(scene)
        + own.indicators(scene, "behaviours", "competencies")
    )


def _training(scene: Scene) -> Found:
    return steps.training(scene, "modules", "method") + steps.aims(scene, "aims")


def _promotion(scene: Scene) -> Found:
    return criteria.criteria(scene, scene.wording.promotion, most=2) + criteria.evidence(scene)


def _bonus(scene: Scene) -> Found:
    return criteria.criteria(scene, scene.wording.bonus, most=1)


PLANS: dict[str, Callable[[Scene], Found]] = {
    "job_description": _job_description,
    "job_advert": _job_advert,
    "person_specification": lambda scene: listening(scene, "person_spec", "qualifications"),
    "review_form": _review_form,
    "kpi_sheet": criteria.measures,
    "interview_guide": criteria.interview,
    "induction_plan": steps.induction,
    "training_outline": _training,
    "policy": lambda scene: policies.policy(scene, scene.wording.policy),
    "social_media_policy": lambda scene: policies.policy(scene, scene.wording.social_media),
    "promotion_criteria": _promotion,
    "bonus_criteria": _bonus,
    "recognition_scheme": criteria.recognition,
}
