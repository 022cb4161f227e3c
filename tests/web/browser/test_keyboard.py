"""The whole review with the keyboard alone: single keys, the Tab key, and what is said to who cannot see."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit

NURSE = "job_description_nurse_uk.docx"
FORM = "review_form_retail_uk.docx"
POLICY = "social_media_policy_charity.docx"

LOOK = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const seen = [0.02, 0.25, 0.5, 0.75, 0.98].some(x => [0.1, 0.5, 0.9].some(y => {
        const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
        return top && (at.contains(top) || top.contains(at));
    }));
    return {
        name: at.closest(".suggestion") ? (at.value || at.textContent).trim() : "",
        what: at.outerHTML.slice(0, 120),
        ring: parseFloat(getComputedStyle(at).outlineWidth),
        end: at.matches(".foot *"),
        hidden: !seen,
    };
}"""
"""What has the focus: its ring, and whether something lies over all of it (WCAG 2.4.11)."""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_have_text(words)


def test_the_whole_review(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[NURSE])
    total = page.locator(".suggestion").count()
    order: list[str] = []
    for _ in range(total):
        page.keyboard.press("j")
        order.append(focused(page))
    assert len(set(order)) == total
    page.keyboard.press("k")
    assert focused(page) == order[-2]
    page.keyboard.press("u")
    said(page, "This suggestion is still open; there is nothing to take back.")
    expect(page.locator(f"#{order[-2]} .told")).to_be_visible()
    page.keyboard.press("a")
    said(page, f"Suggestion {total - 1} accepted.")
    assert focused(page) == order[-2]
    page.keyboard.press("r")
    said(page, "This suggestion has been decided on. Take that back first (u).")
    expect(page.locator(f"#{order[-2]}")).to_have_attribute("data-standing", "accepted")
    page.keyboard.press("u")
    said(page, f"Suggestion {total - 1} is open again.")
    for number in range(1, total + 1):
        page.keyboard.press("n")
        page.keyboard.press("r" if number % 2 else "a")
        expect(page.locator("#count")).to_have_text(f"{number} of {total} decided")
    assert page.locator(".suggestion[data-standing=open]").count() == 0
    expect(page.locator("#next")).to_be_hidden()


def test_the_wording_is_changed(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[FORM])
    edit = page.locator(".suggestion", has=page.locator("details.edit")).first
    while focused(page) != edit.get_attribute("id"):
        page.keyboard.press("j")
    page.keyboard.press("e")
    field = edit.locator("textarea").first
    expect(field).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" jar")  # the keys of the page are letters here
    expect(page.locator("#count")).to_contain_text("0 of")
    assert field.input_value().endswith(" jar")
    page.keyboard.press("Escape")
    assert focused(page) == edit.get_attribute("id")


def test_the_keys_are_shown_and_can_be_switched_off(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[POLICY])
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    with page.expect_navigation():
        page.get_by_role("group", name="Single keys").get_by_role("button", name="Off").click()
    page.keyboard.press("j")
    assert not focused(page).startswith("s")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_keys_of_the_browser_stay_its_own(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[POLICY])
    page.keyboard.press("j")
    page.keyboard.press("Control+a")
    expect(page.locator(".suggestion[data-standing=open]")).not_to_have_count(0)
    assert page.locator(".suggestion.is-accepted").count() == 0


def test_the_tab_key_reaches_everything_and_focus_is_seen(visit: Visit, reviewed: dict[str, str]) -> None:
    page = visit(reviewed[POLICY], reduced_motion="reduce")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    reached: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        seen = page.evaluate(LOOK)
        if seen["end"]:
            break
        assert seen["ring"] >= 2, seen
        assert not seen["hidden"], seen
        reached.add(seen["name"].split(" ")[0])
    assert {"accept", "reject"} <= reached
