"""At a glance a run knows which documents cannot share a role: nothing changes for the others when nobody waits."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxify import framework, kinds, pipeline, profile
from cxify.errors import InputError, NotWordDocument
from cxify.profile import Glance, Seen, glance, key, related
from tests.documents import document
from tests.evaluation.desk import CASES, source
from tests.worddoc import word_file

FRAMEWORK = framework.load()
KINDS = kinds.load()
OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
JOBS = ("", "Nurse", "NURSE (Band 5)", "Clerk (m/w/d)", "Clerk", "Buyer")
LINES = ("nurse", "clerk", "buyer", "purpose")
UNITS = ("", "Ward 1", "Ward 2", "Finance")
KEYS = tuple(sorted({key(job) for job in JOBS} - {""}))


def numbers(*keys: str) -> tuple[int, ...]:
    """Return what a glance keeps of the keys: what it keeps of documents that are about nothing else."""
    return tuple(number for each in keys for number in at_a_glance(f"Job title: {each}\nMain duties\n- Write.").titles)


def at_a_glance(text: str) -> Glance:
    return glance(document(text), KINDS)


@st.composite
def looked_at(draw: st.DrawFn) -> tuple[Seen, Glance]:
    """Draw a document, and a glance that may foresee more than is there, or less."""
    role, lines = draw(st.sampled_from(JOBS)), tuple(draw(st.lists(st.sampled_from(LINES), unique=True)))
    told = profile.RoleProfile(role, ("internal",), 2, "", ("CX-OWN@2",), ("S02",), ("colleagues",))
    kind = draw(st.sampled_from(["job_description", "job_advert", "policy"]))
    words, unit = draw(st.integers(1, 3)), draw(st.sampled_from(UNITS))
    seen = Seen(kind, "en", unit, lines, words, told, {"CX-OWN": 10, "CX-ENABLE": 5})
    titles = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=2))
    foreseen = {key(role), *titles} - {""} if draw(st.integers(0, 9)) else set(titles)
    named = lines if draw(st.integers(0, 9)) else lines[1:]
    return seen, Glance.of(NUMBERS(foreseen), NUMBERS(named))


NUMBER = {each: number for each in {*KEYS, *LINES} for number in numbers(each)}


def NUMBERS(keys: "set[str] | tuple[str, ...]") -> tuple[int, ...]:  # noqa: N802  read as a table
    return tuple(sorted(NUMBER[each] for each in keys))


@given(st.lists(looked_at(), max_size=9))
def test_what_the_groups_share_is_what_all_documents_share(drawn: list[tuple[Seen, Glance]]) -> None:
    glances = {f"{index}.docx": one for index, (_, one) in enumerate(drawn)}
    agreed = {f"{index}.docx": one.agreed(seen) for index, (seen, one) in enumerate(drawn)}
    apart = {
        file: shared
        for group in related(glances)
        for file, shared in profile.weave({file: agreed[file] for file in group}, FRAMEWORK).items()
    }
    assert apart == profile.weave(agreed, FRAMEWORK)


@given(st.lists(looked_at(), max_size=9))
def test_every_document_is_in_one_group_at_most_and_groups_have_several(drawn: list[tuple[Seen, Glance]]) -> None:
    groups = related({index: one for index, (_, one) in enumerate(drawn)})
    members = [index for group in groups for index in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 and list(group) == sorted(group) for group in groups)


def real() -> Iterator[tuple[str, bytes]]:
    yield from ((path.name, path.read_bytes()) for path in sorted(Path("samples").rglob("*.docx")))
    yield from ((id, source(id)) for id in CASES)


def unforeseen(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the role that the glance has overlooked, and lines of a document without a title."""
    seen = pipeline.look(data, framework=FRAMEWORK, kinds=KINDS, options=OPTIONS)
    kept = pipeline.glance(data, kinds=KINDS, options=OPTIONS).agreed(seen)
    role = seen.profile.role if kept.profile.role != seen.profile.role and key(seen.profile.role) else ""
    return role, () if seen.profile.role else tuple(set(seen.lines) - set(kept.lines))


@pytest.mark.long
def test_no_title_of_a_sample_or_gold_case_is_missing_in_its_own_glance() -> None:
    assert {name: missing for name, data in real() if any(missing := unforeseen(data))} == {}


def test_no_title_of_a_file_from_the_wild_is_missing_in_its_own_glance(corpus: Path) -> None:
    missing = {}
    for path in sorted(corpus.glob("*__*.do[ct][xm]")):
        with suppress(InputError):
            missing[path.name] = unforeseen(path.read_bytes())
    assert len(missing) > 20
    assert {name: each for name, each in missing.items() if any(each)} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Job title: Nurse\nMain duties\n- Write.", "Job description: Nurse\nMain duties\n- Write."),
        ("Job title: Nurse (Band 5)\nMain duties\n- Write.", "KPI sheet – Nurse 2026\nPurpose\nMeasures."),
        ("Stellenbeschreibung: Pflegefachkraft (m/w/d)\nAufgaben\n- Schreiben.", "Zielblatt\nPflegefachkraft\nZiele"),
    ],
)
def test_documents_that_may_be_of_one_role_are_found(one: str, other: str) -> None:
    assert related({"a": at_a_glance(one), "b": at_a_glance(other)}) == [("a", "b")]


def test_headings_that_all_documents_have_bring_nobody_together() -> None:
    texts = [f"Job description: {job}\nPurpose\nHelps.\nMain duties\n- Write." for job in ("Nurse", "Clerk", "Buyer")]
    assert related({text: at_a_glance(text) for text in texts}) == []


def test_only_the_kind_that_was_named_is_reckoned_with() -> None:
    text = document("Objectives for Nurse\nPurpose\nHelps.")
    assert set(glance(text, KINDS, "policy").titles) < set(glance(text, KINDS).titles)


def test_what_is_no_word_file_is_refused_at_a_glance() -> None:
    for data in (b"", b"PK\x03\x04 nonsense", word_file()[:-30]):
        with pytest.raises(NotWordDocument):
            pipeline.glance(data, kinds=KINDS, options=OPTIONS)
