"""What is asked of every tool: one edit on one document, given by the text of its paragraph, never by an id."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cxify import word
from cxify.document import Block, Document
from cxify.errors import CxifyError
from tests.word.build import (
    END,
    SECTION,
    begin,
    bookmark,
    cell,
    commented,
    control,
    dele,
    doc,
    field,
    form_text,
    ins,
    link,
    mark,
    math,
    moved,
    note,
    p,
    r,
    row,
    ruby,
    simple_field,
    tbl,
    text_box,
)
from tests.word.sentences import EDITS

Kind = Literal["replace", "append", "paragraph", "row"]


@dataclass(frozen=True)
class Case:
    """One edit. `at` is the text of the paragraph; `must_refuse` where every honest tool has to say no."""

    name: str
    source: bytes
    kind: Kind
    at: str
    old: str = ""
    new: str = ""
    occurrence: int = 1
    cells: tuple[str, ...] = ()
    part: str = "word/document.xml"
    must_refuse: bool = False
    seen: str = ""
    """The paragraph's text as the judge's reader sees it, where that differs."""


def replace(name: str, source: bytes, at: str, old: str, new: str, **more: object) -> Case:
    return Case(name, source, "replace", at, old, new, **more)  # type: ignore[arg-type]


def append(name: str, source: bytes, at: str, new: str) -> Case:
    return Case(name, source, "append", at, new=new)


def paragraph(name: str, source: bytes, at: str, new: str = "Thank people for what they tell us.") -> Case:
    return Case(name, source, "paragraph", at, new=new)


def new_row(name: str, source: bytes, at: str, *cells: str, **more: object) -> Case:
    return Case(name, source, "row", at, cells=cells, **more)  # type: ignore[arg-type]


PLAIN = "The team answers letters from residents within ten days."


def crafted() -> Iterator[Case]:
    """Yield the hard cases, each on a document that holds one difficulty and ordinary text around it."""
    yield from _characters()
    yield from _formats()
    yield from _structures()
    yield from _lists_and_ends()
    yield from _tables()
    yield from _controls_and_fields()
    yield from _other_authors()
    yield from _stories()


def rewritten() -> Iterator[Case]:
    """Yield whole sentences to be exchanged for their better form: what does a tool mark?"""
    for number, (old, new) in enumerate(EDITS, 1):
        yield replace(f"sentence {number}", _in(old), old, old, new)


def _in(*content: str, **more: object) -> bytes:
    return doc(p("Duties", style="Heading1"), p(*content), p("The office is open every day."), **more)  # type: ignore[arg-type]


def _characters() -> Iterator[Case]:
    yield replace("plain word", _in(PLAIN), PLAIN, "ten days", "five days")
    yield replace("deletion", _in(PLAIN), PLAIN, " within ten days", "")
    yield replace("whole sentence", _in(PLAIN), PLAIN, PLAIN, "We answer every letter kindly.")
    yield append("append a sentence", _in(PLAIN), PLAIN, " Then it asks whether that helped.")
    twice = "Ask the guest, thank the guest, tell the guest."
    yield replace("second occurrence", _in(twice), twice, "guest", "visitor", occurrence=2)
    for name, old, new in (
        ("no-break space", "ten\u00a0days", "two\u00a0days"),
        ("no-break hyphen", "front\u2011desk staff", "front\u2011desk colleagues"),
        ("tab", "Grade:\tfour of ten", "Grade:\tfive of ten"),
        ("line break", "first line\nsecond line", "first line\nthird line"),
        ("soft hyphen", "cus\u00adtomer care", "cus\u00adtomer service"),
        ("smart quotes", "a “fast” reply", "a “kind” reply"),
        ("markup in text", "R&D <CX> *must* learn", "R&D <CX> *must* listen"),
        ("escape in text", "the _x000D_ code", "the _x000A_ code"),
        ("emoji", "thanks \U0001f600 to all", "thanks \U0001f64f to all"),
        ("combining marks", "re\u0301sume\u0301 of calls", "re\u0301sume\u0301 of letters"),
        ("Japanese", "顧客に返答する", "顧客に丁寧に返答する"),
        ("Arabic", "يرد على الرسائل", "يرد على المكالمات"),
    ):
        yield replace(name, _in(f"Before {old} after."), f"Before {old} after.", old, new)
    symbol = _in("Press ", r(raw='<w:sym w:font="Wingdings" w:char="F04A"/>'), " to call us.")
    yield replace("beside a symbol", symbol, "Press \uf04a to call us.", "call us", "reach us")


def _formats() -> Iterator[Case]:
    mixed = _in("We serve ", r("all our", b=True), r(" guests", i=True), " with care.")
    text = "We serve all our guests with care."
    yield replace("across bold and italic", mixed, text, "serve all our guests", "serve each of our visitors")
    yield replace("unchanged word in between", mixed, text, "all our guests with care", "every guest with great care")
    yield replace("into bold", mixed, text, "all our", "all of our")
    yield replace("at a bold edge", mixed, text, "We serve", "We gladly serve")
    shredded = _in(*[r(letter, size=24 if index % 2 else 22) for index, letter in enumerate("answers letters fast")])
    yield replace("runs of single letters", shredded, "answers letters fast", "letters", "every letter")
    styled = _in(r("Call ", color="FF0000"), r("centre", font="Arial"), " agents reply.")
    yield replace("colour and font", styled, "Call centre agents reply.", "Call centre agents", "Service agents")
    proofed = _in('<w:proofErr w:type="spellStart"/>', "teh", '<w:proofErr w:type="spellEnd"/>', " team")
    yield replace("spelling marks", proofed, "teh team", "teh team", "the team")


def _structures() -> Iterator[Case]:
    linked = _in("See ", link("our service page"), " for details.")
    text = "See our service page for details."
    yield replace("inside a link", linked, text, "service page", "help page")
    yield replace("across a link's edge", linked, text, "See our", "Read our")
    yield replace("beside a link", linked, text, "for details", "for all details")
    marked = _in("The ", bookmark("team", "service team"), " answers.")
    yield replace("inside a bookmark", marked, "The service team answers.", "service", "support")
    yield replace("across a bookmark's edge", marked, "The service team answers.", "team answers", "crew replies")
    noted = doc(p("Answer fast", note(1), " and kindly."), footnotes=["Within ten days."])
    yield replace("around a footnote mark", noted, "Answer fast and kindly.", "fast and", "soon and")
    remarked = doc(p("Answer ", commented(0, "every letter"), " soon."), comments=["Every one?"])
    yield replace("inside a commented range", remarked, "Answer every letter soon.", "every", "each")
    yield replace("across a commented range", remarked, "Answer every letter soon.", "letter soon", "letter today")
    yield replace("beside a formula", _in("Score ", math("x=1"), " per team."), "Score  per team.", "team", "group")
    page = _in("Old page ", r(raw='<w:lastRenderedPageBreak/><w:t xml:space="preserve">text goes on.</w:t>'))
    yield replace("around a page mark", page, "Old page text goes on.", "page text", "page words")
    yield replace(
        "beside ruby",
        _in("The ", ruby("客", "きゃく"), " waits."),
        "The 客 waits.",
        "waits",
        "is heard",
        seen="The waits.",
    )


def _lists_and_ends() -> Iterator[Case]:
    items = [p(f"Duty {name}.", bullet=True) for name in ("one", "two", "three")]
    yield paragraph("new item in a list", doc(*items, p("End")), "Duty two.")
    yield paragraph("new item at a list's end", doc(*items, p("End")), "Duty three.")
    yield paragraph("after the last paragraph", doc(p("Duties"), p("Last.")), "Last.")
    yield paragraph("before a table", doc(p("The table:"), tbl(["a", "b"]), p()), "The table:")
    yield paragraph(
        "at a section's end", doc(p("Part one."), p("Ends here.", section=True), p("Part two.")), "Ends here."
    )
    yield paragraph("behind a section's start", doc(p("One.", section=True), p("Part two."), p("More.")), "Part two.")
    yield paragraph("last in a cell", doc(tbl(["Task", "Owner"]), p("End")), "Owner")
    yield paragraph("last in a block control", doc(control(p("Held.")), p("End")), "Held.")
    yield paragraph("after a heading", doc(p("Duties", style="Heading1"), p("Text")), "Duties")


def _tables() -> Iterator[Case]:
    plain = doc(tbl(["Task", "Owner"], ["Letters", "Ann"], ["Calls", "Ben"]), p())
    yield new_row("row in the middle", plain, "Letters", "Visits", "Cem")
    yield new_row("row at the end", plain, "Calls", "Visits", "Cem")
    head = doc(tbl(row("Task", "Owner", header=True), ["Letters", "Ann"]), p())
    yield new_row("row after a repeated header", head, "Task", "Visits", "Cem")
    merged = doc(
        tbl([cell("Desk", merge="restart"), "Ann"], [cell("", merge="continue"), "Ben"], ["Phone", "Cem"]), p()
    )
    yield new_row("row after a vertical merge", merged, "Phone", "Visits", "Dora")
    spanned = doc(tbl(row(cell("All duties", span=2)), ["Letters", "Ann"]), p())
    yield new_row("row after a wide cell", spanned, "Letters", "Visits", "Cem")
    nested = doc(tbl([cell(tbl(["inner", "value"]), p("tail")), "Ann"]), p())
    yield new_row("row in a nested table", nested, "inner", "more", "less")
    yield new_row("too many cells", plain, "Letters", "one", "two", "three", must_refuse=True)
    yield replace("text in a cell", plain, "Letters", "Letters", "Letters and mails")
    yield replace("text in a nested table", nested, "inner", "inner", "inner ring")


def _controls_and_fields() -> Iterator[Case]:
    held = _in("Name: ", control("Ann Example", kind="<w:text/>"), " leads.")
    yield replace("across a control's edge", held, "Name: Ann Example leads.", "leads", "guides")
    locked = _in("Name: ", control("Ann Example", lock="contentLocked"), " leads.")
    yield replace("locked control", locked, "Name: Ann Example leads.", "Example", "Sample", must_refuse=True)
    bound = _in("Role: ", control("Clerk", bound=True), " here.")
    yield replace("data-bound control", bound, "Role: Clerk here.", "Clerk", "Host", must_refuse=True)
    choices = '<w:dropDownList><w:listItem w:value="Yes"/><w:listItem w:value="No"/></w:dropDownList>'
    listed = _in("Night work: ", control("Yes", kind=choices), ".")
    yield replace("drop-down off its list", listed, "Night work: Yes.", "Yes", "Maybe", must_refuse=True)
    empty = _in("Name: ", control("Click here", placeholder=True), ".")
    yield replace("placeholder", empty, "Name: Click here.", "Click here", "Ann", must_refuse=True)
    paged = _in("Page ", field("PAGE", "3"), " of the rules.")
    yield replace("field result", paged, "Page 3 of the rules.", "3", "4", must_refuse=True)
    yield replace("beside a field", paged, "Page 3 of the rules.", "of the rules", "of our rules")
    merge = _in("Dear ", simple_field("MERGEFIELD Name", "«Name»"), ", welcome.")
    yield replace("beside a merge field", merge, "Dear «Name», welcome.", "welcome", "thank you")
    yield replace("merge field", merge, "Dear «Name», welcome.", "«Name»", "Ann", must_refuse=True)
    form = _in("Team: ", form_text("Service"), " desk.")
    yield replace("beside a form field", form, "Team: Service desk.", "desk", "office")
    yield replace("link field", _in("See ", begin('HYPERLINK "https://example.org"'), "the guide", END, "."),
                  "See the guide.", "guide", "handbook")  # fmt: skip


def _other_authors() -> Iterator[Case]:
    inserted = _in("We answer ", ins("every single letter"), " soon.")
    text = "We answer every single letter soon."
    yield replace("inside another's insertion", inserted, text, "single ", "")
    yield replace("across another's insertion", inserted, text, "letter soon", "letter today")
    yield replace("beside another's insertion", inserted, text, "soon", "kindly")
    deleted = _in("We answer ", dele("most "), "letters soon.")
    yield replace("beside another's deletion", deleted, "We answer letters soon.", "letters soon", "letters today")
    yield replace(
        "across another's deletion", deleted, "We answer letters soon.", "answer letters", "answer all letters"
    )
    went = doc(
        p("First ", moved("m", "move me", to=False), "stays."), p("Then ", moved("m", "move me", to=True), " end.")
    )
    yield replace("inside another's move", went, "Then move me end.", "move", "shift")
    changed = _in("We ", r("answer", b=True, changed_by="Ann"), " letters.")
    yield replace("another's format change", changed, "We answer letters.", "answer", "reply to")
    yield paragraph("after another's paragraph", doc(p("Old."), p(ins("New."), marked=mark("ins")), p("End.")), "New.")
    rows = doc(tbl(["Task", "Owner"], row(cell(p(ins("Calls"), marked=mark("ins"))), "Ben", marked=mark("ins"))), p())
    yield new_row("row after another's row", rows, "Calls", "Visits", "Cem")


def _stories() -> Iterator[Case]:
    header = doc(p("Body text."), headers={"default": p("Service team handbook")})
    yield replace("header", header, "Service team handbook", "team", "desk", part="word/header1.xml")
    notes = doc(p("Answer", note(1), " soon."), footnotes=["Within ten days."])
    yield replace("footnote", notes, "Within ten days.", "ten", "five", part="word/footnotes.xml")
    boxed = doc(p("Around it. ", text_box(p("Ask our guests"))), p("End."))
    yield replace("text box", boxed, "Ask our guests", "guests", "visitors")
    strict = doc(p(PLAIN), strict=True)
    yield replace("strict file", strict, PLAIN, "ten", "five")
    yield replace("template", doc(p(PLAIN), kind="dotx"), PLAIN, "ten", "five")


# --- real files -------------------------------------------------------------------------------------------------------


def real(folders: list[Path]) -> Iterator[Case]:
    """Yield two edits on each Word file that cxify can open: other words in a long line, and a new list item."""
    for path in sorted(path for folder in folders for path in folder.glob("*.do[ct][xm]")):
        source = path.read_bytes()
        try:
            document = word.read(source)
        except CxifyError:
            continue
        name = path.stem.split("__")[1] if "__" in path.stem else path.stem
        yield from _on_real(name[:24], source, document)


def _on_real(name: str, source: bytes, document: Document) -> Iterator[Case]:
    texts = [block.text for block in document.blocks]
    usable = [
        b for b in document.body if not b.lock and not b.spans and texts.count(b.text) == 1 and "\n" not in b.text
    ]
    longest = max(usable, key=lambda block: len(block.text.split()), default=None)
    if longest and len(words := longest.text.split()) > 3:
        old = " ".join(words[len(words) // 2 :][:2])
        if longest.text.count(old) == 1:
            yield replace(f"{name}: words", source, longest.text, old, "kind service")
    listed: Block | None = next((b for b in reversed(usable) if b.type == "list_item" and b.text.strip()), None)
    if listed:
        yield paragraph(f"{name}: list item", source, listed.text)


__all__ = ["SECTION", "Case", "crafted", "real"]
