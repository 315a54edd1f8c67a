"""What changed, who with whom, how it goes, and the brief."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pacific import PAIR, reading

from foedus import ask
from foedus.ask.concerns import parties_named
from foedus.ask.words import date_words, person_words, place_words, term_words
from foedus.book import Book
from foedus.errors import AskError
from foedus.export import brief_html, brief_markdown, network_graphml
from foedus.export.brief import _plain, is_link
from foedus.record import Agreement, Meeting, Reading

DAY = date(2025, 6, 1)


# -- changes ----------------------------------------------------------------------------------------------------------


def test_new_records_since_a_day(pacific: Book) -> None:
    found = ask.changes(pacific, *PAIR, since="2025", today=DAY)
    said = [(one.on, one.what, one.kind) for one in found]
    assert ("2025-05-06", "new", "meeting") in said
    assert said == sorted(said, key=lambda one: one[0] or "9999")
    assert {one.kind for one in found if one.what == "new"} == {"meeting", "statement", "activity"}
    assert [one.detail for one in found if one.kind == "commitment"] == []


def test_states_turn_by_the_calendar(pacific: Book) -> None:
    found = ask.changes(pacific, since="2023-06", today=date(2026, 7, 1), kinds=["agreement", "commitment"])
    assert [(one.on, one.what, one.detail) for one in found if one.what == "state"] == [
        ("2023-12-31", "state", "open → overdue"),
        (None, "state", "signed → expired"),
    ]


def pact(id: str, published: str, stage: str, signed_on: str = "2024-03-03") -> Reading:
    return reading(
        id, published, f"Report {id}: the pact was {{stage:{stage}}}.",
        (Agreement, {"title": "ferry pact", "parties": PAIR, "stage": stage, "signed_on": signed_on}),
    )  # fmt: skip


def test_stages_disagreements_and_confirmations(empty: Book) -> None:
    empty.add(pact("a", "2024-03-04", "signed"))
    assert ask.changes(empty, since="2024-05", today=DAY) == []
    empty.add(pact("b", "2024-05-06", "in force"))
    empty.add(pact("c", "2024-05-07", "signed", "2024-03-04"))
    found = ask.changes(empty, since="2024-05", today=DAY)
    assert [(one.what, one.detail, one.reports) for one in found] == [
        ("stage", "signed → in force", ("b",)),
        ("differs", "signed_on: 2024-03-04 beside 2024-03-03", ("c",)),
    ]
    assert found[0].quotes[0].words == "in force"
    empty.add(pact("d", "2024-06-06", "signed"))
    assert [one.detail for one in ask.changes(empty, since="2024-06", today=DAY)] == ["1 more independent report"]
    empty.note(found[0].id, "ask the ministry")
    decided = ask.changes(empty, since="2024-06", today=DAY)
    assert [(one.what, one.detail.split(" by ")[0]) for one in decided] == [("confirmed", "1 more independent report"), ("decision", "note ask the ministry")]  # fmt: skip


def test_reports_count_from_when_they_were_read(empty: Book) -> None:
    empty.add(pact("a", "2024-03-04", "signed"))
    today = date.today()
    assert [one.what for one in ask.changes(empty, since=today.isoformat(), by="read")] == ["new"]
    assert ask.changes(empty, since=f"{today.year + 1}", by="read") == []


# -- network ----------------------------------------------------------------------------------------------------------


def test_who_agrees_with_whom(pacific: Book) -> None:
    found = ask.network(pacific)
    assert [(one.a, one.b, one.count, one.first, one.last) for one in found.edges] == [
        ("FJI", "TON", 3, "2015", "2021"),
        ("FJI", "WSM", 1, None, None),
        ("TON", "WSM", 1, None, None),
    ]
    assert found.edges[0].on == {"environment": 1, "fisheries": 1, "transport": 1}
    assert [(one.party, one.partners, one.records) for one in found.nodes] == [
        ("FJI", 2, 3),
        ("TON", 2, 3),
        ("WSM", 2, 1),
    ]
    assert ask.network(pacific, since="2020").edges[0].count == 1
    assert ask.network(pacific, "Samoa", domain="environment").edges[0].count == 1
    assert [len(one) for one in (ask.network(pacific, most=2).edges, ask.network(pacific, most=2).left_out)] == [1, 1]
    assert ask.network(pacific, kinds=["meeting", "event"]).edges[0].on == {"ACCUSE": 1, "AGREE": 1, "meeting": 1}
    with pytest.raises(AskError, match="unknown kind"):
        ask.network(pacific, kinds=["treaty"])


def test_graphml_reads_back(pacific: Book) -> None:
    found = ask.network(pacific)
    graph = networkx.parse_graphml(network_graphml(found))
    assert {frozenset(edge) for edge in graph.edges} == {frozenset((one.a, one.b)) for one in found.edges}
    assert graph.edges["FJI", "TON"]["weight"] == 3
    assert graph.nodes["FJI"]["label"] == "Fiji"


# -- trend ------------------------------------------------------------------------------------------------------------


def test_trend_by_month(pacific: Book) -> None:
    found = ask.trend(pacific, "Fiji", "Tonga", today=DAY)
    months = [one.month for one in found.periods]
    assert months[0] == "2015-03"
    assert months == sorted(set(months))
    assert len(months) == 123
    may = next(one for one in found.periods if one.month == "2025-05")
    assert (may.cooperation, may.conflict, may.neutral) == (1, 1, 0)
    assert (may.events_cooperation, may.events_conflict, may.goldstein, may.goldstein_events) == (1, 1, 1.0, 2)
    assert may.kinds == {"agreements": 0, "meetings": 1, "statements": 1, "commitments": 0, "activities": 0}
    assert found.undated == 2  # the reef treaty has no day, the exercise only a year


def test_trend_by_year_and_window(pacific: Book) -> None:
    found = ask.trend(pacific, *PAIR, by="year", since="2021", today=DAY)
    assert [one.month for one in found.periods] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    overdue = found.periods[0]
    assert (overdue.cooperation, overdue.conflict) == (1, 1)
    assert ask.trend(pacific, *PAIR, by="quarter", since="2025", until="2025", today=DAY).periods[0].month == "2025-Q2"
    assert ask.trend(pacific, "Fiji", "Peru").periods == ()
    with pytest.raises(AskError, match="two parties"):
        ask.trend(pacific, "Fiji")


# -- brief ------------------------------------------------------------------------------------------------------------


def test_every_line_of_a_brief_is_cited(pacific: Book) -> None:
    found = ask.brief(pacific, "Fiji", "Tonga", since="2025", today=DAY, months=24)
    numbers = [one.number for one in found.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    lines = [line for section in found.sections for line in section.lines]
    assert len(lines) > 12
    for line in lines:
        assert line.citations
        assert {one.number for one in line.citations} <= set(numbers)
        for one in line.citations:
            if one.quote:
                text = pacific.report(one.quote.report).report.text
                assert text[one.quote.start : one.quote.end] == one.quote.words
                assert found.sources[one.number - 1].report == one.quote.report
        assert any(one.quote for one in line.citations)


def test_the_sections_of_a_brief(pacific: Book) -> None:
    found = ask.brief(pacific, *PAIR, since="2025", today=DAY)
    titles = {section.key: [line.text for line in section.lines] for section in found.sections}
    assert list(titles) == [
        "in-force", "history", "horizon", "meetings", "statements", "commitments", "kept", "activities", "disagreements",
        "changes",
    ]  # fmt: skip
    assert [text.split(" (")[0].split(",")[0] for text in titles["in-force"]] == [
        "Ferry Line Agreement",
        "fisheries pact",
        "reef treaty",
    ]
    assert len(titles["statements"]) == 2  # addressed to Fiji; of Tonga on Fiji's ferries; not the Russian ones
    details = [detail for line in found.sections[0].lines for detail in line.details]
    assert "term 10 years, runs to 1 March 2030 (signature + 10 years, with renewals), then renews itself" in details
    assert (
        "signed on 1 March 2015 in Suva, Fiji by Ana Vola (Transport Minister, Tonga) and Josefa Ratuvou (Minister of Transport, Fiji)"
        in details
    )
    with pytest.raises(AskError, match="two parties"):
        ask.brief(pacific, "Fiji")


def test_a_chain_of_successors_is_told(empty: Book) -> None:
    for year, before in (("1995", None), ("2005", "the 1995 pact"), ("2015", "the 2005 pact")):
        values = {"title": f"Pact of {year}", "parties": PAIR, "stage": "signed", "signed_on": f"{year}-05-05"}
        if before:
            values["succeeds"] = before
        empty.add(reading(year, f"{year}-05-06", f"The {year} pact was signed in its year.", (Agreement, values)))
    found = ask.brief(empty, *PAIR, today=DAY)
    assert (
        "follows Pact of 2005 (5 May 2005), which followed Pact of 1995 (5 May 1995)"
        in found.sections[0].lines[0].details
    )
    assert "succeeded by Pact of 2015 (5 May 2015)" in found.sections[1].lines[1].details


def test_disagreements_name_each_side(empty: Book) -> None:
    for id, day in (("x", "2024-05-01"), ("y", "2024-05-02")):
        meeting = {"parties": PAIR, "held_on": day, "forum": "Reef Council", "edition": 3, "status": "held"}
        empty.add(
            reading(id, "2024-05-03", f"{id}: the third Reef Council was held {{held_on:{day}}}.", (Meeting, meeting))
        )
    found = next(one for one in ask.brief(empty, *PAIR, today=DAY).sections if one.key == "disagreements")
    (line,) = found.lines
    assert line.text == "Reef Council: held on"
    assert len(line.details) == 2
    assert {one.quote.words for one in line.citations if one.quote} == {"2024-05-01", "2024-05-02"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_needs_nothing_else_and_runs_nothing(pacific: Book) -> None:
    found = ask.brief(pacific, *PAIR, since="2025", today=DAY)
    page = _Page()
    page.feed(brief_html(found))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "b", "em"}
    links = [about["href"] for tag, about in page.tags if tag == "a"]
    ids = {about.get("id") for _, about in page.tags}
    assert all(link.startswith("https://") or link[1:] in ids for link in links if link)
    assert "https://example.org/ferries?a=1&b=2" in links
    assert not any("javascript:" in str(about) for _, about in page.tags)
    assert "[Not a link](x) <b>& *stars*</b>" in page.text


def test_markdown_keeps_the_words_as_they_are(pacific: Book) -> None:
    found = ask.brief(pacific, *PAIR, since="2025", today=DAY)
    made = brief_markdown(found)
    html = MarkdownIt("commonmark", {"html": True}).render(made)
    page = _Page()
    page.feed(html)
    assert {tag for tag, _ in page.tags} <= {"h1", "h2", "p", "ul", "ol", "li", "strong", "em", "a"}
    assert [about["href"] for tag, about in page.tags if tag == "a"] == ["https://example.org/ferries?a=1&b=2"]
    assert "[Not a link](x) <b>& *stars*</b>" in page.text
    single = re.sub(r"\s+", " ", page.text)
    for section in found.sections:
        for line in section.lines:
            assert line.text in single


@given(st.text(max_size=60))
def test_any_text_stays_text_in_markdown(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(f"x {_plain(text)} y")
    page = _Page()
    page.feed(html)
    assert [tag for tag, _ in page.tags] == ["p"]
    said = "".join(c if c.isprintable() else " " for c in f"x {text} y")
    assert re.sub(r"\s+", " ", page.text).strip() == re.sub(r"\s+", " ", said).strip()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", 'https://a"', None, "", "ftp://x", "http://[x"])
def test_only_plain_addresses_are_linked(url: str | None) -> None:
    assert not is_link(url)


def test_an_empty_brief_says_so(empty: Book) -> None:
    found = ask.brief(empty, "Fiji", "Tonga", today=DAY)
    assert brief_markdown(found).count("Nothing in the record book.") == 9
    assert "Nothing in the record book." in brief_html(found)


# -- words ------------------------------------------------------------------------------------------------------------


def test_words_for_values() -> None:
    assert date_words("2025-10-31") == "31 October 2025"
    assert date_words("2025-10-08/2025-10-10") == "8 October 2025 – 10 October 2025"
    assert [date_words(one) for one in (None, "2025", "XXXX-10-31", "2025-22", "2026/..")] == [
        "",
        "2025",
        "31 October",
        "summer 2025",
        "from 2026",
    ]
    assert [term_words(one) for one in ("P10Y", "P1Y6M", "soon", None)] == ["10 years", "1 year 6 months", "soon", ""]
    assert [place_words(one) for one in ("Suva, FJI", "FJI", None)] == ["Suva, Fiji", "Fiji", ""]
    assert person_words(None) == person_words({"name": None}) == "unnamed"


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Fiji was late", True),
        ("the Fijian ferries", True),
        ("Fiji’s ferries", True),
        ("Fijil", False),
        ("all of us", False),
    ],
)
def test_a_text_names_a_party(text: str, yes: bool) -> None:
    assert ("FJI" in parties_named(text)) is yes
    assert parties_named("between us") == set()


def test_open_spans_and_seasons_in_words() -> None:
    values = ("2026-24", "XXXX-21", "2026-03/..", "../2026", "2026-04/", "2026-25", "soon")
    assert [date_words(one) for one in values] == [
        "winter 2026", "spring", "from March 2026", "until 2026", "from April 2026", "2026-25", "soon",
    ]  # fmt: skip


# -- how records read -------------------------------------------------------------------------------------------------


def ratified(id: str, **values: object) -> Reading:
    return reading(id, "2024-05-06", f"Report {id} on a pact.", (Agreement, {"parties": PAIR, **values}))


def test_who_took_the_last_step_is_not_put_to_something_else(empty: Book) -> None:
    empty.add(ratified("a", title="reef pact", stage="ratified", stage_by=("FJI",), signed_on="2024-01-01"))
    empty.add(ratified("b", title="tuna pact", stage="suspended", stage_by=("TON",), signed_on="2020-01-01"))
    empty.add(ratified("c", title="visa pact", stage="agreed", stage_by=("TON",)))
    details = {line.text: line.details[0] for line in ask.brief(empty, *PAIR, today=DAY).sections[0].lines}
    assert details == {
        "reef pact": "standing: signed, ratified by Fiji; no report says that it is in force",
        "tuna pact": "standing: suspended by Tonga",
        "visa pact": "standing: agreed by Tonga; no report says that it was signed",
    }


def test_agreements_without_particulars_are_mentioned_in_a_line(empty: Book) -> None:
    empty.add(ratified("a", title="pact", instrument="agreement"))
    empty.add(ratified("b", title="ferry pact", stage="signed", signed_on="2024-01-01"))
    empty.add(ratified("c", instrument="treaty", domains=("defence",), stage="signed"))
    sections = {one.key: one for one in ask.brief(empty, *PAIR, today=DAY).sections}
    assert [line.text for line in sections["in-force"].lines] == ["ferry pact"]
    assert sections["history"].lines == ()
    (line,) = sections["mentioned"].lines
    assert {one.number for one in line.citations} == {2, 3}
    assert "treaty" in line.text


def test_a_lone_agreement_with_a_stage_is_kept(empty: Book) -> None:
    empty.add(ratified("c", instrument="treaty", stage="signed"))
    sections = {one.key: one for one in ask.brief(empty, *PAIR, today=DAY).sections}
    assert [line.text for line in sections["in-force"].lines] == ["treaty"]
    assert "mentioned" not in sections


@pytest.mark.parametrize(
    ("undertaking", "due", "state", "wanted"),
    [
        ("deliver boats", "2026", "open", "Tonga to Fiji: deliver boats, due 2026"),
        ("deliver boats", "2026-05-31", "overdue", "Tonga to Fiji: deliver boats, due 31 May 2026 (overdue)"),
        ("deliver boats by 2026", "2026", "open", "Tonga to Fiji: deliver boats by 2026"),
        ("deliver boats by May 31, 2026", "2026-05-31", "open", "Tonga to Fiji: deliver boats by May 31, 2026"),
    ],
)
def test_a_headline_says_when_once(undertaking: str, due: str, state: str, wanted: str) -> None:
    record = {"record_kind": "commitment", "by": ["TON"], "to": ["FJI"], "undertaking": undertaking, "due_on": due}
    assert ask.headline(record | {"state": state}) == wanted


def test_nothing_turns_from_a_day_to_come(pacific: Book) -> None:
    assert ask.changes(pacific, since="2030", today=DAY) == []


@pytest.mark.parametrize(
    ("typed", "code"), [("KR", "KOR"), ("jp", "JPN"), ("GB", "GBR"), ("AU", "org:AU"), ("EU", "org:EU")]
)
def test_two_letter_codes(typed: str, code: str) -> None:
    assert ask.resolve_party(typed) == code


def test_a_timeline_can_leave_out_what_does_not_count_yet(anywhere: Book) -> None:
    """Everything else is the same, the states too."""
    day = date(2026, 1, 1)
    full = ask.timeline(anywhere, *PAIR, today=day)
    assert any(entry["kind"] == "commitment" for entry in full)
    for entry in full:
        if entry["kind"] == "commitment":
            follow_up = entry["record"]["follow_up"]
            entry["record"]["follow_up"] = [one for one in follow_up if one["confirmed"]]
    assert ask.timeline(anywhere, *PAIR, today=day, proposals=False) == full
