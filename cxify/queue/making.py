"""All that makes documents under one order."""

from cxify.batch import Making
from cxify.queue.order import Order
from cxify.writers.choice import writer_for


def making(order: Order) -> Making:
    """Load all that an order names. Raises SetupError for what cannot be used."""
    writer = writer_for(order.model, order.settings)
    return Making.of(order.settings, writer, kind=order.kind, date=order.date)
