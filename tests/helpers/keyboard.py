"""What a reader at the keyboard meets: one stop after the other, each in sight or not."""

from __future__ import annotations

from playwright.sync_api import Page

FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    return { name: element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent.trim(),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), opacity: Number(style.opacity),
        isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth
            && box.top < innerHeight };
}"""


def walk(page: Page, presses: int, key: str = "Tab") -> list[str]:
    """The names of what a key reaches in turn; each must be in sight and have an outline."""
    names = []
    for _ in range(presses):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        assert found["outline"] >= 2 and found["opacity"] == 1 and found["isInSight"], found
        names.append(found["name"])
    return names
