"""The schema of a gold case for editors: `python -m cxify.evaluation.schema > evals/case.schema.json`."""

import json

from cxify.evaluation.case import Case


def editor_schema() -> str:
    """Return the JSON schema of a case file, as an editor with YAML support reads it."""
    schema = Case.model_json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema, indent=2) + "\n"


if __name__ == "__main__":
    print(editor_schema(), end="")
