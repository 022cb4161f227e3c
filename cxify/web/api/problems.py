"""What is said when something cannot be done."""

from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """What happened, and what to do next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "message": "There is no such document.",
                    "remedy": "It may have been deleted. Look for it among your documents.",
                    "code": "NotFound",
                }
            ]
        }
    )

    message: str
    remedy: str
    code: str
    """The kind of problem, for programs: it stays the same when the sentences are reworded."""
