"""When two stories are the same to a reader of the file: runs that editing split count as joined."""

from copy import deepcopy
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.names import w
from cxify.word.tree import parent, shown_text, unset

_TEXTS: Final = (names.T, names.DEL_TEXT)
_LEAVES: Final = (names.PPR, names.TR_PR, names.TC_PR, names.SECT_PR, names.SDT_PR)


def same_once_joined(source: etree._Element, result: etree._Element, touched: set[etree._Element]) -> bool:
    """Compare whole stories at once, the touched paragraphs joined; False may still mean equal.

    In `result`, touched paragraphs that are equal once joined give way to the source's own.
    """
    for a, b in list(zip(source.iter(names.P), result.iter(names.P), strict=False)):
        if b in touched:
            if canonical(a) != canonical(b):
                return False
            parent(b).replace(b, deepcopy(a))
    return bool(etree.tostring(source) == etree.tostring(result))


def first_difference(source: etree._Element, result: etree._Element) -> str:
    """Return where two story trees differ, or ""; runs that editing split count as joined."""
    stack = [(source, result)]
    while stack:
        a, b = stack.pop()
        if _equal_bytes(a, b):
            continue
        if a.tag in (names.P, *_LEAVES) or a.tag != b.tag or len(a) != len(b) or _attributes(a) != _attributes(b):
            if canonical(a) != canonical(b) and _structure(a) != _structure(b):
                return _describe(a)
            continue
        stack.extend(zip(a, b, strict=True))
    return ""


def _equal_bytes(a: etree._Element, b: etree._Element) -> bool:
    if len(a) > 400:
        return False  # a whole story: cheaper to compare its blocks one by one
    one: bytes = etree.tostring(a, with_tail=False)
    return one == etree.tostring(b, with_tail=False)


def _attributes(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), str(value)) for key, value in element.attrib.items()))


def _describe(element: etree._Element) -> str:
    text = "".join(t.text or "" for t in element.iter(names.T))
    return f"near “{text[:40]}”" if text else f"in {etree.QName(element).localname}"


def canonical(element: etree._Element) -> bytes:
    """Return the canonical XML of an element, joined where editing split it.

    Exclusive: where a prefix is declared does not matter, as Word declares those of a chart or diagram on the spot.
    """
    return _exclusive(_joined(element))


def _structure(element: etree._Element) -> list[tuple[object, ...]]:
    """Return the same with prefixes resolved: slower, for files that have two prefixes for one namespace."""
    return [
        (event, node.tag, _attributes(node) if isinstance(node.tag, str) else (), node.text)
        for event, node in etree.iterwalk(_joined(element), events=("start", "end", "comment", "pi"))
    ]


def _joined(element: etree._Element) -> etree._Element:
    copied = deepcopy(element)
    for alternative, own in zip(copied.iter(names.CHOICE), element.iter(names.CHOICE), strict=True):
        alternative.set("Requires", _required(own))
    for text, own in zip(copied.iter(*_TEXTS), element.iter(*_TEXTS), strict=True):
        text.text = shown_text(own)
    _normalise(copied)
    return copied


def _required(alternative: etree._Element) -> str:
    """Return the namespaces that an alternative form needs: the one value in which prefixes have a meaning."""
    return " ".join(alternative.nsmap.get(prefix, "") for prefix in alternative.get("Requires", "").split())


def _exclusive(element: etree._Element) -> bytes:
    data: bytes = etree.tostring(element, method="c14n", exclusive=True)
    return data


def _normalise(element: etree._Element) -> None:
    """Join what editing splits and drop what has no meaning, in place."""
    for node in list(element.iter()):
        _strip(node)
    for holder in [element, *element.iter(*_RUN_HOLDERS)]:
        _join(holder)


_RUN_HOLDERS: Final = (
    names.P, names.HYPERLINK, names.SDT_CONTENT, names.INS, names.MOVE_TO, names.DEL, names.MOVE_FROM,
    *names.TRANSPARENT, names.FLD_SIMPLE, w("rt"), w("rubyBase"),
)  # fmt: skip


def _strip(node: etree._Element) -> None:
    if node.tag in (names.T, names.DEL_TEXT, names.INSTR_TEXT):
        unset(node, names.SPACE)
    elif node.text and isinstance(node.tag, str) and (len(node) or _is_indentation(node, node.text)):
        node.text = None
    node.tail = None


def _is_indentation(node: etree._Element, text: str) -> bool:
    """Tell whether an empty element is written over two lines, as programs do that indent their XML."""
    return node.tag in (names.P, names.RUN) and not text.strip()


def _join(holder: etree._Element) -> None:
    """Join neighbouring halves of what editing split: insertions of one author, runs of one format, texts."""
    previous: etree._Element | None = None
    for child in list(holder):
        if previous is not None and _same_wrapper(previous, child):
            previous.extend(list(child))
            holder.remove(child)
            if previous.tag == names.RUN:
                _join_texts(previous)
            else:
                _join(previous)
            continue
        previous = child
        if child.tag == names.RUN:
            _join_texts(child)


def _same_wrapper(a: etree._Element, b: etree._Element) -> bool:
    if a.tag != b.tag:
        return False
    if a.tag == names.RUN:
        if a.attrib != b.attrib or _format(a) != _format(b):
            return False
        properties = b.find(names.RPR)
        if properties is not None:
            b.remove(properties)
        return True
    return a.tag in (names.INS, names.MOVE_TO) and origin(a) == origin(b) and len(a) > 0 and len(b) > 0


def _format(run: etree._Element) -> bytes:
    properties = run.find(names.RPR)
    if properties is None:
        return b""
    copied = deepcopy(properties)
    for change in copied.iter(w("rPrChange")):
        unset(change, names.ID)
    return _exclusive(copied)


def _join_texts(run: etree._Element) -> None:
    previous: etree._Element | None = None
    for child in list(run):
        if previous is not None and child.tag == previous.tag and child.tag in (names.T, names.DEL_TEXT):
            previous.text = (previous.text or "") + (child.text or "")
            run.remove(child)
        else:
            previous = child


def origin(element: etree._Element) -> tuple[str | None, str | None]:
    """Return whose change an element is: author and date."""
    return element.get(names.AUTHOR), element.get(names.DATE)
