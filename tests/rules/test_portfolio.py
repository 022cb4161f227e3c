"""What only shows when the documents of an organisation lie side by side."""

from cxify import rules
from cxify.document import Finding
from cxify.rules import portfolio
from cxify.rules.portfolio import Facts

SENTENCE = "Say what happens next and by when if the answer needs time."


def facts(file: str, kind: str = "job_description", **known: object) -> Facts:
    given = {"role": "nurse", "competencies": ("CX-OWN@2",), "standards": ("S02",), **known}
    return Facts(file, kind, **given)  # type: ignore[arg-type]


def found(*documents: Facts) -> dict[str, Finding]:
    return {finding.rule: finding for finding in portfolio.check(documents)}


def test_documents_of_a_role_that_agree_say_nothing() -> None:
    advert = facts("advert", "job_advert", competencies=("CX-OWN@2",))
    described = facts("described", competencies=("CX-OWN@2", "CX-LISTEN@2"))
    assert not found(described, advert)


def test_another_competency_or_level_breaks_the_thread() -> None:
    described = facts("described")
    for strange in ("CX-LEAD@2", "CX-OWN@3"):
        finding = found(facts("advert", "job_advert", competencies=(strange,)), described)["CXL-801"]
        assert "advert asks for " + strange in finding.message
        assert "described" in finding.message


def test_what_the_role_agreed_on_may_be_used_by_any_of_its_documents() -> None:
    described = facts("described", agreed=("CX-OWN@2", "CX-LISTEN@2"))
    assert not found(described, facts("advert", "job_advert", competencies=("CX-LISTEN@2",)))


def test_the_same_job_in_two_units_is_two_roles() -> None:
    assert not found(facts("a", unit="Ward 1"), facts("b", unit="Ward 2", competencies=("CX-LEAD@2",)))


def test_different_roles_need_not_agree() -> None:
    assert not found(facts("a"), facts("b", role="senior nurse", competencies=("CX-LEAD@3",)))


def test_a_role_without_any_customer_experience_is_named_also_the_chief() -> None:
    finding = found(facts("ceo", role="chief executive", competencies=(), standards=()))["CXL-802"]
    assert "“Chief executive”" in finding.message


def test_a_role_without_a_standard_is_named() -> None:
    assert "no service standard" in found(facts("a", standards=()))["CXL-802"].message


def test_one_document_of_the_role_is_enough() -> None:
    assert not found(facts("a"), facts("b", "review_form", competencies=(), standards=()))


def test_documents_about_no_role_lack_nothing() -> None:
    assert not found(facts("policy", "policy", role="", competencies=(), standards=()))


def test_customer_experience_in_training_only_is_named() -> None:
    training = facts("training", "training_outline", role="", unit="Stores")
    silent = facts("review", "review_form", role="", unit="Stores", competencies=(), standards=())
    assert "review do not" in found(training, silent)["CXL-803"].message
    assert "CXL-803" not in found(training, silent, facts("described", role="", unit="Stores"))
    assert "CXL-803" not in found(training)


def test_a_sentence_for_many_jobs_is_boilerplate() -> None:
    jobs = [facts(f"{number}", role=f"job {number}", inserted=(SENTENCE,)) for number in range(2)]
    others = [facts(f"other {number}", role=f"other {number}") for number in range(4)]
    assert "2 of 6 jobs" in found(*jobs, *others)["CXL-805"].message
    assert "CXL-805" not in found(*jobs, *others, facts("x", role="x"))


def test_spelling_hides_no_boilerplate_and_labels_are_none() -> None:
    same = (SENTENCE, SENTENCE.upper(), f" {SENTENCE[:-1]}")
    jobs = [facts(str(number), role=f"job {number}", inserted=(text,)) for number, text in enumerate(same)]
    assert "3 of 3 jobs" in found(*jobs)["CXL-805"].message
    short = [facts(str(number), role=f"job {number}", inserted=("Complete handovers",)) for number in range(3)]
    assert "CXL-805" not in found(*short)


def test_the_documents_of_one_role_may_say_the_same() -> None:
    same = [facts(str(number), "job_advert", inserted=(SENTENCE,)) for number in range(5)]
    assert not found(*same, facts("b", role="b"), facts("c", role="c"), facts("d", role="d"))


def test_the_order_of_the_documents_changes_nothing() -> None:
    documents = [facts("a"), facts("b", "job_advert", competencies=("CX-LEAD@2",)), facts("c", role="c", standards=())]
    assert portfolio.check(documents) == portfolio.check(documents[::-1])


def test_an_organisation_switches_a_rule_off() -> None:
    book = rules.load()
    off = [rule.model_copy(update={"enabled": rule.id != "CXL-802"}) for rule in book.rules]
    quiet = type(book).model_validate({**book.model_dump(), "rules": [rule.model_dump() for rule in off]})
    assert not portfolio.check([facts("a", standards=())], book=quiet)
