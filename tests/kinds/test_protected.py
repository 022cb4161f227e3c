"""The protected patterns work; a run compiles only those that a document may match."""

import pytest

from cxify.kinds import common


@pytest.mark.parametrize("protected", common.protected(), ids=lambda protected: protected.id)
def test_every_protected_pattern_compiles_and_matches_no_empty_text(protected: common.Protected) -> None:
    assert protected.search.compiled.fullmatch("") is None
