"""An audit of a small organisation, made as the command makes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cxify import audit as audits
from cxify import framework, kinds
from cxify.audit import Audit, Facts
from tests.audit.organisation import organisation

Read = Callable[..., Facts]


@pytest.fixture(scope="session")
def read() -> Read:
    known, organisations = kinds.load(None), framework.load()

    def one(source: bytes, file: str = "a.docx", folder: str = "folder") -> Facts:
        return audits.facts_of(source, file, folder, framework=organisations, kinds=known)

    return one


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return organisation(tmp_path_factory.mktemp("organisation"))


@pytest.fixture(scope="session")
def audit(read: Read, folder: Path) -> Audit:
    files = sorted(folder.rglob("*.docx"))
    facts = [read(file.read_bytes(), file.relative_to(folder).as_posix(), file.parent.name) for file in files]
    return audits.survey(facts, [], framework.load())
