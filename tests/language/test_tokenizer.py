"""Words as UD English splits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.language.tokenizer import tokenize

CASES = {
    "The U.S.-India pact.": "The U.S. - India pact .",
    "Lt. Gen. Osei and Brig. Khan met.": "Lt. Gen. Osei and Brig. Khan met .",
    "They don't and we'll see; it's Peru’s.": "They do n't and we 'll see ; it 's Peru ’s .",
    "anti-American and re-elected, state-owned": "anti-American and re-elected , state - owned",
    "$10m, €11.5m. US$300 and 5%": "$ 10 m , € 11.5 m . US$ 300 and 5 %",
    "(see https://example.org/a?b=c), foo@example.org.": "( see https://example.org/a?b=c ) , foo@example.org .",
    "At 9am or 10 a.m. on Nov. 3": "At 9 am or 10 a.m. on Nov. 3",
    "No. 5 but “No.”": "No. 5 but “ No . ”",
    "``Open it,'' he said": "`` Open it , '' he said",
    "We signed.The talks go on": "We signed . The talks go on",
    "J. Smith (Reuters): yes...": "J. Smith ( Reuters ) : yes ...",
    "cannot, o'clock, #Peace @mfa": "can not , o'clock , # Peace @mfa",
    "2019–2024 and Doha--Kabul": "2019 – 2024 and Doha -- Kabul",
    "": "",
}


@pytest.mark.parametrize("text", CASES)
def test_words(text: str) -> None:
    assert " ".join(tokenize(text)[0]) == CASES[text]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80) | st.text(alphabet="ab.,'’\"-() 1$\n", max_size=60))
def test_words_and_blanks_are_the_text(text: str) -> None:
    words, spaces = tokenize(text)
    assert "".join(w + " " * s for w, s in zip(words, spaces, strict=True)) == text
    assert all(words)


def test_long_runs_are_cut() -> None:
    words, _ = tokenize("x" * 10_000 + " " + "(" * 10_000)
    assert max(map(len, words)) <= 64
