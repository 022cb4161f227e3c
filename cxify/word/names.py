"""OOXML names: namespaces, qualified tags, and the groups of elements that behave alike.

Strict documents use other namespace addresses for the same vocabulary; `package.Package` translates them on the way
in and out, so every other module knows the transitional names only.
"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
XML = "http://www.w3.org/XML/1998/namespace"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

STRICT_TO_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M.encode()),
)
"""Namespaces that cxify reads (ISO/IEC 29500-1 annex A against part 4); others stay as they are, untouched."""


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


P, PPR, RUN, RPR, T, DEL_TEXT = w("p"), w("pPr"), w("r"), w("rPr"), w("t"), w("delText")
INSTR_TEXT, DEL_INSTR_TEXT, FLD_CHAR = w("instrText"), w("delInstrText"), w("fldChar")
TBL, TR, TC, TR_PR, TC_PR = w("tbl"), w("tr"), w("tc"), w("trPr"), w("tcPr")
SDT, SDT_PR, SDT_CONTENT, SECT_PR = w("sdt"), w("sdtPr"), w("sdtContent"), w("sectPr")
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
HYPERLINK, FLD_SIMPLE = w("hyperlink"), w("fldSimple")
TXBX_CONTENT = w("txbxContent")
ALTERNATE_CONTENT, CHOICE, FALLBACK = f"{{{MC}}}AlternateContent", f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
COMMENT_START, COMMENT_END, COMMENT_REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
VAL, ID, AUTHOR, DATE = w("val"), w("id"), w("author"), w("date")
SPACE = f"{{{XML}}}space"

TRANSPARENT = frozenset({w("smartTag"), w("customXml"), w("dir"), w("bdo")})
"""Wrappers without a behaviour of their own: text in them is ordinary text."""

SHOWN_REVISIONS = frozenset({INS, MOVE_TO})
HIDDEN_REVISIONS = frozenset({DEL, MOVE_FROM})

RANGE_MARKERS = frozenset(
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "permStart", "permEnd", "proofErr",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd",
    )
)  # fmt: skip
"""Empty elements that mark a place between runs or paragraphs (EG_RangeMarkupElements, proofErr, perm*)."""

RANGE_ENDS = frozenset(name for name in RANGE_MARKERS if name.endswith("End"))
