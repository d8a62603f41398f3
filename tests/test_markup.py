"""What is left of markup: plain words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.markup import without_markup


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("**States** must _act_.", "States must act."),
        ("## States must act.", "States must act."),
        ("> * 2) States must act.", "States must act."),
        ("`States` must ~~not~~ act.", "States must not act."),
        ("<p class='x'>States <b>must</b> act.</p>", "States must act."),
        ("States <script>alert(1)</script> must act.", "States alert(1) must act."),
        ("States must act <img src=x", "States must act"),
        ("States ![logo](http://a.example/x.png) must act.", "States must act."),
        ("States [must act](http://a.example/x).", "States must act."),
        ("States must act, see https://a.example/x?y=z for it.", "States must act, see for it."),
        ("States must act (see www.example.org).", "States must act."),
        ("Write to someone@example.org or un.org now.", "Write to or now."),
        ("javascript:alert(1) States must act.", "States must act."),
        ("```python\nStates must act.\n```", "States must act."),
        ("| States | must act. |", "States must act."),
        ("States must\u202e\u200b act\x07.", "States must act."),
        ("", ""),
        ("***", ""),
    ],
)
def test_only_the_words_are_left(markup, words):
    assert without_markup(markup) == words


def test_plain_words_stay_as_they_are():
    words = 'A State may act (art. 5, para. 2), e.g. on "data": for 90 days; or not.'
    assert without_markup(words) == words


@given(st.text(alphabet="ab.:/[]()<>!*_`#@ \nwhtp1-", max_size=60))
def test_no_markup_and_no_address_is_left_of_any_text(text):
    words = without_markup(text)
    assert not re.search(r"[\[\]<>*_`#\n]|://|www\.", words)
