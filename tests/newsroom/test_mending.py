"""The door at which the desk asks what may be mended: it answers staff, and breaks on nothing."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom import mending
from tests.situations import a_user, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(staff("writer"))
    return client


def ask(client: Client, question: Any, **headers: Any) -> Any:
    body = question if isinstance(question, (str, bytes)) else json.dumps(question)
    return client.post(reverse("editor-repairs"), body, content_type="application/json", **headers)


def test_each_place_is_named_and_made_visible(desk: Client):
    """A no-break space looks like any other: the panel says what it is."""
    answer = ask(desk, {"fields": {"lead": ["Đảng\u00a0bộ <b>tỉnh</b>"], "title": ["Kết quả"]}}).json()["fields"]
    assert answer["lead"]["repairs"] == [
        {"piece": 0, "kind": "odd_space", "start": 4, "end": 5, "was": "\u00a0", "would_be": " "}
    ]
    assert "Đảng<del>cách không ngắt</del>bộ &lt;b&gt;" in answer["lead"]["panel"]
    assert "Đảng<ins>␣</ins>bộ" in answer["lead"]["panel"]
    assert answer["title"] == {"repairs": [], "panel": ""}


def test_a_long_list_is_cut_and_says_so(desk: Client):
    text = "a  " * (mending.SHOWN + 5)
    answer = ask(desk, {"fields": {"lead": [text + "b"]}}).json()["fields"]["lead"]
    assert len(answer["repairs"]) == mending.SHOWN + 5
    assert answer["panel"].count("data-accept-one") == mending.SHOWN
    assert "Còn 5 chỗ nữa" in answer["panel"]


@pytest.mark.parametrize(
    "question",
    [
        "", "{", "[]", "null", "{}", '{"fields": 5}', '{"fields": {"lead": 5}}', '{"fields": {"lead": [5]}}',
        '{"fields": {"lead": null}}', b"\xff\xfe\x00", "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_a_sentence(desk: Client, question: Any):
    answer = ask(desk, question)
    assert (answer.status_code, answer.json()["error"]) == (400, "Văn bản gửi lên chưa trọn vẹn. Hãy thử lại.")


def test_half_a_character_breaks_nothing(desk: Client):
    """A browser may send one, where an emoji was cut in two."""
    answer = ask(desk, '{"fields": {"lead\\udc00": ["a\\ud83d  b"]}}')
    assert answer.status_code == 200
    assert [field["repairs"][0]["start"] for field in answer.json()["fields"].values()] == [2]


def test_a_question_without_end_is_refused(desk: Client):
    assert ask(desk, {"fields": {"lead": ["a" * mending.LARGEST]}}).status_code == 413


def test_only_the_desk_may_ask():
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff("writer"))
    assert ask(client, {"fields": {}}).status_code == 403  # without the token
    for stranger in (None, a_user()):
        client = Client()
        if stranger:
            client.force_login(stranger)
        answer = ask(client, {"fields": {}})
        assert answer.status_code == 403
        assert answer.json()["error"]
