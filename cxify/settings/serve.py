"""How the web page is served: the table [serve] of cxify.toml, CXIFY_SERVE_…, and the options of `cxify serve`."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Words = Annotated[tuple[Text, ...], Field(strict=False)]
MEGABYTE: Final = 2**20


class Serve(BaseModel):
    """What an organisation decides once for its web page."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    host: Text = "127.0.0.1"
    """The address to listen at; another than this machine's own needs sign-in."""
    port: int = Field(default=8765, ge=0, le=65535)
    """The port to listen at; 0 takes a free one."""
    data: Text | None = None
    """The folder of the database on this machine; None is the user's own folder for data of programs."""
    public_url: Text | None = Field(default=None, pattern=r"^https?://[^/\s?#@]+/?$")
    """Where people reach the page, such as https://cxify.example.org."""
    trusted_proxies: Words = ()
    """Addresses of proxies in front, whose word on the visitor's address is believed."""
    models: Words = ()
    """Language models that people may choose; without any, nothing ever leaves the server."""
    retention_days: int = Field(default=30, ge=1, le=3650)
    """Days after which an uploaded document is deleted with all that was made of it."""
    largest_file: int = Field(default=25, ge=1, le=500)
    """Megabytes of one file."""
    largest_upload: int = Field(default=500, ge=1, le=5000)
    """Megabytes of all files that are sent at once."""
    most_files: int = Field(default=500, ge=1, le=10000)
    """Files that are sent at once."""
    most_documents: int = Field(default=10_000, ge=1, le=100_000)
    """Files of one upload, in however many parts they are sent."""
    second_approver: Words = ("review_form", "promotion_criteria")
    """Kinds of document whose clean copy leaves only after a second person has approved it; none in local mode."""
    requests_per_minute: int = Field(default=600, ge=10)
    """Requests of one person; an address may make three times as many, because an office can share one."""
    idle_minutes: int = Field(default=60, ge=5, le=1440)
    """Minutes without a request after which a person signs in again."""
    session_hours: int = Field(default=12, ge=1, le=168)
    """Hours after which a person signs in again in any case."""
    language: Literal["en", "de", "fr", "nl", "es"] | None = None
    """The language of the page for people whose browser asks for none that it has."""
    oidc_issuer: Text | None = Field(default=None, pattern=r"^https?://\S+$")
    """The organisation's sign-in service (OpenID Connect); with it the page is for many people."""
    oidc_client_id: Text | None = None
    oidc_secret: SecretStr | None = None
    """The secret that the sign-in service gave to cxify: CXIFY_SERVE_OIDC_SECRET, never a file."""
    oidc_claim: Text = "groups"
    """The claim that says which groups a person is in."""
    oidc_roles: dict[str, Literal["editor", "approver", "admin"]] = Field(default_factory=dict)
    """What the members of each group may do."""
    oidc_others: Literal["editor", "nobody"] = "nobody"
    """What somebody may do who is in none of these groups."""

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value


FROM_ENVIRONMENT_ONLY: Final = frozenset({"oidc_secret"})
"""Secrets: a file is copied, shown and checked in."""
VARIABLES: Final = {f"CXIFY_SERVE_{name.upper()}": name for name in Serve.model_fields} | {"CXIFY_WEB_DATA": "data"}
NUMBERS: Final = frozenset(name for name, field in Serve.model_fields.items() if field.annotation is int)
LISTS: Final = frozenset({"trusted_proxies", "models", "second_approver"})
"""Several words separated by commas in the environment."""
