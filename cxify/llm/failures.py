"""Say in plain words what an endpoint did wrong, and whether another attempt can help."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from cxify.errors import ContextTooLong, ModelError, ModelRefused, ModelUnavailable
from cxify.llm.usage import Tokens, about

NOT_A_COMPLETION = (KeyError, TypeError, ValueError, IndexError, AttributeError)
"""What LangChain raises when the endpoint's answer has not the shape of a chat completion."""


@dataclass(frozen=True)
class Fault:
    """What to tell the user, and whether and when to try again."""

    error: ModelError
    retry: bool = False
    after: float | None = None
    """Seconds that the endpoint asked to wait, if it did."""
    limited: bool = False
    """True when the endpoint is asked too fast: slower, the same call will do."""


def refused(model: str, tokens: Tokens | None = None) -> ModelRefused:
    """Make the error for a model that declines, or whose answer a content filter held back; `tokens` are its price."""
    remedy = "Look for text in the document that a content filter may object to, or choose another model."
    error = ModelRefused(f"{model} declined to answer, or a content filter stopped it.", remedy)
    if tokens:
        error.spent = (tokens.input, tokens.output, tokens.cached)
    return error


def fault_of(error: Exception, model: str, endpoint: str) -> Fault:
    """Translate an exception of LangChain, openai or another provider's library."""
    from langchain_core import exceptions as core

    match error:
        case ModelError():
            return Fault(error)
        case core.ContextOverflowError():
            remedy = "Choose a model with a longer context."
            return Fault(ContextTooLong(f"The document is too long for {model}.", remedy))
        case core.ModelRateLimitError():
            return _rate_limit(error, model)
        case core.ModelTimeoutError():
            return _passing(f"{model} at {endpoint} did not answer in time.", "Allow a longer --timeout.")
        case core.ModelConnectionError():
            remedy = "Check that it runs, the --base-url, and your network."
            return _passing(f"{endpoint} cannot be reached.", remedy)
        case ImportError():
            provider = model.partition(":")[0]
            said = f"The LangChain package for {provider} is not installed."
            return _final(said, f"Install it, for example: pip install langchain-{provider}.")
        case _ if _refusal(error):
            return Fault(refused(model))
        case _ if status_of(error) is not None:
            return _by_status(error, status_of(error) or 0, model, endpoint)
        case _ if isinstance(error, NOT_A_COMPLETION):
            said = f"{endpoint} gave an answer that is not a chat completion."
            return _passing(said, "Check that --base-url ends where the OpenAI-compatible API begins, often in /v1.")
        case _:
            return _passing(f"{model} failed: {first_words(error)}.", "Try again; if it stays, choose another model.")


def _by_status(error: Exception, status: int, model: str, endpoint: str) -> Fault:
    match status:
        case 401:
            return _final(f"{endpoint} refuses the key for {model}.", "Set a valid API key for this provider.")
        case 403:
            return _final(f"{endpoint} does not let this key use {model}.", "Ask for access, or choose another model.")
        case 404:
            return _final(f"{endpoint} does not know {model}.", _other_model(model))
        case 408 | 409 | 425:
            return _passing(f"{endpoint} could not take the request now.", "Try again later.", _retry_after(error))
        case 429:
            return _rate_limit(error, model)
        case _ if status >= 500:
            said = f"{endpoint} has a fault of its own (HTTP {status})."
            return _passing(said, "Try again later.", _retry_after(error))
        case _:
            said = f"{endpoint} does not accept the request (HTTP {status}): {first_words(error)}."
            return _final(said, "Check the model's name and whether it can answer with a JSON schema.")


def _rate_limit(error: Exception, model: str) -> Fault:
    if getattr(error, "code", None) == "insufficient_quota":
        return _final(f"The account for {model} has no credit left.", "Add credit, or choose another model.")
    remedy = "Lower --concurrency, or try again later."
    said = f"{model} takes no more requests for now."
    return Fault(ModelUnavailable(said, remedy), retry=True, after=_retry_after(error), limited=True)


def _refusal(error: Exception) -> bool:
    """Tell whether a content filter stopped the request or the answer."""
    return type(error).__name__ == "ContentFilterFinishReasonError" or getattr(error, "code", None) == "content_filter"


def _other_model(model: str) -> str:
    facts = about(model)
    if facts.ends and facts.use_instead:
        return f"It ends on {facts.ends:%d %B %Y}: use {facts.use_instead} instead."
    return "Check the spelling; `GET …/models` of the endpoint lists the names that it knows."


def status_of(error: Exception) -> int | None:
    """Return the HTTP status of a failed request, or None; a broken answer to a good one has no status here."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def _retry_after(error: Exception) -> float | None:
    """Return the seconds in Retry-After (RFC 9110, 10.2.3: seconds or a date), or None."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", None) or {}
    value = headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        # The date counts from the sender's own clock, which stands beside it in `Date`.
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())


def first_words(error: Exception) -> str:
    """Return the beginning of an error's own text: enough to act on, too short to leak a document."""
    text = str(getattr(error, "message", "") or error).strip().partition("\n")[0]
    return text[:160].rstrip(".") or type(error).__name__


def _final(said: str, remedy: str) -> Fault:
    return Fault(ModelUnavailable(said, remedy))


def _passing(said: str, remedy: str, after: float | None = None) -> Fault:
    return Fault(ModelUnavailable(said, remedy), retry=True, after=after)
