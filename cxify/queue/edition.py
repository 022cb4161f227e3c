"""What distinguishes one installation of cxify from another: its version and all that ships with it as data."""

import json
from functools import cache
from hashlib import sha256

from cxify import __version__, framework, kinds, prompts, rules


@cache
def edition() -> str:
    """Return the edition that is installed here, as 0.1.0-1a2b3c4d5e6f: two of a kind make the same of a document."""
    shipped = {
        "framework": framework.load().sha256,
        "kinds": kinds.load().sha256,
        "rules": rules.load().sha256,
        "prompts": sorted(prompt.sha256 for prompt in prompts.listing()),
    }
    return f"{__version__}-{sha256(json.dumps(shipped, sort_keys=True).encode()).hexdigest()[:12]}"
