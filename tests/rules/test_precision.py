"""Block rules are precise: ordinary HR sentences, taken as if somebody had inserted them, hardly raise an alarm."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxify import framework as frameworks
from cxify import rules
from cxify.document import Block, Document, Finding
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.proposal import InsertAfter, Proposal, Proposed
from cxify.rules.plain import sentences
from cxify.word.read import read

FILES = ("*Adatum*.docx", "*Graphic-Design*.docx", "*Hiring*.docx", "*Career*.docx", "*offer*.docx", "open-agree*.docx")
PROMISED = 2 / 200
NOT_ABOUT_WORDS = {"CXL-409", "CXL-605"}  # the sentence stands in its own document, and has no reason
RIGHTLY_REFUSED = {  # a CX edit must not say this, although a policy may
    ("CXL-507", "exceptional"),
    ("CXL-501", "dynamic"),
    ("CXL-401", "business travel"),
    ("CXL-401", "works overtime"),
    ("CXL-103", "clients"),
}


@pytest.fixture(scope="module")
def ordinary() -> list[Document]:
    """Return documents that nobody wrote for this test."""
    folder = Path(__file__).parents[3] / "shared" / "corpus"
    files = [path for pattern in FILES for path in sorted(folder.glob(pattern))]
    if not files:
        pytest.skip("the corpus is not on this machine")
    return [dataclasses.replace(read(path.read_bytes()), language="en-US") for path in files]


def test_ordinary_sentences_raise_hardly_any_alarm(ordinary: list[Document]) -> None:
    """Each sentence is inserted into the document that it comes from, so that its facts are known."""
    count, alarms = 0, []
    for document in ordinary:
        open_start = dataclasses.replace(document, blocks=(Block("b9999", "paragraph", "x"), *document.blocks))
        for sentence in _sentences(document):
            count += 1
            alarms += [(finding.rule, finding.quote, sentence) for finding in _blocking(open_start, sentence)]
    false = [alarm for alarm in alarms if alarm[:2] not in RIGHTLY_REFUSED]
    print(f"\n{count} ordinary sentences: {len(alarms)} alarms, {len(false)} of them false")
    for alarm in false:
        print("  ", *alarm, sep=" | ")
    assert count >= 200
    assert len(false) / count <= PROMISED


def _sentences(document: Document) -> Iterator[str]:
    for block in document.body:
        yield from (sentence for sentence in sentences(block.text) if len(sentence.split()) > 4)


def _blocking(document: Document, sentence: str) -> list[Finding]:
    edit = Proposed(
        operation=InsertAfter(op="insert_after", block="b9999", text=sentence), reason="-", competencies=("CX-OWN@1",)
    )
    checked = rules.check(
        document,
        Proposal(edits=(edit,)),
        kind=Kind(id="unknown", name={"en": "document"}),
        profile=RoleProfile("", (), 2, "", (), (), ()),
        framework=frameworks.load(),
    )
    return [f for f in checked.findings if f.severity == "block" and f.rule not in NOT_ABOUT_WORDS]
