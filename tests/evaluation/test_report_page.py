"""The page a prompt engineer works with: whole, safe, readable, every number with the cases behind it."""

import json
import re
import time
from pathlib import Path

import pytest

from cxify import pages, word
from cxify.document import Document
from cxify.evaluation import compare as comparisons
from cxify.evaluation import report as reports
from cxify.evaluation import runs
from cxify.evaluation.report import Report, redline
from cxify.evaluation.report.redline import Line
from cxify.evaluation.wordfile import word_file
from tests.audit.html import Page, parsed
from tests.audit.test_page import contrast
from tests.evaluation import report_runs as made
from tests.evaluation.report_runs import CASES, FEW, redlined

HOSTILE = "</details></style><script>alert(1)</script><img src=x onerror=alert(2)>\u202egpj.{{ 7001*7 }}"
STYLES = (Path(pages.__file__).parent, Path(reports.__file__).parent)
STYLE = "".join(path.read_text("utf-8") for folder in STYLES for path in folder.glob("*.css.jinja"))


def of(baseline: Path, candidate: Path) -> Report:
    a, b = runs.load(baseline), runs.load(candidate)
    return reports.compared(comparisons.compare(a, b), (a, b), CASES)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    worse = made.write(folder / "b", version="1.1.0", writer=made.Meagre, failing=["J1"], change=made.poorer)
    return made.write(folder / "a"), worse


@pytest.fixture(scope="module")
def report(folders: tuple[Path, Path]) -> Report:
    return of(*folders)


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return reports.page(report)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return parsed(html)


def test_the_page_is_whole_and_fetches_nothing(html: str, page: Page) -> None:
    assert page.elements.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form"})
    assert (page.fetches, page.handlers) == ([], [])
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"url\((?!#)|@import", html)
    assert "default-src 'none'" in html


def test_every_link_leads_somewhere_and_every_anchor_is_one(page: Page) -> None:
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_case_is_linked_from_the_families_and_has_its_card(html: str, report: Report) -> None:
    assert {case.id for case in report.cases} == set(FEW)
    table = html.split('id="families"')[1].split('id="costs"')[0]
    for number, case in enumerate(report.cases, 1):
        assert f'<details class="case" id="case-{number}"' in html
        assert f'<a href="#case-{number}"><bdi>{case.id}</bdi></a>' in table


def test_the_headline_is_the_sentence_of_the_comparison(folders: tuple[Path, Path], page: Page) -> None:
    a, b = map(runs.load, folders)
    said = comparisons.compare(a, b).headline.replace("(-", "(−").replace("to -", "to −")
    assert "on points" in said
    assert said in " ".join(page.text.split())


def test_what_failed_comes_first_then_what_lost_most(report: Report) -> None:
    assert report.cases[0].id == "J1"
    lost = [case.difference for case in report.cases[1:]]
    assert lost == sorted(lost, key=lambda one: one or 0.0)
    assert (lost[0] or 0.0) < 0


def test_the_card_says_why_there_is_no_result(html: str) -> None:
    card = html.split('id="case-1"')[1].split("</details>\n<details class")[0]
    assert "The model gave nothing usable after 3 attempts. (exit code 12)" in card
    assert "no result" in card
    assert "✗ missed" in card


@pytest.mark.parametrize("id", FEW)
def test_the_shown_lines_are_what_word_makes_of_them(id: str) -> None:
    """Without what is inserted they are the source, without what is struck the accepted file."""
    data = redlined(id)
    taken = redline.read(data)
    assert taken
    lines = redline.lines(taken.source, [taken.edits])
    accepted = _texts(word.read(word.resolve(data, accept=True)))
    assert _texts(taken.source) == _texts(word.read(word_file(CASES[id])))
    for line in lines:
        for text in _accepted(line):
            assert text in accepted
    changed = {line.pieces for line in lines if line.changes[0]}
    assert sum(len(line.changes[0].notes) for line in lines if line.changes[0]) == len(taken.edits)
    assert bool(changed) == bool(taken.edits)


def _texts(document: Document) -> set[str]:
    return {block.text for block in document.blocks}


def _accepted(line: Line) -> set[str]:
    change = line.changes[0]
    pieces = change.pieces if change else line.pieces
    cells = "".join("\0" if piece.mark == "sep" else piece.text for piece in pieces if piece.mark != "del")
    inserted = change.after if change else ()
    return {*cells.split("\0"), *(cell for text in inserted for cell in text.split(" | "))}


def test_a_line_that_only_one_version_changes_stands_unchanged_beside_it(report: Report, html: str) -> None:
    lines = [line for case in report.cases[1:] for line in case.lines]
    assert any(line.changes[0] and not line.changes[1] for line in lines)
    assert any(line.changes[0] and line.changes[0] == line.changes[1] for line in lines)
    assert "the same in both" in html
    assert "<ins>" in html
    assert "<del>" in html


def test_what_the_expert_expects_is_found_or_missed(report: Report) -> None:
    case = next(case for case in report.cases if case.id == "G1")
    wanted = {one.id for one in case.wanted}
    before, after = (attempt.met for attempt in case.attempts)
    assert after < before <= wanted


def test_an_output_outside_of_the_run_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(redlined("G1"))
    folder = made.write(tmp_path / "a", ["G1"], change=lambda line: line | {"output": "../secret.docx"})
    case = reports.alone(runs.load(folder), CASES).cases[0]
    assert case.lines == ()
    assert "outside of the run" in case.after.unread


def test_a_lost_output_is_said_and_the_page_is_written_all_the_same(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "a", ["G1", "G4"])
    (folder / "outputs" / "G1-1.docx").unlink()
    (folder / "outputs" / "G4-1.docx").write_bytes(b"no Word file")
    shown = reports.alone(runs.load(folder), CASES)
    assert all(case.after.unread for case in shown.cases)
    assert "outputs/G4-1.docx" in parsed(reports.page(shown)).text


def test_a_proposal_without_a_file_is_shown_on_the_case(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "a", ["G1"], change=lambda line: line | {"output": None})
    kept = reports.alone(runs.load(folder), CASES).cases[0].lines
    written = reports.alone(runs.load(made.write(tmp_path / "b", ["G1"])), CASES).cases[0].lines
    changes = [[line.changes[0].pieces for line in lines if line.changes[0]] for lines in (kept, written)]
    assert changes[0] == changes[1]


def test_of_several_repeats_the_lowest_is_shown_and_all_are_named(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "a", ["G1"])
    first = (folder / "results.jsonl").read_text("utf-8")
    again = json.loads(first)
    again |= {"repeat": 2, "output": None, "error": {"exit_code": 12, "message": "No answer."}}
    (folder / "results.jsonl").write_text(f"{first}{json.dumps(again)}\n", "utf-8")
    case = reports.alone(runs.load(folder), CASES).cases[0]
    assert case.after.repeats[1] == 0.0
    assert case.after.points == sum(case.after.repeats) / 2
    assert case.after.error == "No answer. (exit code 12)"


def test_an_unfinished_run_says_so(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "a", ["G1"])
    facts = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps(facts | {"complete": False}), "utf-8")
    assert "is not finished" in parsed(reports.page(reports.alone(runs.load(folder), {}))).text


def test_hostile_texts_are_text(tmp_path: Path) -> None:
    def poison(line: dict[str, object]) -> dict[str, object]:
        error = {"exit_code": 12, "message": HOSTILE}
        spoilt = {"family": HOSTILE, "kind": HOSTILE, "language": HOSTILE, "tags": [HOSTILE], "findings": [HOSTILE]}
        return line | spoilt | {"error": error, "details": {"points": [HOSTILE], HOSTILE: [HOSTILE]}}

    folders = (
        made.write(tmp_path / "a", ["G1", "G2"]),
        made.write(tmp_path / "b", ["G1", "G2"], version=HOSTILE, change=poison),
    )
    a, b = map(runs.load, folders)
    known = {id: CASES[id].model_copy(update={"title": HOSTILE}) for id in ("G1", "G2")}
    html = reports.page(reports.compared(comparisons.compare(a, b), (a, b), known))
    page = parsed(html)
    assert "script" not in page.elements
    assert "img" not in page.elements
    assert (page.handlers, page.fetches) == ([], [])
    assert "\u202e" not in html
    assert "49007" not in page.text
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_one_run_has_a_page_without_verdicts(folders: tuple[Path, Path]) -> None:
    shown = reports.alone(runs.load(folders[0]), CASES)
    html = reports.page(shown)
    page = parsed(html)
    assert shown.headline.startswith("review_form/1.0.0 has ")
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert 'class="verdict' not in html
    assert [case.after.points for case in shown.cases] == sorted(case.after.points or 0.0 for case in shown.cases)


def test_the_plot_has_title_description_and_the_margin(html: str) -> None:
    for name in ("metrics-plot", "families-plot"):
        assert f'aria-labelledby="{name}-title {name}-desc"' in html
        assert f'<title id="{name}-title">' in html
        assert f'<desc id="{name}-desc">' in html
    plot = html.split('aria-labelledby="metrics-plot-title')[1].split("</svg>")[0]
    assert 'class="edge"' in plot
    assert plot.count('class="whisker"') >= 3


def test_verdicts_differ_by_shape_and_word(html: str) -> None:
    plot = html.split('aria-labelledby="metrics-plot-title')[1].split("</svg>")[0]
    marks = {
        group: re.findall(r'class="mark" (\w+=)', body)
        for group, body in re.findall(r'<g class="([\w-]+)">(.*?)</g>', plot, re.S)
    }
    assert len(marks) > 1
    assert all(marks.values())
    for named in marks:
        assert re.search(rf'<span class="verdict {named}">[▲▼●◇] {named.replace("-", " ")}</span>', html)


@pytest.mark.long
def test_five_hundred_cases_are_one_page_within_seconds(tmp_path: Path) -> None:
    a, b = (runs.load(made.write(tmp_path / name, FEW, version=version)) for name, version in (("a", "1"), ("b", "2")))
    known = {f"{n}": CASES[FEW[n % len(FEW)]].model_copy(update={"id": f"{n}"}) for n in range(500)}

    def many(run: runs.Run) -> runs.Run:
        results = [run.results[n % len(FEW)].model_copy(update={"case": f"{n}"}) for n in range(500)]
        return run.model_copy(update={"results": tuple(results), "cases": tuple(known)})

    a, b = many(a), many(b)
    comparison = comparisons.compare(a, b)
    started = time.process_time()
    html = reports.page(reports.compared(comparison, (a, b), known))
    assert time.process_time() - started < 20
    ids = re.findall(r' id="([^"]+)"', html)
    assert sum(1 for id in ids if re.fullmatch(r"case-\d+", id)) == 500
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(html.encode()) < 12_500_000


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_has_the_contrast_that_wcag_asks_for(scheme: int) -> None:
    colours = [dict(re.findall(r"--([\w]+): (#\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", STYLE)][
        scheme
    ]
    pairs = [
        (text, ground) for text in ("ink", "quiet", "link", "good", "bad", "warn") for ground in ("ground", "raised")
    ]
    pairs += [("good", "s1"), ("ink", "s1"), ("quiet", "s1")]
    assert {pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5} == set()
    used = set(re.findall(r"(?<![\w-])(?:color|fill|stroke|background): var\(--(\w+)\)", STYLE))
    assert used <= set(colours)
