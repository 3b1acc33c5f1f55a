"""POST /api/v1/chat: the contract, and every error of it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from bot.assistant import Turn
from bot.dialogue.reply import Choice
from tests.web.conftest import Echo

PATH = "/api/v1/chat"
Say = Callable[..., Any]


def assert_problem(response: Any, status: int) -> None:
    """`response` is a problem of `status` with all the parts of RFC 9457 that we promise."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == status
    assert {"type", "title", "status", "detail"} <= set(response.json)
    assert all(response.json[part] for part in ("type", "title", "detail"))


def test_a_message_is_answered_with_every_field_of_the_contract(say: Say) -> None:
    """The reply has the fields that widgets rely on."""
    response = say(message="  noise  ")
    assert response.status_code == 200
    assert set(response.json) >= {
        "language", "direction", "outcome", "topic", "aspect", "smalltalk", "term", "confidence", "urgent",
        "text", "steps", "services", "suggestions", "translated", "state",
    }  # fmt: skip
    assert response.json["text"].startswith("You said 'noise'")
    assert response.json["suggestions"] == [
        {"label": "Phone?", "choose": {"topic": "noise", "aspect": "phone"}}
    ]


def test_a_reply_is_never_kept_by_a_cache(say: Say) -> None:
    """What a resident was told stays in the page alone."""
    assert say(message="noise").headers["Cache-Control"] == "no-store"


def test_no_cookie_is_ever_set(say: Say) -> None:
    """A conversation leaves nothing in the browser."""
    assert "Set-Cookie" not in say(message="noise").headers


def test_the_state_of_one_reply_continues_the_conversation(say: Say) -> None:
    """The token carries the turns."""
    first = say(message="noise")
    assert "in turn 1" in say(message="again", state=first.json["state"]).json["text"]


@pytest.mark.parametrize(
    "state", ["", "x", "a.b.c", "e30.aaaa.bbbb", "💥", "A" * 5000, "eyJ0dXJucyI6OX0.Z.Z", "\u0000"]
)
def test_a_state_that_is_not_ours_starts_afresh(say: Say, state: str) -> None:
    """A forged, broken or endless state is no error."""
    response = say(message="noise", state=state)
    assert response.status_code == 200
    assert "in turn 0" in response.json["text"]


def test_a_suggestion_goes_back_as_it_came(say: Say, echo: Echo) -> None:
    """What a reply offers can be chosen."""
    choose = say(message="noise").json["suggestions"][0]["choose"]
    assert say(choose=choose).status_code == 200
    assert echo.turns[-1] == Turn(choose=Choice(topic="noise", aspect="phone"))


@pytest.mark.parametrize(
    "choose", [{"topic": "noise"}, {"menu": ""}, {"menu": "asb"}, {"topic": "noise", "x": 1}]
)
def test_topics_and_menus_can_be_chosen(say: Say, choose: dict[str, Any]) -> None:
    """Every form of choice is taken."""
    assert say(choose=choose).status_code == 200


@pytest.mark.parametrize(
    "choose",
    [{"topic": "nothing"}, {"topic": "noise", "aspect": "nothing"}, {"topic": "noise", "who": "nothing"},
     {"menu": "nothing"}, {"topic": ""}],
)  # fmt: skip
def test_an_unknown_choice_is_refused(say: Say, choose: dict[str, Any]) -> None:
    """A topic, aspect, audience or menu that does not exist is 422."""
    assert_problem(say(choose=choose), 422)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": None},
        {"message": "noise", "choose": {"topic": "noise"}},
        {"message": 5},
        {"message": ["noise"]},
        {"message": True},
        {"choose": "noise"},
        {"choose": {}},
        {"choose": {"topic": 5}},
        {"choose": {"aspect": "phone"}},
        {"choose": {"topic": "noise", "menu": ""}},
        {"message": "noise", "language": 5},
        {"message": "noise", "state": 5},
        {"message": "noise", "site": {}},
        [],
        "noise",
        5,
        None,
    ],
)
def test_a_body_of_the_wrong_shape_is_400(client: FlaskClient, body: Any) -> None:
    """Wrong types, and both or neither of message and choose."""
    assert_problem(client.post(PATH, data=json.dumps(body), content_type="application/json"), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"noise",
        b"{",
        b'{"message": "noise"',
        b'{"message": "noise"} x',
        b"\xff\xfe",
        b'{"message": "\xff"}',
        b'{"message": NaN}',
        b'{"message": "noise", "x": Infinity}',
        b'{"message": "noise", "x": -1e999}',
        b'{"message": "a", "message": "b"}',
        b'{"message": "tab\there"}',
        b'{"message": ' + b"9" * 5000 + b"}",
        b"[" * 4000 + b"]" * 4000,
        b'{"choose":' * 700 + b"1" + b"}" * 700,
    ],
)
def test_what_is_no_json_is_400(client: FlaskClient, body: bytes) -> None:
    """Broken, ambiguous and bottomless bodies get an error, not a traceback."""
    assert_problem(client.post(PATH, data=body, content_type="application/json"), 400)


def test_fifty_thousand_brackets_are_too_large(client: FlaskClient) -> None:
    """The size is looked at before the nesting."""
    assert_problem(client.post(PATH, data=b"[" * 50_000, content_type="application/json"), 413)


def test_json_of_more_than_8_kib_is_413(client: FlaskClient) -> None:
    """The limit of the contract."""
    body = json.dumps({"message": "noise", "x": "x" * 8192})
    assert_problem(client.post(PATH, data=body, content_type="application/json"), 413)


def test_a_body_that_does_not_say_its_length_has_the_same_limit(client: FlaskClient) -> None:
    """It is not cut at the limit and then taken for whole."""
    body = io.BytesIO(b'{"message": "noise"}' + b" " * 8192)
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.post(
        PATH, input_stream=body, content_type="application/json", environ_overrides=chunked
    )
    assert_problem(response, 413)


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "multipart/form-data; boundary=x", "application/xml"]
)
def test_other_content_types_are_415(client: FlaskClient, content_type: str | None) -> None:
    """Only JSON and simple forms are read."""
    assert_problem(client.post(PATH, data=b'{"message": "noise"}', content_type=content_type), 415)


@pytest.mark.parametrize(
    "body",
    [
        {"message": ""},
        {"message": "   \n\t "},
        {"message": "x" * 1001},
        {"message": "ব" * 1001},
        {"message": "noise", "language": "tlh"},
        {"message": "noise", "language": "zh"},
        {"message": "noise", "language": ""},
        {"message": "noise", "language": "../../etc"},
        {"message": "noise", "site": "nobody"},
    ],
)
def test_what_is_well_formed_but_not_possible_is_422(say: Say, body: dict[str, Any]) -> None:
    """Lengths, and languages and sites that are not there."""
    assert_problem(say(**body), 422)


@pytest.mark.parametrize("message", ["x" * 1000, "ব" * 1000, "  " + "x" * 1000 + "  "])
def test_a_thousand_characters_are_taken_in_any_script(say: Say, message: str) -> None:
    """Characters are counted, not bytes, and after trimming."""
    assert say(message=message).status_code == 200


@pytest.mark.parametrize("message", ["\x00\x01\x02", "😭😭😭", "?!", "\u200b\u200d", "\u202e", "\ud83d"])
def test_a_message_without_words_reaches_the_assistant(client: FlaskClient, message: str) -> None:
    """Emoji, control characters and half characters get an answer, not an error."""
    response = client.post(PATH, data=json.dumps({"message": message}), content_type="application/json")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("EN", "en"), ("en-GB", "en"), ("zh-hans", "zh-Hans"), ("zh-Hans-CN", "zh-Hans")],
)
def test_a_language_tag_is_taken_as_bcp_47_means_it(say: Say, tag: str, language: str) -> None:
    """Case does not matter, and a region more is no other language."""
    assert say(message="noise", language=tag).json["language"] == language


def test_keys_that_we_do_not_know_are_passed_over(say: Say) -> None:
    """An older server understands a newer widget."""
    assert say(message="noise", colour="blue").status_code == 200


def post_form(client: FlaskClient, **fields: str) -> Any:
    """What the widget sends to save a preflight request."""
    return client.post(PATH, data=urlencode(fields), content_type="application/x-www-form-urlencoded")


def test_a_form_says_the_same_as_json(client: FlaskClient, echo: Echo) -> None:
    """A message, with empty fields as a form sends them."""
    assert (
        post_form(client, message="আওয়াজ + noise", choose="", language="", state="", site="").status_code
        == 200
    )
    assert echo.turns == [Turn(message="আওয়াজ + noise")]


def test_a_form_carries_a_choice_as_json(client: FlaskClient, echo: Echo) -> None:
    """The choice wins over an empty text box."""
    assert post_form(client, message="", choose='{"topic":"noise"}', language="zh-Hans").status_code == 200
    assert echo.turns == [Turn(choose=Choice(topic="noise"), language="zh-Hans")]


def test_a_form_has_room_for_a_thousand_characters_of_any_script(client: FlaskClient) -> None:
    """A form writes a Bengali letter as nine bytes and an emoji as twelve."""
    assert post_form(client, message="ব" * 1000).status_code == 200
    assert post_form(client, message="😭" * 1000).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"message=%ff", 400),
        (b"message=a&message=b", 400),
        (b"message=\xff", 400),
        (b"choose=noise", 400),
        (b"choose=%5B%5D", 400),
        (b"&".join(b"x%d=1" % number for number in range(50)), 400),
        (b"", 400),
        (b"message=", 422),
        (b"message=x&site=nobody", 422),
        (b"message=" + b"x" * 17_000, 413),
    ],
)
def test_a_bad_form_gets_the_same_errors(client: FlaskClient, body: bytes, status: int) -> None:
    """Invalid UTF-8, repeated fields, too many, too large."""
    assert_problem(client.post(PATH, data=body, content_type="application/x-www-form-urlencoded"), status)


def test_an_address_that_is_not_there_is_a_problem(client: FlaskClient) -> None:
    """404 under /api is for programs."""
    assert_problem(client.get("/api/v1/nothing"), 404)


def test_a_method_that_is_not_taken_is_a_problem_that_names_the_right_one(client: FlaskClient) -> None:
    """405 keeps its Allow header."""
    response = client.get(PATH)
    assert_problem(response, 405)
    assert "POST" in response.headers["Allow"]


def test_a_fault_inside_is_a_problem_that_names_999(say: Say, echo: Echo) -> None:
    """A resident never sees a traceback."""
    echo.failure = RuntimeError("inside")
    response = say(message="noise")
    assert_problem(response, 500)
    assert "999" in response.json["detail"]
    assert "inside" not in response.text


def test_a_fault_is_logged_without_what_was_typed(
    say: Say, echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says where it happened, and no word of the resident's."""
    echo.failure = ValueError("my secret worry")
    with caplog.at_level(logging.DEBUG):
        say(message="my secret worry")
    assert "ValueError" in caplog.text
    assert "respond" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("body", [{"message": "secret" * 200}, {"message": "x", "language": "secret"}])
def test_a_problem_does_not_repeat_what_was_sent(say: Say, body: dict[str, Any]) -> None:
    """Errors quote nothing."""
    assert "secret" not in say(**body).text
