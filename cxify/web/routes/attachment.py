"""A file as an answer: always to be saved and never to be shown, under its own name (RFC 6266, RFC 5987)."""

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from cxify.web.desk.downloading import Download


def attachment(file: Download) -> Response:
    """Return a file."""
    return Response(file.data, media_type=file.media_type, headers=_headers(file.filename))


def archive(name: str, parts: Iterator[bytes]) -> Response:
    """Return an archive that is sent while it is made."""
    return StreamingResponse(parts, media_type="application/zip", headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(c for c in plain if c.isprintable() and c not in '"\\%')
    disposition = f"attachment; filename=\"{plain or 'document'}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
