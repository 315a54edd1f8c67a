"""The same words of a speaker, cut and reported in several ways; the same promise in other words."""

from __future__ import annotations

import pytest
from judged import Record, judged

from foedus.book.wording import stem, telling, undertaken


def said(
    text: str, on: str | None = "2024-03-03", published: str | None = "2024-03-03", speaker: str = "Ana Vola FJI"
) -> Record:
    found = {"text": text, "made_on": on, "published": published, "speaker": speaker}
    return {name: value for name, value in found.items() if value is not None}


def vows(undertaking: str, published: str | None = "2024-03-03", **values: object) -> Record:
    return {"by": ["FJI"], "undertaking": undertaking, "published": published, **values}


ONE = {
    "cut": (said("We will open the harbour to every ferry, and nobody will pay for it"), said("open the harbour to every ferry")),
    "reported": (said("My engineers have finished the pier"), said("her engineers had finished the pier")),
    "reported with another verb form": (said("We keep our word to the islands"), said("they kept their word to the islands")),
    "of her own state": (said("Fiji will close the camp by 2030"), said("We will close the camp by 2030,")),
    "a few words of a phrase": (said("The pier is the road to Asia,"), said("the road to Asia")),
    "no day": (said("The pier is the road to Asia and to peace", None), said("the road to Asia and to peace", None, "2024-03-05")),
    "no party": (said("The pier is the road to Asia"), said("The pier is the road to Asia", speaker="Ana Vola")),
    "by surname": (said("The pier is the road to Asia"), said("The pier is the road to Asia", speaker="Vola FJI")),
    "the very same few words": (said("No comment"), said("no comment")),
    "one word less": (
        said("Nobody who lives on an island can be against a ferry that comes on time"),
        said("Nobody on an island can be against a ferry that comes on time"),
    ),
}  # fmt: skip

TWO = {
    "another day": (said("The pier is the road to Asia"), said("The pier is the road to Asia", "2024-03-09", "2024-03-09")),
    "repeated in a later report": (said("the road to Asia", None), said("the road to Asia", None, "2024-03-20")),
    "denied": (said("We will open the harbour to ferries"), said("We will not open the harbour to ferries")),
    "words picked from a long speech": (
        said("harbour pays for peace"),
        said("Peace begins at home. We met the fishermen and heard them out. " * 3 + "Whoever pays will see the harbour in spring"),
    ),
    "two speakers of a surname": (said("The pier is the road to Asia"), said("The pier is the road to Asia", speaker="Mere Vola FJI")),
    "two parties": (said("The pier is the road to Asia"), said("The pier is the road to Asia", speaker="Ana Vola TON")),
    "one word": (said("The harbour is open to all ferries"), said("open", None)),
}  # fmt: skip

PROMISED = {
    "another verb": (vows("pay for a new patrol base on Kadavu"), vows("We will fund the patrol base on Kadavu", "2024-03-20")),
    "due, in other words": (
        vows("finish the converter station at Lami by December 2026", due_on="2026-12"),
        vows("Fiji's converter station at Lami, promised for the end of 2026", "2026-11-20", due_on="2026"),
    ),
    "the same sum on one day": (
        vows("contribute 200 million dollars to reef protection"), vows("Fiji will make 200 million dollars available for the lagoon", "2024-03-04"),
    ),
    "in words and digits": (vows("deliver ten ferries to Tonga"), vows("supply 10 ferries to the port authority of Tonga")),
    "a promise recalled two years later": (
        vows("complete the Dreketi line by the end of 2026", due_on="2026-12-31"), vows("to complete the Dreketi line", "2026-12-02", due_on="2026"),
    ),
}  # fmt: skip

NOT_PROMISED = {
    "another number": (vows("deliver ten ferries to Tonga"), vows("deliver 40 ferries to Tonga")),
    "due at another time": (vows("deliver ten ferries", due_on="2025"), vows("deliver ten ferries", due_on="2026")),
    "to others": (vows("deliver ten ferries", to=["TON"]), vows("deliver ten ferries", to=["WSM"])),
    "another sum": (
        vows("give 5 million dollars to the school", amount={"amount": 5e6, "currency": "USD"}),
        vows("give 6 million dollars to the school", amount={"amount": 6e6, "currency": "USD"}),
    ),
    "another matter": (vows("build a school on Kadavu"), vows("build a hospital on Taveuni")),
    "not to do it": (vows("join the fishing pact"), vows("not to join the fishing pact")),
    "the same sum for two matters": (
        vows("give 200 million dollars for forests"), vows("give 200 million dollars for hospitals"),
    ),
    "again, after two years, with no day": (vows("deliver ten ferries to Suva"), vows("deliver ten ferries to Suva", "2026-03-03")),
}  # fmt: skip


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE.keys())
def test_one_statement(pair: tuple[Record, Record]) -> None:
    verdict = judged("statement", *pair)
    assert verdict.score > 0, verdict


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO.keys())
def test_two_statements(pair: tuple[Record, Record]) -> None:
    verdict = judged("statement", *pair)
    assert verdict.score <= 0, verdict


@pytest.mark.parametrize("pair", PROMISED.values(), ids=PROMISED.keys())
def test_one_promise(pair: tuple[Record, Record]) -> None:
    verdict = judged("commitment", *pair)
    assert verdict.score > 0, verdict


@pytest.mark.parametrize("pair", NOT_PROMISED.values(), ids=NOT_PROMISED.keys())
def test_two_promises(pair: tuple[Record, Record]) -> None:
    verdict = judged("commitment", *pair)
    assert verdict.score <= 0, verdict


@pytest.mark.parametrize(
    "forms",
    [
        "agree agreed agrees",
        "deliver delivers delivered delivering",
        "stop stopped",
        "carry carries carried",
        "keep kept",
        "ten 10",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_what_tells_words_apart() -> None:
    assert telling("the text was finished and that his ministers must read it first") == telling(
        "The text is finished. My ministers must read it first,"
    )
    assert undertaken("We will pay for the base by the end of March 2025") == undertaken("fund the base")
    assert telling("") == telling(None) == ()
