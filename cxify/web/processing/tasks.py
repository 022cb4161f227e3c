"""What children do: functions of bytes and orders, in a process that holds no key and no network.

What they return is data; what they are made with is kept from task to task.
"""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cxify import batch, convert, kinds, pipeline, profile
from cxify.errors import AnswerAwaited, DocumentTooLarge
from cxify.kinds import check_named
from cxify.llm import ModelChat
from cxify.llm.unsent import Unsent
from cxify.profile import Glance, RoleProfile, Seen
from cxify.provenance import Converted
from cxify.queue import Making, Order, making
from cxify.settings import Settings
from cxify.web.processing.asking import ParentsChat
from cxify.writers.choice import LIBRARY
from cxify.writers.llm import LLMWriter

_MOST_FINDINGS: Final = 50


@dataclass(frozen=True)
class Expected:
    """What a model would be sent for one document."""

    requests: int
    input_tokens: int
    output_tokens: int
    usd: str | None
    """US dollars as a decimal; None when no price is known."""


@dataclass(frozen=True)
class Rewritten:
    """What became of one document."""

    output: bytes
    page: str | None
    outcome: dict[str, Any]


def look(order: Order, source: bytes) -> dict[str, Any]:
    """Let a file pass the gate and say what it is. Raises InputError."""
    by = made_with(order)
    check_named(order.kind, by.kinds)
    named = {"kind": order.kind, "language": order.settings.language}
    seen = pipeline.inspect(source, framework=by.framework, kinds=by.kinds, book=by.book, **named)
    document = seen.document
    return {
        "kind": document.kind,
        "kind_evidence": document.kind_evidence,
        "language": document.language,
        "state": document.state,
        "title": document.title,
        "unit": kinds.facts(document).get("unit", ""),
        "blocks": len(document.blocks),
        "locked": sum(block.lock is not None for block in document.blocks),
        "notices": [notice.message for notice in document.notices],
        "findings": [asdict(finding) for finding in seen.findings[:_MOST_FINDINGS]],
        "cxify_before": seen.provenance is not None,
    }


def converted(name: str, source: bytes) -> bytes:
    """Return the Word file made from an older or other format. Raises InputError."""
    with tempfile.TemporaryDirectory(prefix="cxify-upload-") as folder:
        made = convert.Converter(Path(folder)).word(Path(name), source)
    if len(made) > 100 * 2**20:
        raise DocumentTooLarge("As a Word file it is larger than cxify reads.", "Split it into several documents.")
    return made


def fingerprint(order: Order) -> str:
    """Return the hash of all that decides the results of an order. Raises SetupError."""
    by = made_with(order)
    check_named(order.kind, by.kinds)
    return by.fingerprint


def glance(order: Order, source: bytes) -> Glance:
    """Say which roles a document may be about."""
    return made_with(order).glance(source)


def related(glances: Mapping[str, Glance]) -> list[tuple[str, ...]]:
    """Return the groups of documents that may share a role."""
    return profile.related(glances)


def seen(order: Order, source: bytes) -> Seen:
    """Say what must be known of a document to find the others of its role."""
    return made_with(order).look(source)


def woven(order: Order, found: Mapping[str, tuple[Glance | None, Seen]]) -> dict[str, RoleProfile]:
    """Return the profile that each document shares with others of its role, as far as the glances foresaw it."""
    agreed = {name: glance.agreed(seen) if glance else seen for name, (glance, seen) in found.items()}
    return dict(made_with(order).weave(agreed))


def expected(order: Order, source: bytes, shared: Mapping[str, Any] | None) -> Expected:
    """Return what a model would be sent for a document; nothing is."""
    chat = Unsent(ModelChat(order.model, base_url=order.settings.base_url))
    by = replace(made_with(order), writer=LLMWriter(chat, order.settings.prompts))
    with suppress(AnswerAwaited):
        by.rewrite(source, profile.restored(shared))
    usd = None if chat.cost is None else str(chat.cost)
    return Expected(chat.requests, chat.tokens.input, chat.tokens.output, usd)


def rewritten(
    order: Order,
    source: bytes,
    name: str,
    shared: Mapping[str, Any] | None = None,
    origin: Mapping[str, Any] | None = None,
) -> Rewritten:
    """Propose customer experience in a document; `origin` is what it was converted from. Raises CxifyError."""
    by = made_with(order)
    redline = by.rewrite(source, profile.restored(shared), Converted.model_validate(origin) if origin else None)
    page = by.sheet.of_redline(name, redline) if by.sheet else None
    return Rewritten(redline.data, page, {"changed": redline.changed, "details": batch.details(redline)})


@lru_cache(maxsize=8)
def _with_library(settings: Settings) -> Making:
    return making(Order(settings, LIBRARY, None, "1970-01-01T00:00:00Z"))


def made_with(order: Order) -> Making:
    """Return what an order is made with; files are read once for all people, kinds of document and times."""
    own = {name: getattr(order.settings, name) for name in ("author", "user", "intensity", "language")}
    anybody = {name: Settings.model_fields[name].default for name in own}
    by = _with_library(order.settings.model_copy(update=anybody))
    by = replace(by, options=replace(by.options, kind=order.kind, date=order.date, **own))
    if order.model == LIBRARY:
        return by
    chat = ParentsChat(order.model, ModelChat(order.model, base_url=order.settings.base_url).local)
    return replace(by, writer=LLMWriter(chat, order.settings.prompts))
