"""The digest of a voice file: how often people speak of what, about which unit and when. Never about one person."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cxify.voice.periods import Period, span
from cxify.voice.quotes import quotes
from cxify.voice.topics import Said, Topic

_PARTS = re.compile(r"[,;/()|]|\s[-–—]\s")
_SAY_NOTHING = frozenset(
    """
    department team unit division office the of and for abteilung team bereich einheit der die das für und
    service équipe département le la les de du des et afdeling het een en departamento unidad equipo área el los y
    """.split()  # noqa: SIM905  a list of one word a line would fill a page
)


@dataclass(frozen=True)
class Entry:
    """One comment after masking, or one row of ready themes, which stands for `weight` comments."""

    text: str
    language: str
    said: Mapping[Said, str]
    """What it speaks of, each with the sentence that says so."""
    period: Period | None = None
    unit: str = ""
    role: str = ""
    stage: str = ""
    segment: str = ""
    weight: int = 1
    base: int | None = None
    """Of how many comments a row of ready themes was counted."""


@dataclass(frozen=True)
class Trend:
    """One period of a theme; `mentions` is None when they are fewer than the smallest group."""

    period: str
    mentions: int | None
    total: int | None


@dataclass(frozen=True)
class Theme:
    """What enough people speak of, as complaint or praise."""

    topic: Topic
    praise: bool
    mentions: int
    total: int | None
    """Of how many comments; None when a file of ready themes does not say."""
    period: str
    language: str
    """The language that most of these comments have."""
    stage: str = ""
    """The stage of the journey that most of them name, when enough do."""
    trend: tuple[Trend, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Return the share of comments that speak of it."""
        return self.mentions / self.total if self.total else None

    @property
    def label(self) -> str:
        """Return its name in the language of the comments."""
        return self.topic.label(self.praise, self.language)


@dataclass(frozen=True)
class LeftOut:
    """Something that is not cited, how often, and why."""

    what: str
    number: int | None
    """None where the number itself would be too small to tell."""
    why: str


@dataclass(frozen=True)
class Group:
    """The comments about the whole organisation, one unit or one role."""

    name: str
    entries: tuple[Entry, ...]
    minimum: int
    topics: Mapping[str, Topic]
    ready: bool = False

    @cached_property
    def total(self) -> int | None:
        """Of how many comments the themes are counted."""
        if not self.ready:
            return len(self.entries)
        bases = {(entry.period, entry.unit, entry.role): entry.base for entry in self.entries}
        return sum(base for base in bases.values() if base) if all(bases.values()) else None

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme that at least `minimum` comments speak of, most frequent first."""
        counts = self.counts
        ranked = sorted(counts, key=lambda said: (-counts[said], said))
        return tuple(self._theme(said, counts[said]) for said in ranked if counts[said] >= self.minimum)

    @cached_property
    def counts(self) -> Counter[Said]:
        """How many comments speak of each topic, few or many."""
        return _counted(self.entries)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the comments come from, in order."""
        return tuple(sorted({entry.period for entry in self.entries if entry.period}))

    def _theme(self, said: Said, mentions: int) -> Theme:
        topic = self.topics[said.topic]
        spoken = [entry for entry in self.entries if said in entry.said]
        # Ready themes come with their own periods; of comments the whole file's is the time of the total.
        dated = spoken if self.ready else self.entries
        return Theme(
            topic=topic,
            praise=said.praise,
            mentions=mentions,
            total=self.total,
            period=span([entry.period for entry in dated if entry.period]),
            language=Counter(entry.language for entry in spoken).most_common(1)[0][0],
            stage=self._stage(spoken),
            trend=self._trend(said),
            quotes=quotes((entry.text, entry.said[said]) for entry in spoken),
        )

    def _stage(self, spoken: Sequence[Entry]) -> str:
        stages = Counter[str]()
        for entry in spoken:
            stages[entry.stage] += entry.weight
        stages.pop("", None)
        stage, number = max(stages.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return stage if number >= self.minimum else ""

    def _trend(self, said: Said) -> tuple[Trend, ...]:
        if len(self.periods) < 2:
            return ()
        return _safe(tuple(self._in_period(said, period) for period in self.periods))

    def _in_period(self, said: Said, period: Period) -> Trend:
        entries = [entry for entry in self.entries if entry.period == period]
        mentions = _counted(entries)[said]
        shown = mentions if mentions >= self.minimum or not mentions else None
        return Trend(period.label, shown, None if self.ready else len(entries))


@dataclass(frozen=True)
class Digest:
    """One voice file, read: masked comments with what they speak of, and what was left out and why."""

    sha256: str
    """Of the file."""
    fingerprint: str
    """Of the file and everything else that decides the themes."""
    rows: int
    whole: Group
    masked: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    columns: Mapping[str, str]
    """Which column was read as what."""
    _groups: dict[tuple[str, str], Group] = field(default_factory=dict, repr=False, compare=False)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme of the whole file."""
        return self.whole.themes

    def group_for(self, unit: str = "", role: str = "") -> Group:
        """Return the comments about a role, else about its unit, else all: the first that is large enough."""
        # "Registered Nurse, Day Surgery Unit" and "Finance – Shared Services" name units in their parts.
        for column, name in (("role", role), *(("unit", part) for part in _parts(unit, role))):
            group = self._part(column, name) if _names(name) else None
            if group and group.themes:
                return group
        return self.whole

    def units(self) -> tuple[Group, ...]:
        """Return the units with themes of their own, by name."""
        found = sorted({entry.unit for entry in self.whole.entries if entry.unit})
        return tuple(group for name in found if (group := self._part("unit", name)).themes)

    def _part(self, column: str, name: str) -> Group:
        key = (column, name)
        if key not in self._groups:
            wanted = _names(name)
            entries = tuple(entry for entry in self.whole.entries if _same(wanted, _names(getattr(entry, column))))
            shown = Counter(getattr(entry, column) for entry in entries).most_common(1)
            self._groups[key] = Group(
                shown[0][0] if shown else name,
                entries,
                self.whole.minimum,
                self.whole.topics,
                self.whole.ready,
            )
        return self._groups[key]


def _safe(trend: tuple[Trend, ...]) -> tuple[Trend, ...]:
    """Hide a second number beside a single hidden one: it would follow from the total."""
    hidden = [one for one in trend if one.mentions is None]
    if len(hidden) != 1:
        return trend
    least = min((one for one in trend if one.mentions), key=lambda one: one.mentions or 0, default=None)
    return tuple(replace(one, mentions=None) if one is least else one for one in trend)


def _counted(entries: Iterable[Entry]) -> Counter[Said]:
    counts: Counter[Said] = Counter()
    for entry in entries:
        for said in entry.said:
            counts[said] += entry.weight
    return counts


def _parts(unit: str, role: str) -> list[str]:
    after_comma = _PARTS.split(role)[1:]
    return [unit, *_PARTS.split(unit), *after_comma]


def _names(text: str) -> frozenset[str]:
    """Return the words that tell one unit from another: "the Outpatients Department" is "outpatients"."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold())) - _SAY_NOTHING


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and one == other
