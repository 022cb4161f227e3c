"""How this page is served: the settings, made whole and checked, so that nothing unsafe is started."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from cxify import settings as settings_
from cxify import store
from cxify.errors import SettingsInvalid
from cxify.settings import Serve, Settings
from cxify.store.sessions import Lifetime

Mode = Literal["local", "organisation"]
_LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Config:
    """How this page is served."""

    serve: Serve
    settings: Settings
    database: str = field(repr=False)
    """The database's address; it may hold a password."""
    port: int
    """The port that is really listened at."""
    start_token: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(24))
    """What opens the page in local mode, once."""

    @property
    def mode(self) -> Mode:
        """Local is one person on this machine; an organisation has a sign-in service."""
        return "organisation" if self.serve.oidc_issuer else "local"

    @property
    def origin(self) -> str:
        """Where people reach the page."""
        name = f"[{self.serve.host}]" if ":" in self.serve.host else self.serve.host
        return self.serve.public_url or f"http://{name}:{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        """The origins of our own pages."""
        if self.serve.public_url:
            return frozenset({self.serve.public_url})
        return frozenset(f"http://{host}" for host in self.hosts)

    @property
    def hosts(self) -> frozenset[str]:
        """The values that the Host header may have; any other name was made to point here by somebody else."""
        if self.serve.public_url:
            return frozenset({urlsplit(self.serve.public_url).netloc})
        return frozenset(f"{name}:{self.port}" for name in _LOOPBACK_NAMES) | {urlsplit(self.origin).netloc.lower()}

    @property
    def secure(self) -> bool:
        """Whether people reach the page by https."""
        return self.origin.startswith("https://")

    @property
    def lifetime(self) -> Lifetime:
        """How long a sign-in lasts."""
        return Lifetime(timedelta(minutes=self.serve.idle_minutes), timedelta(hours=self.serve.session_hours))

    @property
    def retention(self) -> timedelta:
        """How long an uploaded document is kept."""
        return timedelta(days=self.serve.retention_days)


def check(serve: Serve) -> None:
    """Raise SettingsInvalid for what would open documents to strangers."""
    if serve.oidc_issuer:
        _organisation(serve)
        return
    if not _loopback(serve.host):
        message = f"Without sign-in the page is for this machine only, and --host {serve.host} is for others."
        raise SettingsInvalid(
            message, "Leave --host out, or set oidc_issuer, oidc_client_id and public_url in [serve]."
        )
    if serve.public_url and not _loopback(urlsplit(serve.public_url).hostname or ""):
        message = "Without sign-in the page is for this machine only, and public_url names another."
        raise SettingsInvalid(message, "Remove public_url, or set oidc_issuer and oidc_client_id in [serve].")


def database(serve: Serve, settings: Settings) -> str:
    """Return the database's address: the queue's, or a file in the user's own folder that only the user can read."""
    if settings.queue is not None:
        return settings.queue.get_secret_value()
    folder = Path(serve.data).expanduser() if serve.data else settings_.data_folder()
    file = folder / "web.db"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        message = f"The folder {folder} cannot hold the database: {(error.strerror or str(error)).lower()}."
        raise SettingsInvalid(message, "Name another folder with --data.") from None
    return store.file_address(file)


def _organisation(serve: Serve) -> None:
    lacking = [name for name in ("oidc_client_id", "public_url") if not getattr(serve, name)]
    if lacking:
        message = f"oidc_issuer is set, but {' and '.join(lacking)} is not."
        raise SettingsInvalid(message, "Set it in the table [serve] of cxify.toml.")
    for name in ("oidc_issuer", "public_url"):
        address = urlsplit(getattr(serve, name))
        if address.scheme != "https" and not _loopback(address.hostname or ""):
            message = f"{name} is not https, so that anybody on the way could read documents and sign-ins."
            raise SettingsInvalid(message, f"Give {name} an address that begins with https://.")


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
