"""/framework: the organisation's words shown to everybody; admins change them, compare versions, put one in use."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from cxify.errors import InputError
from cxify.framework import Problem
from cxify.framework_import import SUFFIXES, Imported
from cxify.store.people import Person as Somebody
from cxify.web.context import Context, Here
from cxify.web.desk import common_things, framing
from cxify.web.desk.choices import IN_USE
from cxify.web.desk.common_things import Common
from cxify.web.desk.downloading import Download
from cxify.web.desk.framing import Shown
from cxify.web.errors import Unreadable
from cxify.web.preferences import Preferences
from cxify.web.render import page
from cxify.web.routes.attachment import attachment
from cxify.web.security import bodies
from cxify.web.signed_in import Admin, Person

router = APIRouter()


@router.get("/framework")
def show(request: Request, here: Here, person: Person, version: str = IN_USE) -> Response:  # noqa: ARG001
    """Show a version of the framework, at first the one in use."""
    found = framing.shown(here, version)
    language = Preferences.of(request, here).language
    return page(
        request,
        "framework.html",
        shown=found,
        framework=found.framework.localised(language),
        versions=framing.versions(here),
        in_use=next(each.id for each in framing.versions(here) if each.active),
    )


@router.get("/framework.yaml")
def take(here: Here, person: Person, version: str = IN_USE) -> Response:  # noqa: ARG001
    """Send a version as the file that it is."""
    found = framing.shown(here, version)
    return attachment(Download(found.file, "application/yaml", found.files[found.file]))


@router.get("/framework/compare")
def compare(request: Request, here: Here, person: Person, before: str = "", after: str = IN_USE) -> Response:  # noqa: ARG001
    """Show what two versions say differently."""
    known = framing.versions(here)
    before = before or known[-1].id
    found = framing.compare(here, before, after)
    sections = [(name, list(each)) for name, each in groupby(found, key=lambda difference: difference.section)]
    after = framing.shown(here, after).id
    return page(request, "framework_compare.html", versions=known, before=before, after=after, sections=sections)


@router.get("/framework/edit")
def edit(request: Request, here: Here, person: Admin, version: str = IN_USE) -> Response:  # noqa: ARG001  only admins
    """Show the form for the common things, and the whole file."""
    found = framing.editable(here, version, Preferences.of(request, here).language)
    return _editor(request, found, found.text, common=common_things.of(found.framework))


@router.post("/framework/edit")
def save(
    request: Request,
    here: Here,
    person: Admin,
    text: Annotated[str, Form(max_length=framing.MOST)],
    base: Annotated[str, Form(max_length=20)] = IN_USE,
    check: Annotated[bool, Form()] = False,
) -> Response:
    """Check the whole file, and keep it as a version when nothing is wrong with it."""
    found = framing.editable(here, base, Preferences.of(request, here).language)
    text = text.replace("\r\n", "\n")
    if check:
        problems = framing.check(here, text, found.files).problems
        return _editor(request, found, text, problems=problems, checked=True)
    return _kept(request, here, person, found, text)


@router.post("/framework/common")
async def save_common(request: Request, here: Here, person: Admin) -> Response:
    """Keep a version with what was given in the form."""
    sent = await bodies.form(request, here.config)
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_common, request, here, person, given)


@router.post("/framework/import")
async def import_(request: Request, here: Here, person: Admin) -> Response:  # noqa: ARG001  only admins may
    """Make a framework of the tables of a Word file or workbook, to be read, corrected and then kept."""
    sent = await bodies.form(request, here.config)
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Unreadable("No file was sent.", "Choose the Word file or Excel workbook that holds your framework.")
    bodies.within(file, here.config)
    data, name = await file.read(), PurePath(file.filename.replace("\\", "/")).name
    return await run_in_threadpool(_imported, request, here, data, name)


@router.post("/framework/active")
def activate(here: Here, person: Admin, version: Annotated[str, Form(max_length=20)]) -> Response:
    """Put a version in use for what is started from now on."""
    framing.activate(here, person, version)
    return RedirectResponse("/framework", 303)


def _common(request: Request, here: Context, person: Somebody, given: Mapping[str, str]) -> Response:
    found = framing.editable(here, given.get("base", IN_USE), Preferences.of(request, here).language)
    return _kept(request, here, person, found, common_things.written(found.text, found.framework, given))


def _imported(request: Request, here: Context, data: bytes, name: str) -> Response:
    language = Preferences.of(request, here).language
    if PurePath(name).suffix.lower() in (".yaml", ".yml"):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(f"{name} is no text in UTF-8.", "Save it as UTF-8 and send it again.") from None
        found = framing.fresh(here, language)
        return _editor(request, found, text, problems=framing.check(here, text, found.files).problems, checked=True)
    made, found = framing.imported(here, data, name), framing.fresh(here, language)
    problems = framing.check(here, made.yaml, found.files).problems
    return _editor(request, found, made.yaml, problems=problems, checked=True, made=made)


def _kept(request: Request, here: Context, person: Somebody, found: Shown, text: str) -> Response:
    if problems := framing.keep(here, person, text, found.files):
        return _editor(request, found, text, problems=problems, checked=True, status=422)
    return RedirectResponse("/framework?version=" + framing.versions(here)[0].id, 303)


def _editor(
    request: Request,
    found: Shown,
    text: str,
    *,
    common: Common | None = None,
    problems: Sequence[Problem] = (),
    checked: bool = False,
    made: Imported | None = None,
    status: int = 200,
) -> Response:
    lines = text.splitlines()
    told: list[dict[str, Any]] = [
        {"line": each.line, "file": PurePath(each.file).name, "path": each.path, "message": each.message}
        | {"remedy": each.remedy, "text": lines[each.line - 1].strip() if 0 < each.line <= len(lines) else ""}
        for each in problems
    ]
    values = {"found": found, "text": text, "common": common, "problems": told, "checked": checked, "made": made}
    return page(request, "framework_edit.html", status=status, suffixes=",".join((*SUFFIXES, ".yaml")), **values)
