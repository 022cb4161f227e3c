"""GET /audit: which documents hold customer experience already; as a page, as one file to pass on, as a table."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from cxify import audit
from cxify.store.people import Person as Somebody
from cxify.web.context import Context, Here
from cxify.web.desk import auditing
from cxify.web.desk.auditing import Audited
from cxify.web.desk.downloading import Download
from cxify.web.preferences import Preferences
from cxify.web.render import page, speaker
from cxify.web.routes.attachment import attachment
from cxify.web.signed_in import Person

router = APIRouter()
ALL = "all"


@router.get("/audit")
def show(request: Request, here: Here, person: Person, of: str = "") -> Response:
    """Show the audit of one's own documents; an admin also sees that of all."""
    found = _found(here, person, of, "page")
    language = Preferences.of(request, here).language
    sections = audit.sections(
        found.audit, framework=found.framework, kinds=found.kinds, language=language, said=speaker(request).plain
    )
    return page(request, "audit.html", found=found, everyone=of == ALL, sections=sections, spoken=_spoken(language))


@router.get("/audit/pictures.css")
def style(here: Here, person: Person) -> Response:  # noqa: ARG001  only for those who see the page
    """Send the style of the pictures."""
    return Response(audit.pictures(), media_type="text/css")


@router.get("/audit.html")
def take(request: Request, here: Here, person: Person, of: str = "") -> Response:
    """Send the audit as one file that needs nothing else, to be passed on."""
    found = _found(here, person, of, "html")
    date, language = datetime.now(UTC).isoformat(), _spoken(Preferences.of(request, here).language)
    said = speaker(request).plain
    html = audit.page(
        found.audit, framework=found.framework, kinds=found.kinds, date=date, language=language, said=said
    )
    return attachment(Download("audit.html", "text/html; charset=utf-8", html.encode()))


@router.get("/audit.csv")
def table(here: Here, person: Person, of: str = "") -> Response:
    """Send the audit as a table."""
    found = _found(here, person, of, "csv")
    return attachment(Download("audit.csv", "text/csv; charset=utf-8", audit.table(found.audit)))


def _found(here: Context, person: Somebody, of: str, form: str) -> Audited:
    everyone = of == ALL
    found = auditing.audited(here, person, everyone=everyone)
    if everyone:
        auditing.told(here, person, form)
    return found


def _spoken(language: str) -> str:
    return language if language in audit.LANGUAGES else audit.LANGUAGES[0]
