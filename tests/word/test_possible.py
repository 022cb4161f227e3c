"""One edit that Word's structure cannot take is left out with its reason; the others are written."""

from hashlib import sha256

from cxify import word
from cxify.proposal import Operation
from cxify.provenance import Record, RecordedEdit
from tests.word.build import control, doc, field, p, tbl
from tests.word.judge import AUTHOR, problems
from tests.word.redlines import DATE, after, append, blocks, replace, row_after

SOURCE = doc(
    p("Answers clients."),
    p("Page ", field("PAGE", "1"), " of the plan."),
    p(control("Fixed words", lock="contentLocked"), " and free ones."),
    tbl(("Task", "When"), ("Greets", "Daily")),
    p("Ends."),
)


def record(*operations: Operation) -> Record:
    edits = tuple(RecordedEdit(operation=operation) for operation in operations)
    return Record(date=DATE, author=AUTHOR, source_sha256=sha256(SOURCE).hexdigest(), edits=edits)


def accepted(data: bytes) -> list[str]:
    return list(blocks(word.resolve(data, accept=True)).values())


def test_the_refused_are_named_and_the_rest_is_written() -> None:
    wanted = (
        replace("b1", "clients", "patients"),
        replace("b3", "Fixed", "Loose"),
        append("b3", " Always."),
        row_after("b4", "one", "two", "three"),
        after("b8", "New end."),
        replace("b9", "no", "such block"),
    )
    data, refused = word.redline_possible(SOURCE, record(*wanted))
    assert problems(SOURCE, data) == []
    assert set(refused) == {1, 3, 5}
    assert "locked" in refused[1].message
    assert "b9" in refused[5].message
    assert accepted(data)[:1] == ["Answers patients."]
    assert "Fixed words and free ones. Always." in accepted(data)
    assert accepted(data)[-2:] == ["Ends.", "New end."]


def test_of_two_edits_on_the_same_words_the_first_stays() -> None:
    first, second = replace("b1", "clients", "patients"), replace("b1", "Answers clients", "Calls")
    data, refused = word.redline_possible(SOURCE, record(first, second))
    assert set(refused) == {1}
    assert accepted(data)[0] == "Answers patients."


def test_with_nothing_left_the_file_is_the_source_with_its_record() -> None:
    data, refused = word.redline_possible(SOURCE, record(replace("b3", "Fixed", "Loose")))
    assert set(refused) == {0}
    assert blocks(data) == blocks(SOURCE)
    assert word.provenance_of(data) is not None


def test_a_record_without_edits_keeps_what_the_file_tells_of_earlier_runs() -> None:
    earlier, _ = word.redline_possible(SOURCE, record(replace("b1", "clients", "patients")))
    again, _ = word.redline_possible(earlier, record())
    found = word.provenance_of(again)
    assert found is not None
    assert [run["source_sha256"] for run in found["earlier"]] == [sha256(SOURCE).hexdigest()]


def test_an_opened_package_gives_the_same_bytes_as_the_file() -> None:
    package = word.open_package(SOURCE)
    assert word.read(package) == word.read(SOURCE)
    wanted = record(replace("b1", "clients", "patients"), append("b8", " Always."))
    assert word.redline_possible(package, wanted) == word.redline_possible(SOURCE, wanted)
    assert word.read(package) == word.read(SOURCE)
