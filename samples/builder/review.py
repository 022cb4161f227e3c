"""What other people's review leaves in a document: tracked changes, comments with replies, footnotes."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from samples.builder.names import NAMESPACES, root
from samples.builder.text import PLAIN, Fmt, Xml, p, runs, t, typeset

W15, W16CID = NAMESPACES["w15"], NAMESPACES["w16cid"]


@dataclass(frozen=True)
class Person:
    """A reviewer as Word knows them."""

    name: str
    initials: str
    account: str


@dataclass(frozen=True)
class Comment:
    """A comment; `answers` is the number of the comment it replies to; `resolved` ticks the thread."""

    number: int
    person: Person
    date: str
    text: str
    answers: int | None = None
    resolved: bool = False

    @property
    def paragraph(self) -> str:
        """Return the id of the comment's paragraph, by which Word joins threads."""
        return f"{0x2A410000 + self.number * 0x135:08X}"


def _stamp(number: int, person: Person, date: str) -> str:
    return f'w:id="{number}" w:author={quoteattr(person.name)} w:date="{date}"'


def inserted(number: int, person: Person, date: str, text: str, fmt: Fmt = PLAIN) -> Xml:
    """Return text that somebody inserted."""
    return Xml(f"<w:ins {_stamp(number, person, date)}>{runs(text, fmt)}</w:ins>")


def deleted(number: int, person: Person, date: str, text: str, fmt: Fmt = PLAIN) -> Xml:
    """Return text that somebody deleted."""
    run = f"<w:r>{fmt.xml()}{t(typeset(text), 'w:delText')}</w:r>"
    return Xml(f"<w:del {_stamp(number, person, date)}>{run}</w:del>")


def reformatted(number: int, person: Person, date: str, text: str, now: Fmt, before: str = "") -> Xml:
    """Return a run whose format somebody changed; `before` is the earlier content of w:rPr."""
    change = f"<w:rPrChange {_stamp(number, person, date)}><w:rPr>{before}</w:rPr></w:rPrChange>"
    return Xml(f"<w:r>{now.xml(change)}{t(typeset(text))}</w:r>")


def mark(kind: str, number: int, person: Person, date: str) -> str:
    """Return the w:ins or w:del of a paragraph mark or table row."""
    return f"<w:{kind} {_stamp(number, person, date)}/>"


def commented(numbers: tuple[int, ...], *parts: str) -> Xml:
    """Return parts with the range and reference marks of a thread's comments."""
    start = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
    end = "".join(
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
        for number in numbers
    )
    return Xml(start + "".join(runs(part) for part in parts) + end)


def comment_parts(comments: tuple[Comment, ...], people: tuple[Person, ...]) -> dict[str, str]:
    """Return comments.xml, commentsExtended.xml, commentsIds.xml and people.xml."""
    listed = "".join(_comment(one) for one in comments)
    by_number = {one.number: one for one in comments}
    threads = "".join(_thread(one, by_number) for one in comments)
    ids = "".join(
        f'<w16cid:commentId w16cid:paraId="{one.paragraph}" w16cid:durableId="{0x21900000 + one.number:08X}"/>'
        for one in comments
    )
    named = "".join(
        f'<w15:person w15:author={quoteattr(one.name)}><w15:presenceInfo w15:providerId="AD" '
        f"w15:userId={quoteattr(one.account)}/></w15:person>"
        for one in people
    )
    return {
        "comments.xml": root("w:comments", listed),
        "commentsExtended.xml": root("w15:commentsEx", threads),
        "commentsIds.xml": root("w16cid:commentsIds", ids),
        "people.xml": root("w15:people", named),
    }


def _comment(one: Comment) -> str:
    mark_run = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    block = p(Xml(mark_run + runs(one.text)), style="CommentText").replace(
        "<w:p>", f'<w:p w14:paraId="{one.paragraph}">', 1
    )
    return (
        f'<w:comment {_stamp(one.number, one.person, one.date)} w:initials="{one.person.initials}">{block}</w:comment>'
    )


def _thread(one: Comment, by_number: dict[int, Comment]) -> str:
    parent = "" if one.answers is None else f' w15:paraIdParent="{by_number[one.answers].paragraph}"'
    return f'<w15:commentEx w15:paraId="{one.paragraph}"{parent} w15:done="{int(one.resolved)}"/>'


def note_reference(number: int) -> Xml:
    """Return the mark of a footnote."""
    return Xml(f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>')


def footnotes(*texts: str) -> str:
    """Return footnotes.xml with Word's two separators and the notes from number 1."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, kind, tag in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
    )
    ref = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(Xml(ref + runs(" " + text)), style="FootnoteText")}</w:footnote>'
        for number, text in enumerate(texts, 1)
    )
    return root("w:footnotes", separators + notes)


FOOTNOTE_SETTINGS = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
