"""The document as a tree: nothing is lost, and every suggestion stands in its place."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxify import word
from cxify.errors import InputError
from cxify.evaluation.case import load as load_case
from cxify.evaluation.wordfile import word_file as gold_file
from cxify.proposal import Comment
from cxify.review import BoxNode, Heading, ListNode, Paragraph, Piece, TableNode
from tests.conftest import CORPUS, ROOT
from tests.review.papers import Paper, accepted, counted, decide, line_of, paper, read, rewritten, texts
from tests.word.build import control, dele, doc, field, ins, link, p, row, tbl, text_box
from tests.word.generated import DOCUMENTS, edits
from tests.word.redlines import after, append, remark, replace, row_after
from tests.word.test_corpus import operations
from tests.worddoc import word_file

SAMPLES = sorted((ROOT / "samples").glob("*.docx"))
WILD = sorted(CORPUS.glob("*.do[ct][xm]")) if CORPUS.is_dir() else []


def whole(made: Paper) -> None:
    """Expect that the view says what the files say, with nothing accepted and with everything."""
    seen = made.view()
    assert texts(seen, accepted=False) == read(made.source)
    assert texts(seen, accepted=True) == accepted(made.output)
    every = [decide(number, "reject") for number in range(len(made.record.edits))]
    assert texts(made.view(*every), accepted=True) == read(made.source)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_view_of_a_sample_says_what_the_document_says(path: Path) -> None:
    whole(rewritten(path.read_bytes()))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.data())
def test_the_view_of_any_document_says_what_it_says(source: bytes, data: st.DataObject) -> None:
    whole(paper(source, *edits(data, source)))


@pytest.mark.long
@pytest.mark.parametrize("path", WILD, ids=lambda path: path.stem)
def test_the_view_of_a_file_from_the_wild_says_what_it_says(path: Path) -> None:
    source = path.read_bytes()
    try:
        document = word.read(source)
    except InputError:
        pytest.skip("refused at the gate")
    made = [o for o in operations(document, 4, path.name) if o.op != "replace"]
    whole(paper(source, *{(o.block, o.op): o for o in made}.values()))


GOLD = sorted((ROOT / "evals" / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", GOLD[:: len(GOLD) // 4], ids=lambda path: path.stem)
def test_the_view_of_a_gold_case_says_what_it_says(path: Path) -> None:
    whole(rewritten(gold_file(load_case(path))))


def test_only_the_words_that_differ_are_marked() -> None:
    source = word_file("Duties", "Answer letters from clients within a week.")
    made = paper(source, replace("b2", "from clients", "from residents"), append("b2", " Say who answers."))
    assert line_of(made.view(), "letters").pieces == (
        Piece("Answer letters from "),
        Piece("clients", "del", 0),
        Piece("residents", "ins", 0),
        Piece(" within a week."),
        Piece(" Say who answers.", "ins", 1),
    )


def test_a_rejected_suggestion_leaves_the_text_and_keeps_its_place() -> None:
    made = paper(word_file("Duties", "Answer letters."), append("b2", " Say who answers."), after("b2", "Count them."))
    seen = made.view(decide(0, "reject"), decide(1, "reject"))
    line = line_of(seen, "letters")
    assert line.pieces == (Piece("Answer letters."),)
    assert line.suggestions == (0, 1)
    assert "Count them." not in texts(seen, accepted=True)


def test_a_person_sees_their_own_wording_in_its_place() -> None:
    made = paper(word_file("Duties", "Answer letters."), append("b2", " Say who answers."))
    line = line_of(made.view(decide(0, "edit", " Name the next step.")), "letters")
    assert line.pieces[-1] == Piece(" Name the next step.", "ins", 0)


def test_what_may_not_change_is_shown_with_its_reason() -> None:
    first = p("The rota of page ", field("PAGE", "3"), " is kept for ", control("two"), " years in the office.")
    source = doc(first, p(control("signed", lock="contentLocked")))
    one, second = paper(source).view().lines()
    assert one.pieces[1] == Piece("3", "locked", reason="text that Word generates itself (field PAGE)")
    assert one.pieces[3] == Piece("two", "control")
    assert second.lock == second.pieces[0].reason == "a content control that its author locked"


def test_other_peoples_changes_are_shown_as_theirs() -> None:
    source = doc(p("We ", dele("shall "), ins("will "), "call ", link("you"), "."))
    assert [(piece.text, piece.sort, piece.author) for piece in next(paper(source).view().lines()).pieces] == [
        ("We ", "text", ""),
        ("shall ", "their_del", "Ben"),
        ("will ", "their_ins", "Ann"),
        ("call ", "text", ""),
        ("you", "text", ""),
        (".", "text", ""),
    ]


def test_comments_stand_at_their_words_or_at_their_paragraph() -> None:
    source = word_file("Duties", "Answer letters.", "Lock the doors.")
    made = paper(source, remark("b2", "Which letters?", quote="letters"), remark("b3", "When?"))
    seen = made.view()
    assert line_of(seen, "Answer").pieces[1] == Piece("letters", comments=(0,))
    assert line_of(seen, "Lock").comments == (1,)


def test_lists_are_nested_by_level_and_a_new_item_joins_its_list() -> None:
    source = doc(p("One", bullet=True), p("Two", bullet=True), p("Text"))
    first, second = paper(source, after("b1", "New")).view().body
    assert isinstance(first, ListNode)
    assert [item.text(accepted=True) for item in first.items] == ["One", "New", "Two"]
    assert first.items[1].suggestion == 0
    assert isinstance(second, Paragraph)


def test_a_new_row_stands_in_its_table_below_the_header() -> None:
    source = doc(p("Duties", style="Heading1"), tbl(["Task", "Owner"], row(p("Letters"), p("Kim"))), p("End"))
    heading, table, _ = paper(source, row_after("b4", "Calls", "")).view().body
    assert isinstance(heading, Heading)
    assert isinstance(table, TableNode)
    texts_of_rows = [[c.nodes[0].text(accepted=True) for c in r.cells] for r in table.rows]  # type: ignore[union-attr]
    assert texts_of_rows == [["Task", "Owner"], ["Letters", "Kim"], ["Calls", ""]]
    assert [r.suggestion for r in table.rows] == [None, None, 0]


def test_a_merged_cell_is_one_cell_over_its_rows() -> None:
    def cell(text: str, merge: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{merge}</w:tcPr>{p(text)}</w:tc>'

    rows = [("Area", '<w:vMerge w:val="restart"/>', "one"), ("", "<w:vMerge/>", "two"), ("", "<w:vMerge/>", "three")]
    table = "".join(f"<w:tr>{cell(text, merge)}{cell(other, '')}</w:tr>" for text, merge, other in rows)
    source = doc(f'<w:tbl><w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="1"/></w:tblGrid>{table}</w:tbl>', p("End"))
    node = paper(source, row_after("b2", "", "one and a half")).view().body[0]
    assert isinstance(node, TableNode)
    assert [[(c.rows, c.nodes[0].text(accepted=True)) for c in r.cells] for r in node.rows] == [  # type: ignore[union-attr]
        [(4, "Area"), (1, "one")],
        [(1, "one and a half")],
        [(1, "two")],
        [(1, "three")],
    ]


def test_headers_notes_boxes_and_comments_of_others_are_there() -> None:
    source = doc(
        p("Host ", text_box(p("Boxed"))), p("End"), headers={"default": p("Head")}, footnotes=["Note."], comments=["Hm"]
    )
    seen = paper(source).view()
    assert [story.name for story in seen.stories] == ["header1", "footnotes"]
    assert [comment.text for comment in seen.comments] == ["Hm"]
    box = seen.body[1]
    assert isinstance(box, BoxNode)
    assert [line.text(accepted=False) for line in box.nodes if isinstance(line, Paragraph)] == ["Boxed"]


def test_a_card_says_what_hr_needs(samples: Path) -> None:
    made = rewritten((samples / "job_description_nurse_uk.docx").read_bytes())
    card = next(one for one in made.view().suggestions if one.competencies)
    assert card.sort == "edit"
    assert card.standing.state == "open"
    assert card.competencies[0].name != card.competencies[0].id
    assert len(card.competencies[0].describes) >= 2
    assert card.evidence in word.read(made.source).by_id[card.evidence_block or ""].text
    assert card.reason in card.remark
    assert "".join(change.text for change in card.changes if change.sort != "del") == card.after
    questions = [one for one in made.view().suggestions if one.sort == "question"]
    assert all(isinstance(one.operation, Comment) and not one.reason for one in questions)


def test_the_record_of_another_file_is_refused() -> None:
    made = paper(word_file(), append("b3", " More."))
    with pytest.raises(InputError, match="another file"):
        Paper(word_file("Other."), made.record, b"").view()


def test_a_long_document_takes_a_pass_and_not_a_pass_a_paragraph() -> None:
    def calls(paragraphs: int) -> int:
        source = word_file(*[f"Answer letter {n} of {paragraphs}." for n in range(paragraphs)])
        made = paper(source, *[append(f"b{n}", " Say who answers.") for n in range(1, 20)])
        return counted(made.view)

    calls(20)  # reads the data and compiles the patterns
    assert calls(1600) < 2.6 * calls(800)
