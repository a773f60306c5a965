"""Skipping a topic and taking it up again: no reason asked, nothing lost, and both can be pressed twice."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from directives.models import Directive
from tests.world import Cast, Person


def skipped(person: Person) -> list[str]:
    with person.acting():
        return Directive.objects.get(holder=person.pk).skipped


def page(person: Person, name: str, *args: str) -> str:
    return person.get(name, *args).content.decode()


def test_it_works(cast: Cast) -> None:
    response = cast.ana.post("directives:topic_skip", "ect")
    assert (response.status_code, response["Location"]) == (302, "/directive/")
    shown = page(cast.ana, "directives:directive_overview")
    assert "Skipped. You can come back to it at any time." in shown
    assert 'action="/directive/ect/take-up/"' in shown, "the notice has a button to undo it"
    assert skipped(cast.ana) == ["ect"]
    topic = page(cast.ana, "directives:section_detail", "ect")
    assert "You skipped this. You can write here at any time." in topic
    assert "Skip this" not in topic


def test_it_can_be_taken_up_again(cast: Cast) -> None:
    cast.ana.post("directives:topic_skip", "ect")
    response = cast.ana.post("directives:topic_take_up", "ect")
    assert (response.status_code, response["Location"]) == (302, "/directive/ect/")
    assert skipped(cast.ana) == []
    topic = page(cast.ana, "directives:section_detail", "ect")
    assert "You skipped this." not in topic
    assert "Skip this" in topic


def test_a_hard_topic_is_taken_up_by_the_word_before_it(cast: Cast) -> None:
    cast.ana.post("directives:topic_skip", "trauma")
    assert cast.ana.post("directives:topic_take_up", "trauma")["Location"] == "/directive/trauma/before/"


@pytest.mark.parametrize(("act", "left"), [("topic_skip", ["works", "ect"]), ("topic_take_up", ["works"])])
def test_twice_is_once(cast: Cast, act: str, left: list[str]) -> None:
    cast.ana.post("directives:topic_skip", "works")
    for _time in range(2):
        assert cast.ana.post(f"directives:{act}", "ect").status_code == 302
    assert skipped(cast.ana) == left


def test_a_topic_that_was_not_skipped_can_be_taken_up(cast: Cast) -> None:
    assert cast.ana.post("directives:topic_take_up", "ect").status_code == 302
    assert skipped(cast.ana) == []


def test_what_was_written_stays(cast: Cast) -> None:
    cast.ana.answers("works", text="A walk")
    assert "Skip this" not in page(cast.ana, "directives:section_detail", "works"), "no page offers it then"
    cast.ana.post("directives:topic_skip", "works")
    assert "You wrote something there. It stays." in page(cast.ana, "directives:directive_overview")
    assert skipped(cast.ana) == [], "nothing is put aside that is written"
    topic = page(cast.ana, "directives:section_detail", "works")
    assert "A walk" in topic
    assert "You skipped this." not in topic
    assert "A walk" in page(cast.ana, "directives:directive_read")


def test_whoever_skipped_can_write_at_once(cast: Cast) -> None:
    cast.ana.post("directives:topic_skip", "works")
    cast.ana.answers("works", text="A walk")
    assert "A walk" in page(cast.ana, "directives:directive_read")


@pytest.mark.parametrize("act", ["topic_skip", "topic_take_up"])
def test_looking_skips_nothing(cast: Cast, act: str) -> None:
    assert cast.ana.get(f"directives:{act}", "ect").status_code == 405
    assert skipped(cast.ana) == []


def test_an_unknown_topic_is_no_page(cast: Cast) -> None:
    assert cast.ana.client.post("/directive/secrets/skip/").status_code == 404


def test_each_skips_for_themselves(cast: Cast) -> None:
    cast.ana.shares(cast.ben, "directive.draft")
    cast.ben.post("directives:topic_skip", "ect")
    assert skipped(cast.ana) == []
    assert skipped(cast.ben) == ["ect"]


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_skip_at_once_both_count() -> None:
    ana = Cast().ana
    slugs = ["ect", "works", "other", "places", "agent", "signs"]

    def skip(slug: str) -> None:
        try:
            assert ana.client.post(reverse("directives:topic_skip", args=[slug])).status_code == 302
        finally:
            connection.close()

    windows = [threading.Thread(target=skip, args=[slug]) for slug in slugs]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(skipped(ana)) == sorted(slugs)
