"""The pages in a real Chromium: words and records are tied together, the theme turns, nothing is complained of."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from foedus.web.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture
def site(book_path: Path) -> Iterator[str]:
    """The address of the pages, served from a thread on a free loopback port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(create_app(book_path), log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a light browser; the test fails when anything goes to the console as a warning or an error."""
    context = browser.new_context(color_scheme="light", viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def test_a_record_in_focus_marks_its_words(page: Any, site: str) -> None:
    page.goto(f"{site}/reports/ferry")
    assert page.locator("mark.on").count() == 0
    page.locator('.card[data-id="st-1"]').focus()
    assert page.locator("mark.on").all_inner_texts() == ["We agree", "Ana Vola"]
    page.locator('.card[data-id="ag-1"]').focus()
    assert "Fiji" in page.locator("mark.on").all_inner_texts()
    assert page.locator("mark.on").first.get_attribute("data-on") == "agreement"
    assert "Ana Vola" not in page.locator("mark.on").all_inner_texts()


def test_words_lead_to_their_records_in_turn(page: Any, site: str) -> None:
    page.goto(f"{site}/reports/ferry")
    word = page.locator("mark", has_text="Fiji").first
    for wanted in ("ag-1", "me-1", "ag-1"):
        word.click()
        assert page.locator(".card.on").get_attribute("data-id") == wanted


def test_keys_walk_through_the_records(page: Any, site: str) -> None:
    page.goto(f"{site}/reports/ferry")
    for key, wanted in (("j", "ag-1"), ("j", "me-1"), ("k", "ag-1")):
        page.keyboard.press(key)
        assert page.locator(".card.on").get_attribute("data-id") == wanted


def test_a_kind_can_be_hidden(page: Any, site: str) -> None:
    page.goto(f"{site}/reports/ferry")
    page.locator('[data-kind="statement"]').uncheck()
    assert page.locator("mark.dim").all_inner_texts() == ["We agree", "Ana Vola"]


def test_the_theme_turns_and_stays(page: Any, site: str) -> None:
    page.goto(site)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator(".theme").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(f"{site}/reports")
    assert page.evaluate(paper) == dark
    page.locator(".theme").click()
    assert page.evaluate(paper) == light


def test_the_filter_answers_without_a_new_page(page: Any, site: str) -> None:
    page.goto(f"{site}/meetings")
    page.evaluate("window.stayed = true")
    assert page.locator("tbody tr").count() == 2
    page.keyboard.press("/")
    page.keyboard.type("Samoa")
    page.keyboard.press("Enter")
    page.locator("tbody tr").nth(1).wait_for(state="detached")
    assert page.locator("tbody tr").count() == 1
    assert page.evaluate("window.stayed") is True
    assert "party=Samoa" in page.url


@pytest.mark.parametrize("width", [360, 1200])
def test_no_page_is_wider_than_the_window(page: Any, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    pages = (
        "/",
        "/reports",
        "/reports/ferry",
        "/records/ag-1",
        "/pairs/FJI/TON",
        "/meetings",
        "/search?q=ferry",
        "/horizon",
    )
    for path in (*pages, "/changes?since=2020", "/network?kind=meeting", "/people", "/pairs/FJI/TON/brief"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_keys_alone_lead_from_any_page_to_a_find(page: Any, site: str) -> None:
    page.goto(f"{site}/reports/ferry")
    page.keyboard.press("/")
    page.keyboard.type("ferries")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ferries")
    link = page.locator(".hits a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert "ferry" in page.locator("main").inner_text().lower()


def test_a_hostile_report_runs_nothing(page: Any, site: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(f"{site}/meetings")
    page.goto(f"{site}/reports")
    page.get_by_role("link", name="alert(2)").click()
    assert "alert" in page.locator(".text").inner_text()
