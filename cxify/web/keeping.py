"""What the page does by itself from time to time: delete what has expired, end sessions, check the journal."""

import asyncio
import logging
from typing import Final

from cxify import store
from cxify.store import retention, sessions
from cxify.web.context import Context
from cxify.web.desk import auditing, proving

_EVERY: Final = 600.0
_AGAIN: Final = 60.0
log = logging.getLogger("cxify.web")


async def keep(here: Context) -> None:
    """Purge now and every ten minutes; sooner where somebody was reading and the bytes may still be in the files."""
    while True:
        try:
            clean = await asyncio.to_thread(once, here)
        except Exception as error:
            # Tried again: one bad moment must not end the deleting for good. The message may quote a document.
            log.error("deleting what has expired failed (%s)", type(error).__name__)
            clean = False
        await asyncio.sleep(_EVERY if clean else _AGAIN)


def once(here: Context) -> bool:
    """Delete what has expired; False when its bytes may still be in the database's files."""
    with store.told(here.engine):
        with store.writing(here.engine) as connection:
            sessions.sweep(connection, here.config.lifetime)
        purged = retention.purge(here.engine)
        auditing.forget_deleted(here)
        here.processing.orders.forget_comments()
        proving.in_time(here)
    if purged.papers:
        log.info("%d documents deleted after %d days", purged.papers, here.config.serve.retention_days)
    return purged.scrubbed
