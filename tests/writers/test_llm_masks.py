"""Names, addresses and amounts stay on this machine: the model gets placeholders, the edit gets the originals."""

import json
from dataclasses import replace

import pytest

from cxify.kinds import classify, load
from cxify.proposal import Replace
from cxify.writers import Task
from cxify.writers.llm import LLMWriter
from tests.documents import document
from tests.llm.scripted import Scripted
from tests.writers.small import task

TEXT = """
# Archive assistant
Reports to: Dr Miriam Okonkwo-Reyes
Line manager: Head of Operations
Post holder: Tomasz Kowalski
# Job purpose
The archive assistant issues documents for readers. Kowalski also covers for Mrs Bell on Mondays.
# Main duties
- Answer enquiries from readers about holdings, with Tomasz at the desk, and pass them to the Head of Operations.
- Call Bethan in the reading room on 01632\u00a0960\u00a0417, or the Service Desk at desk@example.org.
- Work closely with Miriam Okonkwo-Reyes, tel. +44 20 7946 0958, and mail to kim@example.org.
"""
SECRETS = ("Miriam", "Okonkwo", "Tomasz", "Kowalski", "Bell", "7946", "Bethan", "960", "kim@example.org")


def archive() -> Task:
    found = classify(document(TEXT), load(None), kind="job_description")
    return replace(task(), document=replace(found, language="en", state="blank"))


def answer(**edit: object) -> str:
    given = {
        "evidence_block": "b10", "evidence": "Work closely with [withheld", "reason": "Says what is passed on.",
        "op": "replace", "block": "b10", "old": "", "new": "",
        "competencies": ["CX-HANDOFF@1"], "standards": [], "certainty": "strong",
    } | edit  # fmt: skip
    return json.dumps({"edits": [given], "questions": [], "declined": []})


def shown(chat: Scripted, block: str) -> str:
    lines = chat.seen[0][0][1].text.splitlines()
    return json.loads(next(line for line in lines if line.startswith(f"[{block} ")).partition("] ")[2])


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_personal_is_sent(secret: str) -> None:
    requests = LLMWriter(Scripted([]), path="structured").requests(archive())
    assert not [message.text for message in requests if secret in message.text]


@pytest.mark.parametrize("partner", ["Head of Operations", "Service Desk"])
def test_what_is_no_person_is_sent(partner: str) -> None:
    assert partner in LLMWriter(Scripted([]), path="structured").requests(archive())[1].text


def test_a_quote_with_placeholders_finds_its_place() -> None:
    wanted = archive()
    block = next(b for b in wanted.document.body if b.text.startswith("Work closely"))
    chat = Scripted([json.dumps({"edits": [], "questions": [], "declined": [{"block": None, "reason": "Look."}]})])
    LLMWriter(chat, path="structured").write(wanted)
    seen = shown(chat, block.id)
    old = seen.partition(", tel.")[0]
    new = f"{old.replace('Work closely', 'Agree each request')}"
    reply = answer(evidence_block=block.id, evidence=old, block=block.id, old=old, new=new)
    edit = LLMWriter(Scripted([reply]), path="structured").write(wanted).proposal.edits[0]
    assert edit.evidence == "Work closely with Miriam Okonkwo-Reyes"
    assert isinstance(edit.operation, Replace)
    assert edit.operation.new == "Agree each request with Miriam Okonkwo-Reyes"


def test_new_text_may_not_bring_in_somebody_who_was_hidden() -> None:
    wanted = archive()
    block = next(b for b in wanted.document.body if b.text.startswith("Answer enquiries"))
    first = answer(
        evidence_block=block.id, evidence="Answer enquiries", block=block.id, old="Answer enquiries",
        new="Answer enquiries for [withheld 1]",
    )  # fmt: skip
    second = answer(
        evidence_block=block.id, evidence="Answer enquiries", block=block.id, old="Answer enquiries",
        new="Answer and note enquiries",
    )  # fmt: skip
    chat = Scripted([first, second])
    written = LLMWriter(chat, path="structured").write(wanted)
    assert "you cannot see" in chat.seen[1][0][-1].text
    assert written.usage.repairs == 1
