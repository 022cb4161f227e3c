"""Failures of the shared judges show what they found; tests marked slow run when asked for: `pytest -m slow`."""

import pytest

pytest.register_assert_rewrite("tests.word.redlines")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "slow: thousands of random documents; run with `pytest -m slow`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the slow tests unless they are asked for."""
    if "slow" in config.getoption("-m"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow; run with `pytest -m slow`"))
