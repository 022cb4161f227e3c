"""What a model would cost for an upload, counted in children without sending anything, and what must be confirmed."""

import json
from collections.abc import Sequence
from concurrent.futures import wait
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.errors import CxifyError, StoreUnavailable
from cxify.llm import ModelChat
from cxify.store import batches, lists, papers
from cxify.store.batches import Batch
from cxify.store.lists import Brief, Those
from cxify.store.papers import Stage
from cxify.store.people import Person
from cxify.web.desk import choices
from cxify.web.desk.choices import Choices
from cxify.web.desk.handing import FEW
from cxify.web.processing import tasks
from cxify.web.processing.tasks import Expected
from cxify.web.processing.wire import Ended
from cxify.writers.choice import LIBRARY

if TYPE_CHECKING:
    from cxify.web.context import Context

_PATIENCE: Final = 2.0
_NOTHING: Final = Expected(0, 0, 0, "0")
"""Of a document that cannot be read to its end, or is gone: its own work tells why, and asks no model."""


@dataclass(frozen=True)
class Estimate:
    """What the documents of an upload would cost, about."""

    key: str
    """Changes with documents, kinds, languages and choices: who confirms it has seen this estimate."""
    model: str
    endpoint: str
    """The host that would get the documents."""
    documents: int
    """For which the model would be asked; forms that are filled in need none."""
    requests: int
    input_tokens: int
    output_tokens: int
    usd: str | None
    """None when no price is known."""


def estimate(here: "Context", person: Person, batch_id: str) -> Estimate | None:
    """Return the estimate for what was chosen; None for the library, which costs nothing, and while it is counted."""
    batch = batches.mine(here.engine, person, batch_id)
    if not wanted(batch) or batch.run_id:
        return None
    if found := _standing(here, batch):
        return found
    many = lists.counts(here.engine, Those(batch=batch_id)).total() > FEW
    counted = here.processing.once(f"estimate {batch_id}", _count, here, batch_id, person.name, long=many)
    wait([counted], timeout=_PATIENCE)
    return _standing(here, batches.mine(here.engine, person, batch_id))


def wanted(batch: Batch) -> bool:
    """Return whether the choices ask a model, so that somebody has to confirm what it costs."""
    return Choices.of(batch.choices).writer != LIBRARY


def key_of(batch: Batch, documents: Sequence[Brief]) -> str:
    """Return what an estimate is about."""
    told = [[each.id, each.sha256, each.correction.key] for each in documents if each.stage is Stage.UPLOADED]
    content = json.dumps([asdict(Choices.of(batch.choices)), sorted(told, key=str)])
    return sha256(content.encode()).hexdigest()[:16]


def _standing(here: "Context", batch: Batch) -> Estimate | None:
    told = batch.choices.get("estimate")
    current = told is not None and told["key"] == key_of(batch, lists.of_batch(here.engine, batch.id))
    return Estimate(**told) if current and told else None


def _count(here: "Context", batch_id: str, name: str) -> None:
    batch = batches.any_of(here.engine, batch_id)
    if batch is None:
        return
    documents = lists.of_batch(here.engine, batch_id)
    found = [
        _expected(here, name, Choices.of(batch.choices), paper) for paper in documents if paper.stage is Stage.UPLOADED
    ]
    made = _sum(here, batch, key_of(batch, documents), found)
    with store.writing(here.engine) as connection:
        if (now := batches.changing(connection, batch_id)) and not now.run_id:
            batches.choose(connection, batch_id, {**now.choices, "estimate": asdict(made)})


def _expected(here: "Context", name: str, chosen: Choices, paper: Brief) -> Expected:
    order = choices.order(here, name, chosen, paper.correction)
    try:
        return here.processing.ask(tasks.expected, order, papers.source(here.engine, paper.id), None, patient=True)
    except (Ended, StoreUnavailable):
        raise
    except CxifyError:
        return _NOTHING


def _sum(here: "Context", batch: Batch, key: str, found: Sequence[Expected]) -> Estimate:
    writer = Choices.of(batch.choices).writer
    prices = [each.usd for each in found]
    return Estimate(
        key=key,
        model=writer,
        endpoint=ModelChat(writer, base_url=here.settings.base_url).endpoint,
        documents=sum(each.requests > 0 for each in found),
        requests=sum(each.requests for each in found),
        input_tokens=sum(each.input_tokens for each in found),
        output_tokens=sum(each.output_tokens for each in found),
        usd=None if None in prices else str(sum(Decimal(each or 0) for each in prices)),
    )
