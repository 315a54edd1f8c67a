"""The pages over a small book: they answer, they escape what reports say, and they refuse with words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from foedus.ask.words import date_words
from foedus.book import Book
from foedus.record import KINDS, PLURAL, Agreement, Reading, Report
from foedus.web.app import create_app, human

HOSTILE = "/reports/" + quote("https://example.org/a b/?q=1#top")


@pytest.fixture
def client(book_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(book_path)) as client:
        yield client


def consolidated(client: TestClient, kind: str) -> str:
    """The id of the first record of a kind."""
    return str(client.get(f"/{kind}?format=json").json()[0]["id"])


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/ferry", *(f"/{PLURAL[kind]}" for kind in KINDS)])
def test_pages_answer_and_name_their_language(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/", "/reports/ferry?format=json", "/nothing", "/pairs/FJI/TON", "/static/app.css"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/ferry", "/agreements", "/pairs/FJI/TON", HOSTILE])
def test_pages_hold_nothing_that_the_policy_forbids(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", text)
    assert re.findall(r"<script(?![^>]* src=\"/static/)[^>]*>", text) == []
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("path", ["/", "/reports", HOSTILE, "/meetings", "/pairs/WSM/TON"])
def test_what_reports_say_is_escaped(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    assert "<b>at sea" not in answer.text


def test_a_hostile_report_shows_its_own_words(client: TestClient) -> None:
    text = client.get(HOSTILE).text
    assert "&lt;script&gt;" in text
    assert "Samoa &amp; Tonga" in text


def test_a_hostile_record_is_escaped(client: TestClient) -> None:
    rows = client.get("/meetings?party=Samoa&format=json").json()
    text = client.get(f"/records/{rows[0]['id']}").text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "<img" not in text


def test_the_link_to_a_report_works_whatever_its_id(client: TestClient) -> None:
    links = re.findall(r'href="(/reports/[^"]+)"', client.get("/reports").text)
    assert len(links) == 2
    assert [client.get(link).status_code for link in links] == [200, 200]


def test_a_report_marks_the_words_of_its_records(client: TestClient) -> None:
    text = client.get("/reports/ferry").text
    assert '<mark class="k-agreement k-meeting " data-ids="ag-1 me-1">Fiji</mark>' in text
    assert 'data-id="ag-1"' in text
    assert "2,000,000 USD" in text
    assert "2 May 2024" in text
    assert "Island News" in text


def test_a_record_shows_its_evidence(client: TestClient) -> None:
    text = client.get(f"/records/{consolidated(client, 'agreements')}").text
    assert '<mark class="k-agreement">ferry pact</mark>' in text
    assert 'href="/reports/ferry"' in text


def test_the_id_in_a_report_leads_to_the_record(client: TestClient) -> None:
    assert client.get("/records/ag-1").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/reports/none", "/records/ag-none", "/static/none.css", "/a/b/c"])
def test_what_is_not_there_is_404_and_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Not" in answer.text


@pytest.mark.parametrize(
    "path", ["/pairs/Nowhereland/FJI", "/pairs?a=&b=", "/agreements?party=Nowhereland", "/meetings?since=yesterday"]
)
def test_a_question_that_cannot_be_read_is_400(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert '<p class="' in answer.text


def test_an_asked_for_party_is_escaped(client: TestClient) -> None:
    answer = client.get("/agreements", params={"party": '"><script>alert(3)</script>'})
    assert answer.status_code == 400
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("party=Fiji", 1),
        ("party=TON", 2),
        ("party=TON&party=Samoa", 1),
        ("party=FJI&party=WSM", 0),
        ("party=&party=", 2),
        ("since=2024", 1),
        ("until=2023-12", 1),
        ("since=2025", 0),
    ],
)
def test_filters(client: TestClient, query: str, count: int) -> None:
    assert len(client.get(f"/meetings?{query}&format=json").json()) == count
    assert client.get(f"/meetings?{query}").text.count('<td class="date">') == count


def test_a_filter_asked_for_by_script_gives_the_rows_alone(client: TestClient) -> None:
    whole = client.get("/meetings?party=Fiji").text
    part = client.get("/meetings?party=Fiji", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<table>" in part
    assert part.strip() in whole


def test_tables_begin_with_the_newest_and_end_with_the_undated(tmp_path: Path) -> None:
    days = {"a": None, "b": "2020", "c": "2024-05-02"}
    with Book.open(tmp_path / "days.db") as opened:
        for id_, day in days.items():
            words = {"record": ((0, 4),)}
            pact = Agreement(id=f"ag-{id_}", title=f"pact {id_}", signed_on=day, evidence=words, confidence=1.0)
            opened.add(Reading(report=Report(id=id_, text="Pact", published_on=day), agreements=(pact,)))
    with TestClient(create_app(tmp_path / "days.db")) as client:
        for path in ("/agreements", "/reports"):
            shown = re.findall(r"<time[^>]*>([^<]*)</time></td>", client.get(path).text)
            assert shown == ["2 May 2024", "2020", "undated"]


def test_pair(client: TestClient) -> None:
    asked = client.get("/pairs", params={"a": "Fiji", "b": "Tonga"}, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/pairs/FJI/TON")
    text = client.get("/pairs/FJI/TON").text
    assert "<h1>Fiji – Tonga</h1>" in text
    assert "<h2>2024</h2>" in text
    assert text.count("<circle") == text.count("<li id=")
    assert "The book holds nothing" in client.get("/pairs/FJI/WSM").text


def test_json(client: TestClient) -> None:
    report = client.get("/reports/ferry?format=json").json()
    assert [r["id"] for r in report["agreements"]] == ["ag-1"]
    found = client.get(f"/records/{consolidated(client, 'agreements')}?format=json").json()
    assert found["record"]["title"] == "ferry pact"
    assert found["sources"][0]["report"]["id"] == "ferry"
    assert {e["kind"] for e in client.get("/pairs/FJI/TON?format=json").json()} >= {"agreement", "meeting"}
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/meetings?party=Nowhereland&format=json")
    assert answer.status_code == 400
    assert "Nowhereland" in answer.json()["error"]


def test_api(client: TestClient) -> None:
    assert len(client.get("/api/records/agreements?party=Fiji").json()) == 1
    assert "/api/records/{kind}" in client.get("/api/openapi.json").json()["paths"]
    wrong = client.get("/api/records/wars")
    assert wrong.status_code == 404
    assert "agreements" in wrong.json()["kinds"]


def test_an_empty_book_says_how_to_fill_it(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "empty.db")) as client:
        assert "foedus read" in client.get("/").text
        assert client.get("/reports").status_code == 200
        assert "Nothing in the book" in client.get("/agreements").text


def test_a_file_that_is_no_book_is_500_in_words(tmp_path: Path) -> None:
    path = tmp_path / "no.db"
    path.write_text("no book " * 200, "utf-8")
    with TestClient(create_app(path)) as client:
        answer = client.get("/")
    assert answer.status_code == 500
    assert "cannot be read" in answer.text


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        ("2025-10-31", "31 October 2025"),
        ("2025-10", "October 2025"),
        ("2026-24", "winter 2026"),
        ("2025", "2025"),
        ("XXXX-10-31", "31 October"),
        ("2025-10-08/2025-10-10", "8 October 2025 – 10 October 2025"),
        ("2025-13-01", "2025-13-01"),
    ],
)
def test_dates_for_people(value: str | None, wanted: str) -> None:
    assert date_words(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (["FJI", "TON"], "Fiji; Tonga"),
        ({"amount": 2000000, "currency": "USD"}, "2,000,000 USD"),
        ({"name": "Ana Vola", "office": "Minister", "party": "TON"}, "Ana Vola, Minister, Tonga"),
        ("2024-05-02", "2 May 2024"),
        ("XXXX-10-31", "31 October"),
        ("P10Y", "10 years"),
        ("P1M", "1 month"),
        ("2025 was well-run and/or short", "2025 was well-run and/or short"),
    ],
)
def test_values_for_people(value: object, wanted: str) -> None:
    assert human(value) == wanted
