"""The pages that answer questions: they answer, they keep what was asked, they refuse with words, their charts are in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from foedus.ask import Edge, Network, Node
from foedus.book import Book
from foedus.export import sentences
from foedus.record import Agreement, Commitment, Reading, Report
from foedus.web.app import create_app
from foedus.web.charts import circle, coming_bars, strip

PAGES = ["/search?q=ferry", "/horizon", "/changes?since=2020", "/network", "/people", "/pairs/FJI/TON/brief"]


@pytest.fixture
def client(book_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(book_path)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_under_the_policy(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", answer.text)
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    plain = client.get(path + ("&" if "?" in path else "?") + "format=json")
    assert plain.status_code == 200
    assert plain.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/horizon?party=Nowhereland", "unknown party"),
        ("/changes?since=soon", "is not a date"),
        ("/network?party=Nowhereland", "unknown party"),
        ("/people?party=Nowhereland", "unknown party"),
        ("/search?q=%21", "no word to search for"),
        ("/horizon?months=many", "months"),
        ("/pairs/FJI/Nowhereland/brief", "unknown party"),
    ],
)
def test_a_question_that_is_not_clear_is_400_in_words(client: TestClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert words in answer.text
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/people/pe-none", "/people/Nobody"])
def test_nobody_is_404(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_search_marks_words_and_narrows(client: TestClient) -> None:
    text = client.get("/search?q=ferries").text
    assert re.search(r'<mark class="k-\w+">ferry</mark>', text)
    link = re.search(r'href="(\?[^"]*kind=agreement[^"]*)"', text)
    assert link
    assert "q=ferries" in link[1]
    narrowed = client.get("/search" + link[1].replace("&amp;", "&")).text
    assert "1 found" in narrowed
    assert "Word forms count" in client.get("/search").text
    assert "Fewer words" in client.get("/search?q=zebra").text


def test_people_lead_to_a_person(client: TestClient) -> None:
    found = re.search(r'href="(/people/pe-[^"]+)"', client.get("/people?name=minister+vola").text)
    assert found
    text = client.get(found[1]).text
    assert "<h1>Ana Vola</h1>" in text
    assert "“We agree”" in text
    assert "answers to that" in client.get("/people?name=Nobody").text


def test_network_draws_a_line_a_pair(client: TestClient) -> None:
    text = client.get("/network?kind=meeting").text
    assert text.count("<line ") == 2
    assert text.count('<a href="/pairs/FJI/TON"') == 2


def test_brief_quotes_and_can_be_taken_away(client: TestClient) -> None:
    text = client.get("/pairs/FJI/TON/brief").text
    assert "<h1>Fiji and Tonga</h1>" in text
    assert 'id="source-1"' in text
    assert "<mark" in text
    answer = client.get("/pairs/FJI/TON/brief?format=file")
    assert "brief-FJI-TON.html" in answer.headers["content-disposition"]
    assert "holds nothing" in client.get("/pairs/FJI/WSM/brief").text


def test_changes_begin_with_the_latest_and_need_no_day(client: TestClient) -> None:
    text = client.get("/changes").text
    assert "ferry pact" in text
    assert "at sea" not in text
    days = re.findall(r"<h2>([^<]+)</h2>", client.get("/changes?since=2020").text)
    assert days == ["3 May 2024", "1 February 2023"]


def test_horizon(tmp_path: Path) -> None:
    year = date.today().year
    words = {"record": ((0, 4),)}
    pact = Agreement(
        id="ag-a", title="pact", parties=("FJI", "TON"), stage="signed", signed_on=f"{year - 1}-12", expires_on=f"{year + 1}",
        evidence=words, confidence=1.0,
    )  # fmt: skip
    late = Commitment(
        id="co-a", by=("FJI",), undertaking="to pay", due_on=f"{year - 1}", evidence=words, confidence=1.0
    )
    with Book.open(tmp_path / "b.db") as book:
        report = Report(id="r", text="Pact", published_on=f"{year - 2}-01-01")
        book.add(Reading(report=report, agreements=(pact,), commitments=(late,)))
    with TestClient(create_app(tmp_path / "b.db")) as client:
        text = client.get("/horizon?months=24").text
        assert "Within 24 months" in text
        assert text.index("pact") < text.index("Overdue and lapsed") < text.index("to pay")
        assert "pact" not in client.get("/horizon?months=24&why=overdue").text.split("</form>", 2)[2]
        calendar = client.get("/horizon?months=24&format=ics")
        assert calendar.headers["content-type"].startswith("text/calendar")
        assert calendar.text.count("BEGIN:VEVENT") == 2
        assert "Coming up" in client.get("/").text


def test_a_record_shows_where_it_was_published(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b.db") as book:
        for id, url in (("a", "https://example.org/a"), ("b", "javascript:alert(1)")):
            pact = Agreement(id=f"ag-{id}", title=id, evidence={"record": ((0, 4),)}, confidence=1.0)
            book.add(Reading(report=Report(id=id, text=f"Pact {id}", url=url), agreements=(pact,)))
    with TestClient(create_app(tmp_path / "b.db")) as client:
        assert 'href="https://example.org/a" rel="noreferrer"' in client.get("/reports/a").text
        assert "javascript:" not in client.get("/reports/b").text


def entry(on: str | None, id: str = "x") -> dict[str, Any]:
    return {"on": on, "kind": "meeting", "headline": "talks", "id": id}


def test_marks_of_one_day_lie_above_each_other() -> None:
    found = strip([entry("2020-01-01"), entry("2020-01-01"), entry("2024"), entry(None)])
    assert [mark["x"] for mark in found["marks"]] == [20, 20, 980]
    assert found["marks"][1]["y"] < found["marks"][0]["y"] == found["marks"][2]["y"]
    assert [tick["year"] for tick in found["ticks"]][-1] == "2024"
    assert strip([entry(None)])["marks"] == strip([entry("2020")])["marks"] == []


def test_nothing_comes_up() -> None:
    bars = coming_bars([], date(2025, 11, 30), 3)
    assert [bar["label"] for bar in bars] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert not any(bar["count"] for bar in bars)


def test_parties_with_strong_bonds_stand_side_by_side() -> None:
    def edge(a: str, b: str, count: int) -> Edge:
        return Edge(a=a, b=b, count=count, on={}, first=None, last=None, ids=())

    nodes = tuple(Node(party=one, name=one, partners=1, records=4) for one in ("FJI", "PER", "TON"))
    drawn = circle(Network(nodes=nodes, edges=(edge("FJI", "TON", 3), edge("PER", "TON", 1)), left_out=()))
    assert [node["party"] for node in drawn["nodes"]] == ["FJI", "TON", "PER"]
    assert [line["width"] for line in drawn["edges"]] == [5.5, 2.5]
    assert circle(Network(nodes=(), edges=(), left_out=())) == {"nodes": [], "edges": []}


def test_a_sentence_is_shown_once_with_all_its_words() -> None:
    one = {"start": 5, "end": 9, "before": "", "words": "Fiji", "after": " met Tonga."}
    other = {"start": 14, "end": 19, "before": "Fiji met ", "words": "Tonga", "after": "."}
    assert sentences([other, one]) == [[("Fiji", True), (" met ", False), ("Tonga", True), (".", False)]]
    assert sentences([]) == []
