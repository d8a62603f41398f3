"""What the server sends around Gradio's page."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from assistant.web import app as web_app
from assistant.web import build_app
from assistant.web.frame import frame_of
from assistant.web.interface import Interface, interfaces

ENGLISH = interfaces()["en"]
ARABIC = Interface("ar", {**ENGLISH.texts, "site.direction": "rtl", "site.name": "العربية"})
BARE = '<html\n\tlang="en"><head></head><body><gradio-app a="b"></gradio-app></body></html>'


@pytest.fixture(scope="module")
def pages(assistant) -> TestClient:
    """The application with a page in a second language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_app, "interfaces", lambda root="": {"en": ENGLISH, "ar": ARABIC})
        return TestClient(build_app(assistant))


def test_what_is_read_first_is_there_before_any_script_runs(pages):
    page = pages.get("/").text
    assert f'<h1 id="title">{ENGLISH.text("site.title")}</h1>' in page
    assert ENGLISH.text("chat.limits") in page and "Information, not legal advice." in page


def test_the_page_has_the_language_and_direction_of_its_address(pages):
    assert '<html lang="en" data-language="en" dir="ltr" data-root=""' in pages.get("/").text
    for path in ("/ar", "/ar/", "/ar?q=x"):
        assert (
            '<html lang="ar" data-language="ar" dir="rtl" data-root="/ar"' in pages.get(path).text
        )


def test_styles_and_scripts_stand_in_the_head_that_is_sent(pages):
    head = pages.get("/").text.partition("</head>")[0]
    for name in ("theme.css", "page.css", "chat.js", "beside.js", "terms.js"):
        assert f"/static-convention/{name}" in head


def test_a_phone_is_told_to_leave_room_for_its_keyboard_and_edges(pages):
    page = pages.get("/").text
    assert page.count('name="viewport"') == 1
    assert "interactive-widget=resizes-content" in page and "viewport-fit=cover" in page


def test_the_length_of_the_page_is_that_of_what_is_sent(pages):
    response = pages.get("/", headers={"Accept-Encoding": "identity"})
    assert int(response.headers["content-length"]) == len(response.content)


def test_other_pages_and_the_rest_of_gradio_pass_as_they_are(pages):
    assert "gradio-app" not in pages.get("/convention").text
    assert pages.get("/config").headers["content-type"] == "application/json"


def test_every_name_that_a_script_says_is_there(pages):
    page = pages.get("/").text
    there = set(re.findall(r'data-name="(\w+)"', page))
    for script in re.findall(r'/static-convention/(\w+\.js)" type="module"', page):
        said = re.findall(r'said\("(\w+)"', pages.get(f"/static-convention/{script}").text)
        assert set(said) <= there, script


def test_the_parts_stand_around_what_gradio_sends(knowledge):
    page = frame_of(ARABIC, knowledge).around(BARE)
    assert (
        page.index("<link") < page.index("</head>") < page.index("<h1") < page.index("<gradio-app")
    )
    assert page.index("</gradio-app>") < page.index('id="beside"') < page.index('id="earlier"')
