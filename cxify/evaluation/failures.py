"""Which failures say nothing of the prompt and the model: those of the network, of the machine, and of cxify itself."""

from typing import Final

INTERNAL: Final = 1
"""Exit code of what no answer of a model is to blame for: a process that was killed, no memory, a fault of cxify."""
UNREACHED: Final = "ModelUnavailable"
"""The model was not reached, refused the key, or took no more requests. What it could not answer has other names."""


def unproven(type: str, exit_code: int) -> bool:
    """Tell whether a failure proves nothing, so that a run that is resumed does the case again."""
    return type == UNREACHED or exit_code == INTERNAL
