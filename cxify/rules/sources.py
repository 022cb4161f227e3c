"""Rules on the document as it came: what HR should know about it, whether or not anything is proposed."""

from bisect import bisect_right
from collections.abc import Callable, Iterator

from cxify.document import Block, Finding
from cxify.rules.book import Rule
from cxify.rules.edits import banned_phrases
from cxify.rules.locks import is_scale
from cxify.rules.phrases import sifted
from cxify.rules.plain import plain
from cxify.rules.review import Hit, Review

SourceRule = Callable[[Review], Iterator[Hit]]


def check(review: Review) -> tuple[Finding, ...]:
    """Return the findings on the source, in document order for each rule."""
    text = _Text(review)
    found: list[Finding] = []
    for rule in review.book.of("source", review.kind.id, review.kind.rules):
        hits = [*text.hits(rule, review.language)]
        if rule.id in FUNCTIONS:
            hits += FUNCTIONS[rule.id](review)
        found += [rule.finding("source", hit.block, quote=hit.quote, detail=hit.detail) for hit in hits]
    return tuple(finding for finding in found if not _said_already(finding, found))


def _said_already(finding: Finding, found: list[Finding]) -> bool:
    """Tell whether a banned phrase is what a more telling rule reports in the same block."""
    others = (other for other in found if other.rule != finding.rule and other.block == finding.block and other.quote)
    return finding.rule == "CXL-107" and any(plain(other.quote) in plain(finding.quote) for other in others)


class _Text:
    """All blocks as one text, so that a rule searches once and not once a block."""

    def __init__(self, review: Review) -> None:
        self.blocks: list[Block] = [block for block in review.document.blocks if block.text]
        self.starts: list[int] = []
        length = 0
        for block in self.blocks:
            self.starts.append(length)
            length += len(block.text) + 1
        self.text = "\n".join(block.text for block in self.blocks)
        self.sifted = sifted(self.text)
        self.headings = frozenset(section.heading for section in review.document.sections)

    def hits(self, rule: Rule, language: str) -> Iterator[Hit]:
        """Yield each of the rule's terms once a block."""
        seen: set[tuple[str, str]] = set()
        for match in rule.phrases(language).find(self.text, self.sifted):
            block = self.blocks[bisect_right(self.starts, match.start) - 1]
            key = (block.id, match.quote.casefold())
            if key not in seen and not self._spared(rule, block):
                seen.add(key)
                yield Hit(match.quote, block=block.id)

    def _spared(self, rule: Rule, block: Block) -> bool:
        heading = block.type == "heading" or block.id in self.headings or block.lock == "row label"
        return (rule.skip_scales and is_scale(block)) or (rule.skip_headings and heading)


def personal_data(review: Review) -> Iterator[Hit]:
    """A review form that has been filled in, or any document about a person that has been signed."""
    if review.document.state != "blank" and review.kind.describes == "person":
        state = "filled in" if review.document.state == "filled" else "filled in and signed"
        yield Hit(detail=state)


def banned(review: Review) -> Iterator[Hit]:
    """A phrase of the framework's own list."""
    everything = sifted("\n".join(block.text for block in review.document.blocks))
    possible = (one for one in banned_phrases(review) if one[0].may_stand_in(everything))
    for phrases, instead in possible:
        for block in review.document.blocks:
            yield from (Hit(match.quote, instead, block.id) for match in phrases.find(block.text))


FUNCTIONS: dict[str, SourceRule] = {"CXL-107": banned, "CXL-902": personal_data}
