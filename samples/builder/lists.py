"""numbering.xml: bullets and multi-level numbers."""

from dataclasses import dataclass

from samples.builder.names import root


@dataclass(frozen=True)
class Level:
    """One level of a list; positions in twips."""

    fmt: str = "decimal"
    text: str = "%1."
    left: int = 360
    hanging: int = 360
    font: str = ""
    style: str = ""
    bold: bool = False
    color: str = ""

    def xml(self, depth: int) -> str:
        """Return w:lvl."""
        fonts = f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:hint="default"/>' if self.font else ""
        shape = fonts + ("<w:b/>" if self.bold else "") + (f'<w:color w:val="{self.color}"/>' if self.color else "")
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{self.fmt}"/>'
            + (f'<w:pStyle w:val="{self.style}"/>' if self.style else "")
            + f'<w:lvlText w:val="{self.text}"/><w:lvlJc w:val="left"/>'
            + f'<w:pPr><w:ind w:left="{self.left}" w:hanging="{self.hanging}"/></w:pPr>'
            + (f"<w:rPr>{shape}</w:rPr>" if shape else "")
            + "</w:lvl>"
        )


def bullets(left: int = 360, color: str = "", style: str = "") -> tuple[Level, ...]:
    """Return the three bullet levels Word's bullet button makes."""
    shapes = (("\uf0b7", "Symbol"), ("o", "Courier New"), ("\uf0a7", "Wingdings"))
    return tuple(
        Level("bullet", text, left + 360 * depth, min(left, 360), font, style if depth == 0 else "", color=color)
        for depth, (text, font) in enumerate(shapes)
    )


def numbers(left: int = 360, hanging: int = 360) -> tuple[Level, ...]:
    """Return 1. (a) (i)."""
    shapes = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
    return tuple(Level(fmt, text, left + 360 * depth, hanging) for depth, (fmt, text) in enumerate(shapes))


def clauses(heading: str = "", clause: str = "") -> tuple[Level, ...]:
    """Return 1. / 1.1 / (a), for policies and council papers."""
    return (
        Level("decimal", "%1.", 567, 567, style=heading, bold=True),
        Level("decimal", "%1.%2", 567, 567, style=clause),
        Level("lowerLetter", "(%3)", 964, 397),
    )


def numbering(*lists: tuple[Level, ...]) -> str:
    """Return numbering.xml: list n is numId n."""
    abstract = "".join(_abstract(index, levels) for index, levels in enumerate(lists))
    nums = "".join(_num(index + 1, index) for index in range(len(lists)))
    return root("w:numbering", abstract + nums)


def _abstract(index: int, levels: tuple[Level, ...]) -> str:
    inner = "".join(level.xml(depth) for depth, level in enumerate(levels))
    nsid = f"{(index + 1) * 0x1B3F5A7D % 0x7FFFFFFF:08X}"
    kind = "multilevel" if any(level.style or "%1.%2" in level.text for level in levels) else "hybridMultilevel"
    return (
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{nsid}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{nsid[::-1]}"/>{inner}</w:abstractNum>'
    )


def _num(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
