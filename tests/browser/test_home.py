"""What a journalist asks first is answered on the first two screens of the home page, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest

# question: where its answer stands, and what an answer has to hold
QUESTIONS = {
    "How often this year and last?": ("#how-often", r"\d+ events? in \d{4}.*In \d{4}, to .*: (\d+|none)\."),
    "Is it growing?": ("#growing", r"(Growing|Shrinking|No clear trend): .* a year since \d{4} \(.* to .*\)"),
    "What was the biggest, and how many Chinese troops?":
        ("#how-big", r"was the largest: [\d,]+.*The Chinese troops among them: [\d,]+"),
    "Who else takes part?": ("#with-whom", r"\d+ other countries took part, most often \w+"),
    "Why do others say 100?": ("#others", r"to 1\d\d.*They count different things\. Our default gives \d+"),
}
SCREENS = {"desk": (1280, 800), "phone": (360, 740)}
MOST_SCREENS = 2


@pytest.mark.parametrize("screen", SCREENS)
def test_five_questions_are_answered_on_two_screens(open_page, screen):
    """Catch an answer that is pushed down, cut off, or left to another page."""
    width, height = SCREENS[screen]
    page = open_page("index", width=width)
    page.set_viewport_size({"width": width, "height": height})
    for question, (selector, answer) in QUESTIONS.items():
        here = page.locator(selector)
        assert re.search(answer, " ".join(here.inner_text().split())), question
        box = here.bounding_box()
        assert box["y"] + box["height"] <= MOST_SCREENS * height, question
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, question


def test_every_answer_leads_to_its_chapter(open_page):
    """Catch a question whose link leads nowhere, or two that lead to the same page."""
    page = open_page("index")
    links = page.locator(".jd-glance h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(set(links)) == len(links) == page.locator(".jd-glance section").count()
    for link in links:
        assert page.request.get(page.url.replace("index.html", link)).ok, link
    assert page.locator(".jd-newest a").count() >= 1
