"""The databases that every promise of the store is kept in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cxify import store


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'a.db'}" if request.param == "sqlite" else request.getfixturevalue("queue_url")
    engine = store.connect(url)
    yield engine
    engine.dispose()
