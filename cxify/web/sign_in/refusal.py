"""Why somebody could not sign in, as a sentence for the person at the browser."""

from typing import Final

from cxify.errors import InputError, SetupError

AGAIN: Final = "Go back to the sign-in page and try again."
ASK: Final = "Ask whoever runs cxify in your organisation."


class SignInRefused(InputError):  # noqa: N818  the name says what happened
    """What the browser brought back from the sign-in service is not to be believed, or not enough."""


class SignInUnavailable(SetupError):  # noqa: N818
    """The sign-in service does not answer, or not as OpenID Connect wants it."""
