"""The worker's life: take documents from the queue, keep a place free for uploads, take over from the dead."""

import asyncio
import faulthandler
import signal
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from procrastinate import App, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from sqlalchemy import Engine, func, select

from cxify import store
from cxify.errors import StoreUnavailable
from cxify.queue import Priority, edition, jobs
from cxify.worker.desk import Desk

BEAT: Final = 3.0
DEAD_AFTER: Final = 15.0
"""Seconds without a sign of life after which another worker takes over."""
_STUCK_AFTER: Final = 600.0
"""Seconds for which one document may hold all of Python; then the process ends, and others go on."""
_LOOK_AROUND: Final = 60.0
_LOCK: Final = 0x6378696672


@dataclass(frozen=True)
class Service:
    """One worker process."""

    engine: Engine
    desk: Desk
    concurrency: int

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C, then finish what is in work. Raises StoreUnavailable."""
        try:
            asyncio.run(self._run())
        except ConnectorException as error:
            raise _gone(self.engine) from error
        finally:
            faulthandler.cancel_dump_traceback_later()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self.concurrency + 3))
        app = self._app()
        async with app.open_async():
            # With exceptions returned, a cancelled gather waits for both; without, it would leave at the first.
            workers = asyncio.gather(*self._workers(app), return_exceptions=True)
            for number in (signal.SIGINT, signal.SIGTERM):
                with suppress(NotImplementedError):  # Windows
                    loop.add_signal_handler(number, workers.cancel)
            aside = [asyncio.create_task(each) for each in (self._take_over(app), self._look_around(), _alive())]
            try:
                await workers
            except asyncio.CancelledError:
                return
            finally:
                for task in aside:
                    task.cancel()
            raise _gone(self.engine)

    def _app(self) -> App:
        app = jobs.app(self.engine, at_once=6)
        # What a document itself does wrong is stored with it; only a lost database gets here.
        again = RetryStrategy(max_attempts=20, wait=5)
        app.task(name=jobs.TASK, retry=again)(self._work)
        return app

    def _work(self, document: int) -> None:
        self.desk.work(document)

    def _workers(self, app: App) -> list[Coroutine[Any, Any, None]]:
        """One for all documents, uploads first, and one that does nothing but uploads."""
        upload, batch = (jobs.queue_of(edition(), of) for of in (Priority.UPLOAD, Priority.BATCH))
        return [self._worker(app, [upload, batch], self.concurrency), self._worker(app, [upload], 1)]

    def _worker(self, app: App, queues: list[str], concurrency: int) -> Coroutine[Any, Any, None]:
        return app.run_worker_async(
            queues=queues,
            concurrency=concurrency,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=BEAT,
            stalled_worker_timeout=DEAD_AFTER,
        )

    async def _take_over(self, app: App) -> None:
        """Put back what dead workers had in hand, one worker at a time."""
        while True:
            await asyncio.sleep(BEAT)
            with suppress(ConnectorException, StoreUnavailable), store.told(self.engine):
                await self._sweep(app)

    async def _sweep(self, app: App) -> None:
        with self.engine.begin() as connection:
            if connection.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
                stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER)
                await self._put_back(app, list(stalled))

    async def _put_back(self, app: App, stalled: list[Job]) -> None:
        for job in stalled:
            await app.job_manager.retry_job(job)
        if stalled:
            self.desk.tell(f"Took over {len(stalled)} documents from workers that gave no sign of life.")

    async def _look_around(self) -> None:
        """Say so when documents wait that this worker refuses."""
        while True:
            with suppress(StoreUnavailable):
                for other, number in (await asyncio.to_thread(self._elsewhere)).items():
                    said = f"{number} documents wait for workers with cxify {other}; this is {edition()}."
                    self.desk.tell(f"{said} They are left to those.")
            await asyncio.sleep(_LOOK_AROUND)

    def _elsewhere(self) -> dict[str, int]:
        with store.told(self.engine):
            return store.documents.waiting_elsewhere(self.engine, [edition()])


async def _alive() -> None:
    """End the process when nothing but one document has run for long: others cannot see that it is stuck."""
    while True:
        faulthandler.dump_traceback_later(_STUCK_AFTER, exit=True)
        await asyncio.sleep(BEAT)


def _gone(engine: Engine) -> StoreUnavailable:
    message = f"The database {store.place(engine.url)} does not answer any more."
    return StoreUnavailable(message, "Start the worker again when it does; nothing is lost.")
