"""The look of an organisation's documents: fonts, colours, language, and the style ids its Word uses."""

from dataclasses import dataclass, field

GERMAN_IDS = {
    "Normal": "Standard",
    "Heading1": "berschrift1",
    "Heading2": "berschrift2",
    "Heading3": "berschrift3",
    "Title": "Titel",
    "Subtitle": "Untertitel",
    "ListParagraph": "Listenabsatz",
    "Header": "Kopfzeile",
    "Footer": "Fuzeile",
    "TableGrid": "Tabellenraster",
    "TableNormal": "NormaleTabelle",
    "DefaultParagraphFont": "Absatz-Standardschriftart",
    "NoList": "KeineListe",
    "Strong": "Fett",
}


@dataclass(frozen=True)
class Look:
    """What styles.xml, theme1.xml and settings.xml are made from; sizes in points, distances in twips."""

    font: str = "Calibri"
    heading_font: str = ""
    size: float = 11
    after: int = 120
    line: int = 259
    lang: str = "en-GB"
    accent: str = "1F3864"
    second: str = "2E74B5"
    heading_sizes: tuple[float, float, float] = (14, 12, 11)
    heading_rule: bool = False
    title_size: float = 20
    table_size: float = 10
    themed: bool = True
    ids: dict[str, str] = field(default_factory=dict)
    more_styles: str = ""

    def id(self, name: str) -> str:
        """Return the style id this organisation's Word gives a built-in style."""
        return self.ids.get(name, name)
