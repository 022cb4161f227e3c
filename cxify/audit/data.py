"""The audit as JSON: stable keys; further ones may be added at the end."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cxify.audit.facts import CUSTOMER_FACING, PILLARS, SURVEY_SCORE, Evidence, Facts
from cxify.audit.plan import Step
from cxify.audit.survey import Audit, Unit
from cxify.audit.table import status_of
from cxify.provenance import PURPOSE


def data(audit: Audit) -> dict[str, Any]:
    """Return the audit ready for JSON."""
    return {
        "purpose": PURPOSE,
        "summary": _summary(audit),
        "documents": [_document(facts) for facts in audit.documents],
        "unread": [asdict(unread) for unread in audit.unread],
        "departments": [_department(unit) for unit in audit.units],
        "matrix": {
            kind: {id: [facts.file for facts in audit.having(kind, id)] for id in audit.competencies}
            for kind in audit.kinds
        },
        "handovers": [asdict(handover) for handover in audit.handovers],
        "portfolio": [asdict(finding) for finding in audit.findings],
        "plan": [_step(step) for step in audit.steps],
    }


def _summary(audit: Audit) -> dict[str, int]:
    return {
        "documents": len(audit.documents),
        "read_for_customer_experience": len(audit.concerned),
        "without_customer_experience": len(audit.without),
        "filled_in_forms": len(audit.personal),
        "other_kinds": len(audit.other),
        "other_languages": len(audit.foreign),
        "unread": len(audit.unread),
        "departments": len(audit.units),
        "customer_facing": len(audit.customer_facing),
        "survey_scores": len(audit.survey_scores),
        "handovers": len(audit.handovers),
        "handovers_unanswered": sum(handover.answer == "unanswered" for handover in audit.handovers),
        "handovers_unnamed": sum(handover.answer == "unnamed" for handover in audit.handovers),
    }


def _document(facts: Facts) -> dict[str, Any]:
    held = facts.held
    return {
        "file": facts.file,
        "sha256": facts.sha256,
        "status": status_of(facts),
        "kind": facts.kind,
        "language": facts.language,
        "state": facts.state,
        "department": facts.unit,
        "department_stated": facts.unit_stated,
        "role": facts.role,
        **{pillar: _evidence(held.pillar(pillar)) for pillar in PILLARS},
        "reasons": _evidence(held.whys),
        "mentions": _evidence(held.mentions),
        "competencies": list(held.competencies),
        "customer_facing": [finding.quote for finding in facts.found(CUSTOMER_FACING)],
        "survey_scores": [finding.quote for finding in facts.found(SURVEY_SCORE)],
        "findings": [asdict(finding) for finding in facts.findings],
    }


def _evidence(found: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _department(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "stated": unit.stated,
        "documents": [facts.file for facts in unit.documents],
        **{pillar: sum(bool(facts.held.pillar(pillar)) for facts in unit.documents) for pillar in PILLARS},
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "file": step.facts.file,
        "department": step.facts.unit,
        "reaches": step.reaches,
        "missing": list(step.missing),
        "blank_form": step.blank_form,
    }
