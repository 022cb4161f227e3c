"""What a process that was ended had begun is taken up at the next start."""

from typing import TYPE_CHECKING

from cxify.store import batches, looks
from cxify.web.desk import handing, looking

if TYPE_CHECKING:
    from cxify.web.context import Context


def resume(here: "Context") -> None:
    """Look at what nobody has looked at, and hand over what was started; documents in work know for themselves."""
    for id, owner in looks.unread(here.engine):
        here.processing.in_turn(owner, looking.look_at, here, id)
    for batch in batches.begun(here.engine):
        handing.begin(here, batch.id)
