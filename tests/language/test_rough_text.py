"""Text as it comes: capitals, glued words, bylines, handles, tables, no punctuation, very long; with both shipped pipelines."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.language import SHIPPED, extras, load

ROUGH = {
    "capitals": "PERU AND CHILE SIGN TREATY; MINISTERS TO MEET IN LIMA",
    "glued": "LIMA,4May2024(Agencia)-PeruandChile signedatreaty.The ministersmet on Monday.",
    "byline": "By Rosa Quispe\nStaff Writer | 4 May 2024 | 10:32 GMT+5\n\nPeru signed.",
    "post": "@MFA_Peru: Great talks 🇵🇪🤝🇨🇱 today!! #Peru #Chile https://example.org/a?b=c%20d&e=f … more soon 👍🏽",
    "table": "Country\tPledge\tDue\nPeru\t$3m\t2026\nChile\t€4m\t2027\n",
    "no marks": "the foreign minister of peru met his counterpart in lima they signed an agreement on ports it enters into force in may",
    "scripts": "Перу и Чили подписали договор. ペルーとチリ. بيرو وتشيلي",
    "controls": "Peru\x00 and\u200b Chile\ufeff signed\u00ad it\r\nin Lima.",
}


@pytest.mark.parametrize("pipeline", SHIPPED)
@pytest.mark.parametrize("text", ROUGH.values(), ids=ROUGH.keys())
def test_rough_text_keeps_its_offsets(text: str, pipeline: str) -> None:
    doc = load(pipeline).parse(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in doc)
    assert all(text[e.start_char : e.end_char] == e.text for e in doc.ents)


@pytest.mark.parametrize("pipeline", SHIPPED)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ["Peru ", "signed", ",", ".", "\n", "\n\n", "“", "’s ", "the ", "@x", "🙂", "U.S. ", "1,000", "—", "\t"]
        ),
        max_size=60,
    )
)
def test_every_token_has_its_place_and_its_extras(pipeline: str, parts: list[str]) -> None:
    text = "".join(parts)
    doc = load(pipeline).parse(text)
    more = extras(doc)
    assert doc.text == text
    assert more is not None
    assert len(more.modality) == len(more.attributed) == len(more.vectors) == len(doc)
    for sentence in doc.sents:
        assert sum(t.head.i == t.i for t in sentence if not t.is_space) <= 1 or all(t.is_space for t in sentence)


def test_a_report_of_a_hundred_thousand_words_is_read() -> None:
    text = ("The two ministers met in Lima and signed nothing, the ministry said. " * 20 + "\n\n") * 410
    doc = load("fast").parse(text)
    assert len(text.split()) > 100_000 - 2_000
    assert doc.text == text


@pytest.mark.xfail(reason="The network hangs the second sentence of a text without any mark on the first", strict=True)
def test_a_run_on_text_is_cut_where_sentences_begin() -> None:
    text = "the foreign minister of peru met his counterpart in lima they signed an agreement on ports it enters into force in may the envoys then left"
    sentences = [s.text for s in load().parse(text).sents]
    assert sentences[0] == "the foreign minister of peru met his counterpart in lima"
    assert sentences[1].startswith("they signed")
