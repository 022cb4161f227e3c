"""Files by their hashes that nothing names any more: comments of customers must not outlive what was made with them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, String, cast, delete, exists, select

from cxify.store.paper_tables import FrameworkRow, VoiceRow
from cxify.store.people import reading
from cxify.store.tables import Run, StoredFile


def forget_unused(connection: Connection, hashes: Collection[str]) -> None:
    """Delete those of the files that no run, no framework and nobody's comments name."""
    for hashed in sorted(hashes):
        in_runs = exists().where(cast(Run.settings, String).contains(hashed))
        in_frameworks = exists().where(cast(FrameworkRow.files, String).contains(hashed))
        in_voices = exists().where(VoiceRow.sha256 == hashed)
        if not connection.scalar(select(in_runs | in_frameworks | in_voices)):
            connection.execute(delete(StoredFile).where(StoredFile.sha256 == hashed))


def there(where: Engine | Connection, hashes: Collection[str]) -> set[str]:
    """Return those of the files that are kept."""
    with reading(where) as connection:
        return set(connection.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))))


def forget_comments(connection: Connection, gone: Iterable[Mapping[str, Any]]) -> None:
    """Delete the comments that only runs with these settings have named."""
    forget_unused(connection, {hashed for settings in gone for hashed in comments_of(settings)})


def comments_of(settings: Mapping[str, Any]) -> set[str]:
    """Return the hash of the comments that a run's settings name."""
    entry = settings.get("files", {}).get("voice", {})
    return set(entry.get("files", {}).values())
