"""Documents for many machines: what travels, who does it, and how the one who handed them over gets them back.

`order` packs settings and files, `making` loads them, `jobs` queues, `client` hands over and follows.
"""

from cxify.batch import Making
from cxify.queue.edition import edition
from cxify.queue.jobs import Priority, connect
from cxify.queue.making import making
from cxify.queue.order import Order

__all__ = ["Making", "Order", "Priority", "connect", "edition", "making"]
