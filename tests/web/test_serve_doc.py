"""docs/serve.md says every setting of the web page with its default."""

import re

from cxify.settings import Serve
from tests.conftest import ROOT

ROWS = dict(re.findall(r"^\| `(\w+)` \|([^|]*)\|", (ROOT / "docs" / "serve.md").read_text("utf-8"), re.MULTILINE))


def test_every_setting_is_told_and_no_other() -> None:
    assert list(ROWS) == list(Serve.model_fields)


def test_the_defaults_are_those_of_the_code() -> None:
    for name, field in Serve.model_fields.items():
        if isinstance(field.default, int | str):
            assert ROWS[name].strip("` ") == str(field.default), name


def test_a_secret_is_never_a_setting_of_a_file() -> None:
    assert "only `CXIFY_SERVE_OIDC_SECRET`" in (ROOT / "docs" / "serve.md").read_text("utf-8")
