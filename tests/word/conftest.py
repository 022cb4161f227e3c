"""Failures of the shared judges show what they found."""

import pytest

pytest.register_assert_rewrite("tests.word.redlines")
