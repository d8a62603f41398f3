"""What the bot reads in an event of Chatwoot."""

from __future__ import annotations

import pytest

from assistant.bots.events import words_of


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Is hacking a crime?", "Is hacking a crime?"),
        ("is 3 < 4 and 5 > 4?", "is 3 < 4 and 5 > 4?"),
        ("prot<b>ect</b>ed", "protected"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<script>alert(1)</script><p>words</p>", "words"),
        ("<style>p {color: red}</style>words<!-- hidden -->", "words"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
        ('<?xml version="1.0" encoding="latin-1"?><p>né</p>', "né"),
        ("<p>nul\0l</p>", "null"),
        ("<div><table><tr><td>one</td><td>two</td></tr></table></div>", "one\ntwo"),
        ("<p> </p>", ""),
        ("<!-- only this -->", ""),
        ("<p", "<p"),
    ],
)
def test_the_words_of_a_message_are_without_its_markup(content, words):
    assert words_of(content) == words


def test_markup_that_is_deeper_than_any_message_has_no_words():
    assert words_of("<div>" * 5_000 + "end") == ""
