"""The API is what its description says: complete, with examples, and true for whatever a program may send."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.schemas import APIOperation

from cxify import store
from cxify.store import people, tokens
from cxify.store.moment import now
from cxify.store.people import Identity, Role
from cxify.store.tokens import Scope
from tests.web.conftest import Running, config_of, start_page
from tests.web.organisation import open_page, organised
from tests.web.test_api import ready, sent
from tests.worddoc import word_file

EXAMPLES: Final = int(os.environ.get("CXIFY_API_EXAMPLES", "40"))
checks.load_all_checks()
CHECKS: Final = checks.CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    ]
)


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with open_page(organised(tmp_path_factory.mktemp("described"))) as page:
        found: dict[str, Any] = page.browser().get("/api/v1/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_the_description_holds_the_api_and_no_page(description: dict[str, Any]) -> None:
    assert all(path.startswith("/api/v1/") for path in description["paths"])
    assert {"/api/v1/documents", "/api/v1/documents/{id}/decisions", "/api/v1/me"} <= set(description["paths"])


def test_every_operation_says_what_it_does_and_how_it_fails(description: dict[str, Any]) -> None:
    for name, operation in operations(description):
        assert operation["description"].endswith("."), name
        assert {"400", "401", "403", "404", "422", "429"} <= set(operation["responses"]), name
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                told = answer["content"]["application/json"]["schema"]
                assert told == {"$ref": "#/components/schemas/Problem"}, (name, status)


def test_every_operation_needs_a_token(description: dict[str, Any]) -> None:
    assert description["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert all(operation["security"] == [{"token": []}] for _, operation in operations(description))


def test_errors_and_decisions_have_examples(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    assert set(schemas["Problem"]["examples"][0]) == {"message", "remedy", "code"}
    assert schemas["DecisionIn"]["examples"][1]["action"] == "edit"
    assert "HTTPValidationError" not in schemas


def test_docs_name_every_operation(description: dict[str, Any]) -> None:
    told = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    missing = [name for name, _ in operations(description) if f"`{name.replace('/api/v1', '')}`" not in told]
    assert missing == []


# --- whatever a program sends -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    page = start_page(tmp_path_factory.mktemp("served") / "data", CXIFY_SERVE_REQUESTS_PER_MINUTE="1000000")
    yield page
    page.process.kill()
    page.process.communicate()


@pytest.fixture(scope="module")
def authorised(served: Running) -> dict[str, str]:
    """Return what a program with a token sends."""
    engine = store.connect(config_of(served.data).database)
    with store.writing(engine) as connection:
        person = people.welcome(connection, Identity(people.LOCAL, people.LOCAL, "Ada"), Role.ADMIN)
        secret = tokens.issue(connection, person.id, "schemathesis", Scope.WRITE, now() + timedelta(days=1))
    engine.dispose()
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.long
def test_no_request_that_the_description_allows_is_a_fault(served: Running, authorised: dict[str, str]) -> None:
    """Schemathesis asks a real server: no 5xx, and no status, type or body that is not described."""
    schema = schemathesis.openapi.from_url(f"{served.origin}/api/v1/openapi.json")
    with httpx2.Client(base_url=served.origin, headers=authorised) as program:
        ids = [
            ready(program, word_file()),
            *(sent(program, ("job.docx", word_file()))["documents"][0]["id"] for _ in "ab"),
        ]
    found = [each.ok() for each in schema.get_all_operations()]
    # What deletes a document comes last, so that the others find one.
    told = {
        operation.label: asked(operation, ids, authorised)
        for operation in sorted(found, key=lambda each: each.method.upper() == "DELETE")
    }
    assert len(told) >= 11
    # It asked for something: most operations did what they are for at least once, and none only failed to be found.
    done = {label for label, answers in told.items() if any(status < 300 for status in answers)}
    assert len(done) >= 10, told
    assert all(set(answers) - {404} for answers in told.values()), told


def asked(operation: APIOperation[Any, Any, Any, Any], ids: list[str], authorised: dict[str, str]) -> Counter[int]:
    """Ask for an operation in many ways, and return how often each status was the answer."""
    answers: Counter[int] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(), id=st.sampled_from([None, *ids]))
    def ask(case: schemathesis.Case, id: str | None) -> None:
        if id and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = id
        answers[case.call_and_validate(headers=authorised, checks=CHECKS, timeout=30).status_code] += 1

    ask()
    return answers
