"""What children do for the audit: one document read, a few facts of it returned."""

from cxify import audit
from cxify.audit import Facts
from cxify.queue import Order
from cxify.web.processing.tasks import made_with


def facts(order: Order, source: bytes, file: str, folder: str) -> Facts:
    """Return what the audit keeps of a document. Raises InputError."""
    by = made_with(order)
    return audit.facts_of(
        source,
        file,
        folder,
        framework=by.framework,
        kinds=by.kinds,
        book=by.book,
        kind=order.kind,
        language=order.settings.language,
    )
