"""Small typed steps on XML trees that lxml's types leave open."""

from collections.abc import Mapping
from typing import Final, cast

from lxml import etree

from cxify.word import names

_EDGE: Final = " \t\r\n"
_STAMPED: Final = etree.XPath("descendant-or-self::*[@w:author]", namespaces={"w": names.W})


def parent(element: etree._Element) -> etree._Element:
    """Return the element around this one; the caller knows that it is no root."""
    found = element.getparent()
    if found is None:
        raise ValueError(f"{element.tag} stands in no tree")
    return found


def remove(element: etree._Element) -> None:
    """Take the element out of its tree."""
    parent(element).remove(element)


def new(
    tag: str, attributes: Mapping[str, str] | None = None, prefixes: Mapping[str | None, str] | None = None
) -> etree._Element:
    """Return an element that takes over the namespace prefixes of the tree it is put into, and has these besides."""
    return etree.Element(tag, dict(attributes or {}), nsmap=cast("Mapping[str, str] | None", prefixes))


def attributes(element: etree._Element) -> dict[str, str]:
    """Return a copy of the element's attributes."""
    return {str(key): str(value) for key, value in element.attrib.items()}


def unset(element: etree._Element, name: str) -> None:
    """Remove an attribute if it is there."""
    if name in element.attrib:
        del element.attrib[name]


def number(value: str | None, default: int) -> int:
    """Return a small number that an attribute holds, or `default` where it holds none."""
    return int(value) if value and len(value) < 6 and value.isascii() and value.isdigit() else default


def shown_text(element: etree._Element) -> str:
    """Return what Word shows of a w:t or w:delText: outer white space only where xml:space protects it (§17.3.3.31)."""
    text = element.text or ""
    if text and (text[0] in _EDGE or text[-1] in _EDGE) and not _is_protected(element):
        return text.strip(_EDGE)
    return text


def _is_protected(element: etree._Element) -> bool:
    own = element.get(names.SPACE) or next(filter(None, (e.get(names.SPACE) for e in element.iterancestors())), "")
    return own == "preserve"


def authored(root: etree._Element) -> list[etree._Element]:
    """Return the elements that carry an author: tracked changes and comments."""
    return cast("list[etree._Element]", _STAMPED(root))


def default_namespace(address: str) -> dict[str, str]:
    """Return the nsmap that declares a namespace without a prefix; lxml's types do not know the key None."""
    return cast("dict[str, str]", {None: address})
