"""What must hold for every document and every edit: found by drawing both at random."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cxify import word
from cxify.errors import EditNotApplicable
from tests.word.generated import DOCUMENTS, edits, wanted
from tests.word.judge import problems
from tests.word.redlines import new_errors, written

pytestmark = pytest.mark.long

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def check(source: bytes, data: Any) -> None:
    operations = edits(data, source)
    assume(not any(o.op == "replace" and o.old == o.new for o in operations))
    try:
        redline = written(source, *operations)
    except EditNotApplicable:
        return
    assert problems(source, redline) == []
    assert word.verify(source, redline).ok
    texts = [block.text for block in word.read(word.resolve(redline, accept=True, author="Clara Xu")).blocks]
    if not any(o.op == "insert_row_after" for o in operations):
        assert sorted(texts) == wanted(source, operations)
    assert new_errors(source, redline) == []


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(DOCUMENTS, st.data())
def test_every_redline_is_faithful_or_refused(source: bytes, data: Any) -> None:
    check(source, data)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=QUIET)
@given(DOCUMENTS, st.data())
def test_every_redline_is_faithful_or_refused_in_thousands_of_documents(source: bytes, data: Any) -> None:
    check(source, data)
