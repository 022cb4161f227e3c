"""Process queued documents on any machine, with the same pipeline and the same results as a run on one machine.

`service` takes documents from the queue and takes over from dead workers, `desk` does one document, `alone` does one
that a worker has died over in a process of its own.
"""

from cxify.worker.desk import MOST_ATTEMPTS, Desk
from cxify.worker.service import DEAD_AFTER, Service

__all__ = ["DEAD_AFTER", "MOST_ATTEMPTS", "Desk", "Service"]
