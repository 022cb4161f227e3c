"""Two versions of a framework compared, and a file changed by section with everything else left as it is."""

from pathlib import Path

import yaml

from cxify import framework


def loaded(folder: Path, text: str) -> framework.Framework:
    path = folder / "ours.yaml"
    path.write_text(text, "utf-8")
    return framework.load(path)


def test_the_same_has_no_differences() -> None:
    assert framework.differences(framework.load(), framework.load()) == ()


def test_each_place_is_told_once_with_what_stands_there(tmp_path: Path) -> None:
    text = framework.template()
    before = loaded(tmp_path, text)
    after = loaded(tmp_path, text.replace("phrases: []", "phrases: [Patient First]"))
    (found,) = framework.differences(before, after)
    assert (found.section, found.path, found.before, found.after) == (
        "protected",
        ("protected", "phrases", "1"),
        "",
        "Patient First",
    )


def test_entries_are_compared_by_their_ids(tmp_path: Path) -> None:
    agreed = "service_standards:\n  - {id: S02, measure: {target: {value: 95 %, status: agreed}}}\n"
    before, after = loaded(tmp_path, framework.template()), loaded(tmp_path, framework.template() + agreed)
    places = {each.path: (each.before, each.after) for each in framework.differences(before, after)}
    assert places["service_standards", "S02", "measure", "target", "value"] == ("", "95 %")
    assert not any(path[:2] == ("service_standards", "S01") for path in places)


def test_a_section_is_changed_and_everything_else_stays_to_the_letter() -> None:
    text = framework.template()
    changed = framework.with_sections(text, {"vision": {"why": "Because: it matters.", "promises": ["a # b"]}})
    assert yaml.safe_load(changed)["vision"] == {"why": "Because: it matters.", "promises": ["a # b"]}
    begin, end = text.index("\nvision:"), text.index("\nprotected:")
    assert changed.startswith(text[:begin])
    assert changed.endswith(text[end:])


def test_a_new_section_stands_at_the_end() -> None:
    changed = framework.with_sections("a: 1\n# why\n", {"b": {"c": "ä"}})
    assert changed == "a: 1\n# why\n\nb:\n  c: ä\n"
