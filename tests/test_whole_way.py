"""The whole way with real parts: a treaty as published, served, fetched, read, checked, quoted."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.convention import Convention
from index.errors import RejectedText
from index.fetching import Rules
from index.keeping import Official, open_official
from index.languages import LANGUAGES
from index.official import fetch_official
from index.sources import Source
from index.whole_text import write_out
from tests.loopback import Site, redirect, site
from tests.treaty import DIGEST, changed, shifted, translated
from tests.un_layout import un_pdf, un_web_page

Publish = Callable[[Convention], bytes]
HERE = Rules(hosts=frozenset({"localhost"}))


def plain(treaty: Convention) -> bytes:
    return write_out(treaty).text.encode()


FORMATS: dict[Publish, tuple[str, str]] = {
    un_web_page: ("html", "text/html; charset=utf-8"),
    un_pdf: ("pdf", "application/pdf"),
    plain: ("text", "text/plain; charset=utf-8"),
}
WAYS = [
    pytest.param(code, publish, id=f"{code}-{publish.__name__}")
    for code in LANGUAGES
    for publish in FORMATS
    if publish is not un_pdf or code in ("en", "fr", "es")
]
"""The letters that a PDF has without a font of its own are those of English, French, Spanish."""


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as made:
        yield made


def fetched(data: Path, made: Site, treaty: Convention, publish: Publish) -> Official:
    """What comes of a treaty that is published behind a redirect, as the United Nations do."""
    made.serve("/symbol", redirect("/document"))
    made.serve("/document", publish(treaty), FORMATS[publish][1])
    return fetch_official(
        data,
        DIGEST,
        [Source(made.url("/symbol"), HERE)],
        language=treaty.language,
        trust=made.trust,
    )


@pytest.mark.parametrize(("code", "publish"), WAYS)
def test_a_published_treaty_is_kept_and_quoted_to_the_letter(tmp_path, running, code, publish):
    treaty = DIGEST if code == "en" else translated(code)
    official = fetched(tmp_path, running, treaty, publish)
    assert official == open_official(tmp_path, code)
    assert official.convention.preamble == treaty.preamble
    assert official.convention.chapters == treaty.chapters
    assert (official.record.format, official.record.language) == (FORMATS[publish][0], code)
    assert official.record.told == official.record.doubtful == ()
    for provision in treaty.provisions():
        quote = official.quote(provision.id)
        assert quote is not None and official.text[quote.start : quote.end] == quote.text
        assert provision.text in quote.text and quote.text.endswith(provision.closing)


@pytest.mark.parametrize("publish", FORMATS)
def test_a_treaty_without_its_last_article_is_kept_aside_named_and_not_used(
    tmp_path, running, publish
):
    before = fetched(tmp_path, running, DIGEST, plain)
    with pytest.raises(RejectedText, match="67 articles") as caught:
        fetched(tmp_path, running, changed(68, lambda article: None), publish)
    (aside,) = (tmp_path / "official" / "rejected").iterdir()
    assert str(aside) in str(caught.value) and "localhost" in str(caught.value)
    record = json.loads((aside / "record.json").read_text(encoding="utf-8"))
    assert "It has 67 articles, and the Convention has 68." in record["reasons"]
    assert open_official(tmp_path) == before


@pytest.mark.parametrize("publish", FORMATS)
def test_paragraphs_under_other_numbers_are_kept_but_not_quoted(tmp_path, running, publish):
    official = fetched(tmp_path, running, shifted(40, 3), publish)
    assert "art-40/para-5" in official.record.doubtful
    assert official.quote("art-40/para-5") is None and official.quote("art-40/para-1")


@pytest.mark.parametrize("publish", [un_web_page, un_pdf])
def test_an_inserted_article_is_one_too_many(tmp_path, running, publish):
    def inserted(treaty: Convention) -> Convention:
        first, *others = treaty.chapters
        last = first.articles[-1]
        provisions = tuple(replace(p, suffix="bis") for p in last.provisions)
        more = replace(last, suffix="bis", provisions=provisions)
        return replace(treaty, chapters=(replace(first, articles=(*first.articles, more)), *others))

    with pytest.raises(RejectedText, match="69 articles"):
        fetched(tmp_path, running, inserted(DIGEST), publish)
