"""Gold cases: recognised for what they are; the experts' own edits score full marks; gates are gates."""

import dataclasses
from pathlib import Path

import pytest

from cxify import framework as frameworks
from cxify import kinds, rules
from cxify.document import Document
from cxify.evaluation import Case, expert, score
from cxify.proposal import Proposed
from tests.evaluation.desk import CASES, EVALS, FLOORS, checked, every_case, falls_short, judged, read, source
from tests.libreoffice import Referee


@every_case
def test_a_case_is_recognised_for_what_it_is(case: Case) -> None:
    """The Word file has the text of the case, and cxify sees the kind and the state that the expert names."""
    document = read(case.id)
    case.blocks(document)
    seen = {"kind": document.kind, "state": document.state, "language": document.language}
    wanted = {"kind": case.kind, "state": case.state, "language": case.locale}
    falls_short(case, "recognised", [f"{key} is {seen[key]}" for key in wanted if seen[key] != wanted[key]])


@every_case
def test_the_source_s_own_faults_are_found(case: Case) -> None:
    """All that the expert names, and no others."""
    document = read(case.id)
    found = {
        finding.rule
        for finding in rules.source(document, kinds.load()[document.kind], case.applied_to(frameworks.load()))
    }
    wanted = set(case.source_findings)
    problems = [f"{rule} is not found" for rule in sorted(wanted - found)]
    falls_short(case, "findings", [*problems, *(f"{rule} is a false alarm" for rule in sorted(found - wanted))])


@every_case
def test_the_expert_s_own_edits_score_full_marks(case: Case) -> None:
    """No rule objects to any of them, and the scorer recognises each."""
    edits = expert.proposal(case, read(case.id))
    objections = [f.message for f in checked(case, edits).findings if f.severity == "block"] if edits else []
    falls_short(case, "expert", objections)
    verdict = judged(case, edits)
    assert (verdict.failures, verdict.missed, round(verdict.conveys, 2)) == ((), (), 1.0)
    assert verdict.total == 100


@every_case
def test_doing_nothing_is_right_only_where_nothing_is_wanted(case: Case) -> None:
    """It breaks nothing, and it is worth little elsewhere."""
    verdict = judged(case, [])
    assert verdict.passed
    assert (verdict.total == 100) if case.restraint or not case.expected else (verdict.total <= 60)


def test_a_lost_line_fails_the_case() -> None:
    """Pay, grades and the rest are looked for in the result itself."""
    case = CASES["G2"]

    def raised(result: Document) -> Document:
        return dataclasses.replace(
            result, blocks=tuple(dataclasses.replace(b, text=b.text.replace("$24.50", "$26.50")) for b in result.blocks)
        )

    verdict = judged(case, expert.proposal(case, read("G2")), raised)
    assert (verdict.untouched, verdict.failures) == (0, ("P04 is not intact",))


@pytest.mark.parametrize("id", ["R1", "R5", "R6"])
def test_an_edit_of_a_signed_or_completed_form_fails_the_case(id: str) -> None:
    """The rules would have dropped it; the scorer does not rely on that."""
    document = read(id)
    block = next(block for block in document.body if block.place and block.text) if id != "R5" else document.blocks[9]
    edit = Proposed.model_validate(
        {
            "operation": {"op": "append", "block": block.id, "text": " Noted."},
            "reason": "-",
            "competencies": ["CX-OWN@1"],
        }
    )
    assert checked(CASES[id], [edit]).accepted == ()
    assert not score(CASES[id], document, [edit], document).passed


def test_an_edit_counts_at_every_place_that_is_as_good() -> None:
    """Experts differ; `also_at` says where else."""
    case = CASES["P3"]
    expected = next(expected for expected in case.expected if expected.also_at)
    moved = expected.model_copy(update={"at": expected.also_at[0]})
    edits = expert.proposal(case.model_copy(update={"expected": (moved,)}), read("P3"))
    there = score(case, read("P3"), edits, read("P3"))
    assert expected.id not in there.missed


def test_known_shortcomings_are_explained() -> None:
    """Whoever reads KNOWN.md finds each case of floors.yaml there."""
    text = (EVALS / "KNOWN.md").read_text("utf-8")
    unexplained = [id for id in FLOORS["known"] if id not in text.replace(",", " ").split()]
    assert unexplained == []
    assert set(FLOORS["known"]) <= set(CASES)
    assert set(FLOORS["points"]) == set(CASES)


@pytest.mark.libreoffice
@pytest.mark.parametrize("id", ["A1", "R9", "S1", "V1", "V3"])
@pytest.mark.long
def test_another_program_reads_the_whole_case(id: str, referee: Referee, tmp_path: Path) -> None:
    """Text boxes, headers, controls and merged cells are what LibreOffice sees, and not only what cxify reads."""
    path = tmp_path / f"{id}.docx"
    path.write_bytes(source(id))
    read_there = "\n".join(text for story in referee.texts(path).values() for text in story).replace("\t", " ")
    lines = [line for cells in CASES[id].labels.values() for cell in cells for line in cell.split("\n")]
    assert [line for line in lines if line.replace("\t", " ") not in read_there] == []
