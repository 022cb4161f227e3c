"""What batches may cost and have cost, in US dollars."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cxify.errors import CostLimit, SettingsInvalid
from cxify.llm.budget import CHARACTERS_A_TOKEN
from cxify.llm.openai_batch.chat import Wanted
from cxify.llm.openai_batch.notes import Notes
from cxify.llm.usage import Tokens, batch_share, cost


@dataclass(frozen=True)
class Bill:
    """Prices the requests and results of one model."""

    model: str
    local: bool = False

    def price(self, tokens: Tokens) -> Decimal | None:
        """Return what tokens cost in a batch, None when no price is known."""
        if self.local:
            return Decimal(0)
        full = cost(self.model, tokens)
        return None if full is None else full * batch_share(self.model)

    def at_most(self, wanted: Iterable[Wanted]) -> Decimal | None:
        """Return what requests could cost if every answer took all the room it has."""
        return self.price(sum((_room(one) for one in wanted), Tokens()))

    def tokens(self, notes: Notes) -> Tokens:
        """Return the tokens of all results."""
        return sum((result.tokens for result in notes.all_results()), Tokens())

    def check(self, limit: Decimal, notes: Notes, wanted: Iterable[Wanted]) -> None:
        """Raise CostLimit when a submission could go beyond the limit, SettingsInvalid when nobody can tell."""
        new, spent = self.at_most(wanted), self.price(self.tokens(notes))
        if new is None or spent is None:
            message = f"The price of {self.model} is not known, so no limit can be kept."
            raise SettingsInvalid(message, "Leave --max-cost out, or name a model with a known price.")
        under_way = sum((note.at_most or Decimal(0) for note in notes.open), Decimal(0))
        if new and new + spent + under_way > limit:
            message = f"This batch could cost {new:.4f} dollars; {spent:.4f} are spent and {under_way:.4f} under way."
            remedy = f"Nothing was submitted. Give a higher --max-cost than {limit}, or fewer documents."
            raise CostLimit(message, remedy)


def _room(wanted: Wanted) -> Tokens:
    body = json.loads(wanted.body)
    # Counted without escapes, so that languages with other letters are not taken for longer than they are.
    characters = len(json.dumps(body, ensure_ascii=False))
    return Tokens(characters // CHARACTERS_A_TOKEN, body.get("max_completion_tokens") or body.get("max_tokens") or 0)
