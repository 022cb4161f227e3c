"""The voice of the customer: what comments speak of, as themes of the framework's competencies.

No model is asked and no person is looked at: personal data is masked first, and what fewer than the smallest group say
is neither counted nor quoted in public. The way in is `read`, the way out `evidence` for one document.
"""

from cxify.voice.citing import Evidence, Hearing, evidence, hear, informed
from cxify.voice.digest import Digest, Group, LeftOut, Theme, Trend
from cxify.voice.reading import LEAST_MINIMUM, MINIMUM, read

__all__ = [
    "LEAST_MINIMUM",
    "MINIMUM",
    "Digest",
    "Evidence",
    "Group",
    "Hearing",
    "LeftOut",
    "Theme",
    "Trend",
    "evidence",
    "hear",
    "informed",
    "read",
]
