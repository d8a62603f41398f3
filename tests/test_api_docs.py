"""The description of the API, and the page that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistant.web import build_app
from tests.browser import chromium, served

METHODS = ("get", "post")


@pytest.fixture(scope="module")
def described(web) -> dict[str, Any]:
    return web.get("/openapi.json").json()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for entry in value.values():
            yield from references(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from references(entry)


def test_every_route_of_the_api_is_described_and_no_page_is(described):
    paths = set(described["paths"])
    assert {
        "/api/ask",
        "/api/search",
        "/api/provisions",
        "/api/provisions/{provision_id}",
        "/api/obligations",
        "/api/obligations.schema.json",
        "/api/obligations/{row_id}",
    } <= paths
    assert all(path.startswith(("/api/", "/v1/")) for path in paths)


def test_every_operation_has_a_summary_and_tells_its_errors(described):
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(names) == len(set(names))
    for name, operation in operations(described):
        assert operation["summary"] and operation["tags"], name
        assert operation["responses"].keys() & {"200", "204"}, name
        assert "500" in operation["responses"], name


def test_every_reference_leads_to_a_schema(described):
    names = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) <= names


def test_every_schema_is_one_and_its_examples_fit_it(described):
    checked = 0
    for part in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(part)
        whole = {"components": described["components"], **part}
        for example in part.get("examples", []):
            Draft202012Validator(whole).validate(example)
            checked += 1
    assert checked > 3


def test_answers_fit_their_description(described, web):
    def schema_of(path: str, method: str) -> Draft202012Validator:
        response = described["paths"][path][method]["responses"]["200"]
        part = response["content"]["application/json"]["schema"]
        return Draft202012Validator({"components": described["components"], **part})

    asked = web.post("/api/ask", json={"question": "Is hacking a crime?"}).json()
    schema_of("/api/ask", "post").validate(asked)
    schema_of("/api/search", "get").validate(web.get("/api/search?q=fraud").json())
    schema_of("/api/provisions", "get").validate(web.get("/api/provisions").json())
    provision = web.get("/api/provisions/art-25/para-2").json()
    schema_of("/api/provisions/{provision_id}", "get").validate(provision)
    schema_of("/api/obligations", "get").validate(web.get("/api/obligations").json())
    row = web.get("/api/obligations/art-25/para-2%232").json()
    schema_of("/api/obligations/{row_id}", "get").validate(row)


def test_the_errors_have_the_described_shape(described, web):
    part = described["components"]["schemas"]["ErrorBody"]
    validator = Draft202012Validator({"components": described["components"], **part})
    for response in (web.get("/api/nothing"), web.get("/api/provisions/x"), web.get("/api/ask")):
        validator.validate(response.json())


def test_the_page_shows_every_route_and_asks_no_other_host(assistant):
    with served(build_app(assistant)) as address, chromium() as browser:
        page = browser.new_page()
        requested, complaints = [], []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda told: complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/docs")
        page.get_by_text("/api/obligations.schema.json").first.wait_for()
        page.get_by_text("Ask a question").first.click()
        page.get_by_role("button", name="Execute").wait_for()
        page.get_by_role("button", name="Execute").click()
        page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
        shown = page.locator(".live-responses-table .highlight-code").first.inner_text()
    assert "art-25/para-2" in shown
    assert all(url.startswith((address, "data:")) for url in requested)
    assert not complaints


def test_only_the_files_of_the_viewer_are_served(web):
    assert web.get("/docs/swagger-ui.css").headers["content-type"].startswith("text/css")
    for wrong in ("core.py", "../core.py", "%2e%2e%2fcore.py", "redoc.standalone.js"):
        assert web.get(f"/docs/{wrong}").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "QUERY", "BREW"])
def test_a_method_that_is_not_described_is_told_which_ones_are(web, method):
    response = web.request(method, "/api/obligations")
    assert response.status_code == 405 and response.headers["allow"] == "GET, HEAD"
    assert method in response.json()["error"]["message"]
