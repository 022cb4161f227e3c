"""The start token of local mode: it opens the page once, for whoever can read the terminal."""

import secrets
from threading import Lock


class StartToken:
    """A secret that works once."""

    def __init__(self, token: str) -> None:
        self._token: str | None = token
        self._lock = Lock()

    def use(self, given: str) -> bool:
        """Return whether this is the token, which then is used up."""
        with self._lock:
            if self._token is None or not secrets.compare_digest(given.encode(), self._token.encode()):
                return False
            self._token = None
            return True
