"""The public descriptions: right, cacheable, for every site; and the API's own description is true."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import CONTACT

ADDRESSES = [
    "/api/v1/openapi.json",
    "/api/v1/topics",
    "/api/v1/services",
    "/api/v1/services/noise-line",
    "/api/v1/languages",
    "/api/v1/sites/partner",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_description_is_for_every_site_and_sent_once(client: FlaskClient, address: str) -> None:
    """An ETag, and 304 for who has it already."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "address", ["/api/v1/services/nothing", "/api/v1/sites/nothing", "/api/v1/services/../x"]
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str) -> None:
    """404 as problem details."""
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_topics_come_with_their_groups(client: FlaskClient) -> None:
    """By id, as partners name them."""
    body = client.get("/api/v1/topics").json
    assert body["groups"] == [{"id": "asb", "title": "Nuisance"}]
    assert [(topic["id"], topic["services"]) for topic in body["topics"]] == [("noise", ["noise-line"])]


def test_a_service_comes_with_its_contacts_and_their_sources(client: FlaskClient) -> None:
    """Dates as exact as they are known; retired values are not given out."""
    response = client.get("/api/v1/services/noise-line")
    assert response.json["checked"] == "2026-11-01"
    contact = response.json["contacts"][0]
    assert {key: contact[key] for key in CONTACT} == CONTACT
    assert contact["href"] == "tel:+442079460000"
    assert "0999" not in response.text


def test_languages_come_with_their_own_names(client: FlaskClient) -> None:
    """As letters, not as escapes."""
    assert "简体中文" in client.get("/api/v1/languages").text


KINDS: dict[str, Any] = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None),
    "object": dict, "array": (list, tuple),
}  # fmt: skip


def schemas(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    return found


def mismatches(value: Any, schema: dict[str, Any], known: dict[str, Any], at: str = "$") -> list[str]:
    """Where `value` is not as `schema` says: the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        return mismatches(value, known[schema["$ref"].rpartition("/")[2]], known, at)
    if "anyOf" in schema:
        choices = [mismatches(value, choice, known, at) for choice in schema["anyOf"]]
        return [] if [] in choices else choices[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r}"]
    if not isinstance(value, KINDS[schema["type"]]):
        return [f"{at}: {value!r}"]
    if schema["type"] == "object":
        unknown = [f"{at}: {key} is not described" for key in set(value) - set(schema["properties"])]
        missing = [f"{at}: {key} is missing" for key in set(schema.get("required", [])) - set(value)]
        inside = [
            fault
            for key, part in schema["properties"].items()
            if key in value
            for fault in mismatches(value[key], part, known, f"{at}.{key}")
        ]
        return [*unknown, *missing, *inside]
    if schema["type"] == "array":
        return [f for item in value for f in mismatches(item, schema["items"], known, f"{at}[]")]
    return []


def test_a_reply_is_as_the_document_says(client: FlaskClient) -> None:
    """Every field is described, every required one is there, every type is right."""
    known = schemas(client)
    body = client.post("/api/v1/chat", json={"message": "noise"}).json
    assert mismatches(body, known["ChatReply"], known) == []


def test_a_reply_that_is_not_as_the_document_says_is_noticed(client: FlaskClient) -> None:
    """The test above can fail."""
    known = schemas(client)
    body = client.post("/api/v1/chat", json={"message": "noise"}).json
    body["services"][0]["contacts"][0]["value"] = 5
    body["outcome"] = "shrug"
    del body["text"]
    assert len(mismatches(body, known["ChatReply"], known)) == 3


def test_a_problem_is_as_the_document_says(client: FlaskClient) -> None:
    """RFC 9457 as described."""
    known = schemas(client)
    assert mismatches(client.post("/api/v1/chat", json={}).json, known["ProblemDetails"], known) == []


def test_the_document_describes_every_address_of_the_api(client: FlaskClient) -> None:
    """No address is left out, and none is invented."""
    document = client.get("/api/v1/openapi.json").json
    rules = {
        str(rule).replace("<service_id>", "{id}").replace("<site_id>", "{id}")
        for rule in client.application.url_map.iter_rules()
        if str(rule).startswith("/api/")
    }
    assert set(document["paths"]) == rules
    assert document["openapi"].startswith("3.1")


def test_every_reference_of_the_document_leads_somewhere(client: FlaskClient) -> None:
    """No broken $ref."""
    document = client.get("/api/v1/openapi.json").json
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            found = {part["$ref"]} if "$ref" in part else set()
            return found.union(*(references(value) for value in part.values()))
        return set().union(*(references(item) for item in part)) if isinstance(part, list) else set()

    assert references(document) <= known
