"""The estimate of a run with a model, and what exactly would be sent; nothing is."""

import json
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.batch import Done, Plan
    from cxify.llm.unsent import Request, Unsent
    from cxify.settings import Settings


def tell_what_would_be_sent(
    plan: "Plan", settings: "Settings", model: str, kind: str | None, *, show_requests: bool, as_json: bool
) -> int:
    """Print the estimate, with `show_requests` every request as well, and return the exit code."""
    from cxify.cli.local import rewritten
    from cxify.cli.writer import unsent_writer

    requests: list[dict[str, Any]] = []

    def shown(request: "Request") -> None:
        requests.append(_as_data(request))
        if not as_json:
            shell.show(_as_text(request))

    writer, unsent = unsent_writer(model, settings, shown if show_requests else None)
    done = rewritten(plan, settings, writer, kind, write=False, as_json=as_json)
    estimate = _estimate(unsent)
    if as_json:
        shell.show_json({"estimate": estimate, "requests": requests, "exit_code": done.exit_code})
    else:
        shell.show(_summary(estimate, done))
    return done.exit_code


def _estimate(unsent: "Unsent") -> dict[str, Any]:
    from cxify.llm.usage import known

    price = unsent.cost
    return {
        "model": unsent.model,
        "endpoint": unsent.chat.endpoint,
        "requests": unsent.requests,
        "input_tokens": unsent.tokens.input,
        "output_tokens": unsent.tokens.output,
        "usd": None if price is None else float(price),
        "prices_as_of": known().as_of.isoformat(),
    }


def _summary(estimate: dict[str, Any], done: "Done") -> str:
    asked = say.count(estimate["requests"], "request")
    read, wrote = _rounded(estimate["input_tokens"]), _rounded(estimate["output_tokens"])
    lines = [
        f"Nothing was sent and nothing was written. {estimate['model']} at {estimate['endpoint']} would get {asked} "
        f"of about {read} tokens together and write about {wrote}.",
        _price(estimate),
    ]
    without = len(done.outcomes) - done.count("waiting") - done.count("failed") - done.count("skipped")
    if without:
        lines.append(f"{say.count(without, 'document')} would need no model.")
    return "\n".join(lines)


def _price(estimate: dict[str, Any]) -> str:
    dated = f"{estimate['prices_as_of']}"
    if estimate["usd"] is None:
        return f"What {estimate['model']} costs is not known to cxify; multiply with your provider's prices."
    if not estimate["usd"]:
        return "It runs on this machine and costs nothing."
    return (
        f"About {estimate['usd']:.4f} US dollars at the prices of {dated}; answers that have to be mended can double "
        "it. --max-cost sets a limit."
    )


def _rounded(tokens: int) -> str:
    return f"{round(tokens, -2 if tokens >= 1000 else -1):,}"


def _as_data(request: "Request") -> dict[str, Any]:
    return {
        "endpoint": request.endpoint,
        "body": request.body,
        "messages": [{"role": message.role, "text": message.text} for message in request.messages],
        "tokens": {"input": request.tokens.input, "output": request.tokens.output},
    }


def _as_text(request: "Request") -> str:
    """Return a request for people: the texts as they are, then the rest of what would travel."""
    lines = [click.style(f"--- to {request.endpoint}, about {request.tokens.input} tokens ---", bold=True)]
    for message in request.messages:
        lines += [f"{message.role}:", message.text, ""]
    if request.body:
        rest = {key: value for key, value in request.body.items() if key != "messages"}
        lines += ["the rest of the request:", json.dumps(rest, ensure_ascii=False, indent=1), ""]
    return "\n".join(lines)
