"""New steps of an induction stand on their day, also where one cell holds the day of several rows."""

from pathlib import Path

from cxify import framework, kinds, pipeline
from cxify.pipeline import Options
from cxify.proposal import InsertRowAfter
from cxify.writers.library import LibraryWriter


def test_a_new_row_stands_below_the_merged_cell_of_its_day_and_names_it(samples: Path) -> None:
    made = pipeline.rewrite(
        (samples / "induction_plan_council.docx").read_bytes(),
        framework=framework.load(),
        kinds=kinds.load(),
        writer=LibraryWriter(),
        options=Options(date="2026-11-22T00:00:00Z"),
    )
    rows = [edit.operation.cells for edit in made.accepted if isinstance(edit.operation, InsertRowAfter)]
    assert [cells[0] for cells in rows] == ["Day 1", "Days 3–5", "Week 2"]
    assert not [one for one in made.dropped if isinstance(one.proposed.operation, InsertRowAfter)]
