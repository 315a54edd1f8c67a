"""Search finds the same in SQLite and PostgreSQL, keeps up with the book, and marks what was asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pacific import PAIR, reading

from foedus import ask
from foedus.ask.search_index import drop, refresh
from foedus.ask.search_words import Query, places, snippet, stem, stems
from foedus.book import Book
from foedus.errors import AskError
from foedus.record import Agreement


@pytest.mark.parametrize(
    ("asked", "kinds", "titles"),
    [
        ("ferry", ["report"], {"Ferries for ten years", "Ministers meet", "Late ferries"}),
        ("FERRIES signing", ["report"], {"Ferries for ten years"}),
        ('"three patrol boats"', ["report"], {"Fish and boats"}),
        ('"patrol three boats"', ["report"], set()),
        ("boats OR exercises", ["report"], {"Fish and boats", "Ministers meet", "Late ferries"}),
        ("ferry -minister", ["report"], {"Ferries for ten years"}),
        ("fish*", ["report"], {"Fish and boats"}),
        ("fisheri*", ["agreement"], {"fisheries pact: signed, term 5 years"}),
        ("automatical*", ["report"], {"Ferries for ten years"}),
        ("defense", ["report"], {"Late ferries"}),
        ("nuku'alofa OR nukuʻalofa", ["report"], {"Ministers meet"}),
        ("Ratuvou", ["agreement"], {"Ferry Line Agreement: signed, term 10 years"}),
        ("Samoa", ["agreement"], {"reef treaty: in force", "tuna deal: negotiating"}),
        ("zebra", [], set()),
        ('"', ["report"], None),
        ("' ; -- ( ) * NEAR AND", ["report"], set()),
    ],
)
def test_what_is_found(anywhere: Book, asked: str, kinds: list[str], titles: set[str] | None) -> None:
    if titles is None:
        with pytest.raises(AskError):
            ask.search(anywhere, asked, kinds=kinds)
    else:
        found = ask.search(anywhere, asked, kinds=kinds)
        assert {hit.title for hit in found.hits} == titles
        assert found.total == len(titles)


def test_filters_and_facets(anywhere: Book) -> None:
    found = ask.search(anywhere, "ferries", since="2015", until="2025")
    assert found.facets["kind"] == {"report": 3, "agreement": 1, "statement": 2}
    assert found.facets["year"] == {"2025": 4, "2015": 2}
    assert found.facets["party"] == {"FJI": 2, "TON": 3}
    assert sum(found.facets["kind"].values()) == found.total == 6
    assert {hit.id for hit in ask.search(anywhere, "", kinds=["report"], party=["Russia"]).hits} == {"fish", "again"}
    assert [hit.kind for hit in ask.search(anywhere, "ferries", party=["Fiji", "Tonga"], kinds=["agreement"]).hits] == [
        "agreement"
    ]
    newest = [hit.on for hit in ask.search(anywhere, "ferries", newest=True).hits]
    assert newest == sorted(newest, reverse=True)
    pages = [hit.id for skip in range(0, 6, 2) for hit in ask.search(anywhere, "ferries", limit=2, skip=skip).hits]
    assert sorted(pages) == sorted(hit.id for hit in ask.search(anywhere, "ferries").hits)
    with pytest.raises(AskError, match="give words"):
        ask.search(anywhere, " ")
    with pytest.raises(AskError, match="unknown kind"):
        ask.search(anywhere, "x", kinds=["treaty"])


def test_a_title_weighs_more(anywhere: Book) -> None:
    hits = ask.search(anywhere, "ferries", kinds=["report"]).hits
    assert {hit.title for hit in hits[:2]} == {"Late ferries", "Ferries for ten years"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_index_keeps_up(anywhere: Book) -> None:
    assert refresh(anywhere) > 0
    assert refresh(anywhere) == 0
    pact = (Agreement, {"title": "walrus pact", "parties": PAIR, "stage": "signed", "signed_on": "2024-01-01"})
    anywhere.add(reading("new", "2024-01-02", "{r0:A walrus pact} was signed.", pact))
    assert {hit.kind for hit in ask.search(anywhere, "walrus").hits} == {"report", "agreement"}
    anywhere.add(reading("new", "2024-01-02", "Nothing was signed."))
    assert ask.search(anywhere, "walrus").total == 0
    anywhere.add(reading("new", "2024-01-02", "{r0:A walrus pact} was signed.", pact))
    (found,) = ask.search(anywhere, "walrus", kinds=["agreement"]).hits
    anywhere.reject(found.id)
    assert ask.search(anywhere, "walrus", kinds=["agreement"]).total == 0
    anywhere.rebuild()
    assert ask.search(anywhere, "walrus").total == 1


def test_a_dropped_index_is_made_again(anywhere: Book) -> None:
    before = ask.search(anywhere, "ferries")
    with anywhere.writing() as connection:
        drop(connection)
    assert ask.search(anywhere, "ferries") == before
    name = "ask_on_record_delete" if anywhere._engine.dialect.name == "sqlite" else "ask_on_record_all ON consolidated"
    with anywhere.writing() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    assert ask.search(anywhere, "ferries") == before


def test_a_snippet_marks_words_where_they_stand() -> None:
    text = "Nothing here. " * 40 + "The two navies’ joint  exercises\nbegan. " + "More of it. " * 40
    pieces = snippet(text, Query.of('"joint exercise"'))
    assert [words for words, mark in pieces if mark] == ["joint exercises"]
    whole = "".join(words for words, _ in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert "The two navies’ joint exercises began." in whole
    assert len(whole) < 320
    assert snippet("Short text.", Query.of("other")) == (("Short text.", False),)


def test_stems() -> None:
    assert stem("Defence") == stem("defenses") == stem("DÉFENSE")
    assert stems("The U.S. and Türkiye's ferries") == "the us and turkiy ferri"


@given(st.text(max_size=80), st.text("ab c\"-*'’.", min_size=1, max_size=20))
def test_any_text_can_be_searched(text: str, asked: str) -> None:
    try:
        query = Query.of(asked)
    except AskError:
        return
    spans = places(text, query.terms)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    if any(mark for _, mark in snippet(text, query)):
        assert spans
    if not query.without and len(query.groups) == 1:
        assert query.fits(text) == bool(spans)


def test_a_snippet_of_a_record_is_a_sentence_of_its_report(anywhere: Book) -> None:
    (hit,) = ask.search(anywhere, "ferry line agreement", kinds=["agreement"]).hits
    said = "".join(words for words, _ in hit.pieces)
    assert "Fiji and Tonga signed the Ferry Line Agreement on Sunday." in said
    assert [words for words, mark in hit.pieces if mark] == ["Ferry", "Line", "Agreement"]
    (hit,) = ask.search(anywhere, "Ratuvou", kinds=["agreement"]).hits
    assert [words for words, mark in hit.pieces if mark] == ["Ratuvou"]  # only in its values
