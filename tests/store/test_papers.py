"""A paper is its owner's: from upload to result, and to nobody else unless they are to approve it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from cxify import store
from cxify.errors import NotFound
from cxify.store import approvals, batches, decisions, documents, frameworks, lists, looks, papers
from cxify.store.approvals import Verdict
from cxify.store.corrections import Correction
from cxify.store.moment import now
from cxify.store.papers import NewPaper, Standing
from cxify.store.people import Person, Role
from tests.store.uploaded import done, person, started, uploaded


def test_a_paper_goes_from_upload_to_result(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    paper = papers.mine(database, ada, id)
    assert (paper.standing, paper.name, paper.size) == (Standing.UPLOADED, "a.docx", 5)
    assert (paper.looked, papers.source(database, id)) == ({"kind": "advert"}, b"words")
    document = started(database, ada, id)
    assert papers.mine(database, ada, id).standing is Standing.WAITING
    assert documents.take(database, document)
    assert papers.mine(database, ada, id).standing is Standing.WORKING
    assert documents.finish(database, document, output=b"", page=None, outcome={})
    assert papers.mine(database, ada, id).standing is Standing.READY


def test_why_its_document_failed_is_told_with_the_paper(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    document = started(database, ada, id)
    documents.take(database, document)
    documents.fail(database, document, {"message": "It is empty."})
    paper = papers.mine(database, ada, id)
    assert (paper.standing, paper.error) == (Standing.FAILED, {"message": "It is empty."})


def test_a_refused_file_is_told_and_its_bytes_are_not_kept(database: Engine) -> None:
    ada = person(database)
    with store.writing(database) as connection:
        batch = batches.add(connection, ada.id, {})
        new = NewPaper("a.pdf", b"%PDF", "0" * 64, error={"message": "It is no Word document."})
        id = papers.add(connection, batch, ada.id, new, now() + timedelta(days=1))
        assert not papers.started(connection, id, 1)
    paper = papers.mine(database, ada, id)
    assert (paper.standing, paper.size) == (Standing.REFUSED, 4)
    assert papers.source(database, id) == b""


def test_what_a_word_file_was_made_from_is_kept_as_it_came(database: Engine) -> None:
    id = uploaded(database, person(database))
    assert papers.original(database, id) == b"words"
    for made in (b"made once", b"made twice"):
        with store.writing(database) as connection:
            papers.replace_source(connection, id, made)
        assert (papers.source(database, id), papers.original(database, id)) == (made, b"words")
    with store.writing(database) as connection:
        papers.refuse(connection, id, {"message": "It cannot be used."})
    assert (papers.source(database, id), papers.original(database, id)) == (b"", b"")


def test_somebody_elses_paper_is_as_one_that_does_not_exist(database: Engine) -> None:
    id = uploaded(database, person(database, "Ada"))
    eve = person(database, "Eve", Role.ADMIN)
    said = set()
    for other in (id, "x" * 22):
        for look in (papers.mine, papers.visible):
            with pytest.raises(NotFound) as refused:
                look(database, eve, other)
            said.add(str(refused.value))
    assert len(said) == 1


def test_an_approver_reads_what_is_to_be_approved_and_an_editor_does_not(database: Engine) -> None:
    ada, grace = person(database, "Ada"), person(database, "Grace", Role.APPROVER)
    id = uploaded(database, ada)
    with store.writing(database) as connection:
        approvals.add(connection, id, ada.id, Verdict.ASKED)
    assert papers.visible(database, grace, id).id == id
    with pytest.raises(NotFound):
        papers.mine(database, grace, id)
    with pytest.raises(NotFound):
        papers.visible(database, person(database, "Eve"), id)


def test_somebody_elses_batch_is_as_one_that_does_not_exist(database: Engine) -> None:
    ada = person(database, "Ada")
    batch = papers.mine(database, ada, uploaded(database, ada)).batch_id
    assert batches.mine(database, ada, batch).owner == ada.id
    with pytest.raises(NotFound):
        batches.mine(database, person(database, "Eve"), batch)


def test_a_paper_is_started_once(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    document = started(database, ada, id)
    with store.writing(database) as connection:
        assert not papers.started(connection, id, document)


def test_decisions_are_added_and_stay(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    with store.writing(database) as connection:
        for action, told in (("accept", {}), ("undo", {}), ("edit", {"text": "words"})):
            decisions.add(connection, id, ada.id, 3, action, told)
    found = decisions.of(database, id)
    assert [(each.suggestion, each.action, each.told) for each in found][-1] == (3, "edit", {"text": "words"})
    assert all(each.person_id == ada.id and each.at.tzinfo for each in found)
    assert decisions.counts(database, [id]) == {id: 1}


def test_what_awaits_approval_is_shown_to_others_until_it_is_answered(database: Engine) -> None:
    ada, grace = person(database, "Ada"), person(database, "Grace", Role.APPROVER)
    id = uploaded(database, ada)
    with store.writing(database) as connection:
        approvals.add(connection, id, ada.id, Verdict.ASKED, "Please look.")
    assert [each.paper_id for each in approvals.awaited(database, grace.id)] == [id]
    assert approvals.awaited(database, ada.id) == []
    with store.writing(database) as connection:
        approvals.add(connection, id, grace.id, Verdict.APPROVED)
    assert approvals.awaited(database, grace.id) == []
    assert [each.verdict for each in approvals.of(database, id)] == [Verdict.ASKED, Verdict.APPROVED]


def test_one_version_of_the_framework_is_in_use(database: Engine) -> None:
    ada = person(database)
    with store.writing(database) as connection:
        first, second = (frameworks.add(connection, "Ours", each, {"f.yaml": each.encode()}, ada.id) for each in "12")
        frameworks.activate(connection, first)
        frameworks.activate(connection, second)
    used = frameworks.active(database)
    assert used is not None
    assert (used.id, frameworks.contents(database, used)) == (second, {"f.yaml": b"2"})
    with store.writing(database) as connection:
        frameworks.activate(connection, None)
    assert frameworks.active(database) is None
    assert [each.version for each in frameworks.all_of(database)] == ["2", "1"]


def test_a_finished_paper_keeps_its_results_with_its_document(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    done(database, started(database, ada, id), output=b"redlined")
    number = papers.mine(database, ada, id).document_id
    assert number is not None
    assert documents.result(database, number).output == b"redlined"


def _beside(engine: Engine, owner: Person, name: str) -> str:
    """Upload a paper beside the others of a person and return its id."""
    others = lists.of_person(engine, owner.id)
    with store.writing(engine) as connection:
        batch = others[0].batch_id if others else batches.add(connection, owner.id, {})
        new = NewPaper(name, name.encode(), "0" * 64, looked={"kind": "advert"})
        return papers.add(connection, batch, owner.id, new, now() + timedelta(days=1))


def test_who_corrects_what_was_corrected_meanwhile_is_told(database: Engine) -> None:
    ada = person(database)
    before = papers.mine(database, ada, uploaded(database, ada))
    with store.writing(database) as connection:
        assert looks.correct(connection, before, {"kind": "advert"}, Correction(language="de"))
        assert not looks.correct(connection, before, {"kind": "policy"}, Correction(kind="policy"))
        again = papers.mine(connection, ada, before.id)
        assert looks.correct(connection, again, {"kind": "advert", "language": "en-GB"}, again.correction)
    paper = papers.mine(database, ada, before.id)
    assert paper.correction == Correction(language="de")
    (listed,) = lists.of_person(database, ada.id)
    assert (listed.correction, listed.taken_for) == (paper.correction, "advert")


def test_what_is_chosen_for_a_whole_upload_is_looked_at_again_where_it_changes_something(database: Engine) -> None:
    ada = person(database)
    first, same, refused = (_beside(database, ada, name) for name in ("first", "same", "refused"))
    batch = papers.mine(database, ada, first).batch_id
    with store.writing(database) as connection:
        papers.refuse(connection, refused, {"message": "no"})
        assert looks.correct(connection, papers.mine(connection, ada, same), {"kind": "advert"}, Correction("policy"))
        assert looks.correct_all(connection, batch, {"kind": "policy"}) == 1
    assert looks.unread(database, batch) == [(first, ada.id)]
    paper = papers.mine(database, ada, first)
    assert (paper.unread, paper.correction, paper.looked) == (True, Correction("policy"), {"kind": "advert"})
    with store.writing(database) as connection:
        assert looks.correct_all(connection, batch, {"kind": None, "language": "de"}) == 2
    assert papers.mine(database, ada, same).correction == Correction(language="de")
    assert {each.word for each in lists.of_batch(database, batch)} == {"reading", "refused"}


def test_uploads_that_were_begun_before_languages_could_be_chosen_still_open() -> None:
    assert [Correction().key, Correction("policy").key] == ["", "policy"]
    assert len({Correction(kind, tag).key for kind in (None, "policy") for tag in (None, "de", "de-CH")}) == 6
