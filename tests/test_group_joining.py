"""Asking to join, the name in a group, leaving, and the answer to "will you help?", through their pages."""

import pytest
from django.http import HttpResponse

from peers.models import Facilitator, Group, Membership
from tests import group_people as people
from tests.people import Cast, Person


@pytest.fixture
def dana(cast: Cast) -> Person:
    return Person("dana")


@pytest.fixture
def group(dana: Person) -> Group:
    return people.begins(dana, capacity=1)


def standing(person: Person, group: Group) -> Membership | None:
    with person.acting():
        return people.of(person, group).own_membership(person.user)


def follow(person: Person, name: str, *args: object) -> str:
    return person.get(name, *args).content.decode()


def sent_to(response: HttpResponse) -> str:
    return response["Location"]


def test_it_works(cast: Cast, group: Group) -> None:
    assert "Join this group" in follow(cast.ana, "peers:group_join", group.pk)
    response = cast.ana.post("peers:group_join", group.pk, called="Annie")
    assert response.status_code == 302
    assert "You have a place. Welcome." in follow(cast.ana, "peers:group_detail", group.pk)
    joined = standing(cast.ana, group)
    assert joined
    assert joined.has_place
    assert joined.called == "Annie"


def test_a_full_group_gives_a_number_and_then_the_place(cast: Cast, group: Group) -> None:
    for person in (cast.ana, cast.ben):
        cast_post = person.post("peers:group_join", group.pk, called=person.user.username)
        assert cast_post.status_code == 302
    assert "You stand in line now." in follow(cast.ben, "peers:group_detail", group.pk)
    assert cast.ana.post("peers:group_leave", group.pk).status_code == 302
    assert "You left the group." in follow(cast.ana, "peers:group_list")
    seated = standing(cast.ben, group)
    assert seated
    assert seated.has_place
    assert standing(cast.ana, group) is None


def test_by_request_the_question_can_be_taken_back(cast: Cast, dana: Person) -> None:
    group = people.begins(dana, joining="by request")
    assert "Ask to join" in follow(cast.ana, "peers:group_join", group.pk)
    cast.ana.post("peers:group_join", group.pk, called="Annie")
    asked = standing(cast.ana, group)
    assert asked
    assert asked.is_asking
    assert "Asked. You see the answer under My groups." in follow(cast.ana, "peers:group_detail", group.pk)
    assert "I do not want to join any more" in follow(cast.ana, "peers:group_detail", group.pk)
    cast.ana.post("peers:group_leave", group.pk)
    assert "You took your question back." in follow(cast.ana, "peers:group_list")
    assert standing(cast.ana, group) is None


@pytest.mark.parametrize("called", ["", " ", "x" * 61, "\x00"])
def test_without_a_name_nobody_joins(cast: Cast, group: Group, called: str) -> None:
    response = cast.ana.post("peers:group_join", group.pk, called=called)
    assert response.status_code == 422
    assert "One thing needs another look" in response.content.decode()
    assert standing(cast.ana, group) is None


def test_pressing_twice_is_no_mistake(cast: Cast, group: Group) -> None:
    for _each in range(2):
        assert cast.ana.post("peers:group_join", group.pk, called="Annie").status_code == 302
    assert cast.ana.get("peers:group_join", group.pk).status_code == 302
    with cast.ana.acting():
        assert Membership.objects.filter(group=group, person=cast.ana.pk).count() == 1
    for _each in range(2):
        assert cast.ana.post("peers:group_leave", group.pk).status_code == 302


def test_who_may_not_join(cast: Cast, dana: Person, group: Group) -> None:
    assert dana.post("peers:group_join", group.pk, called="Dana").status_code == 403
    hidden = people.begins(dana, is_listed=False)
    assert cast.ana.post("peers:group_join", hidden.pk, called="Annie").status_code == 404
    people.is_asked_to_help(cast.ben, hidden, dana)
    assert "Join this group" not in follow(cast.ben, "peers:group_detail", hidden.pk)
    assert cast.ben.post("peers:group_join", hidden.pk, called="Ben").status_code == 302
    assert standing(cast.ben, hidden) is None


def test_whoever_is_asked_to_help_can_join_instead(cast: Cast, dana: Person, group: Group) -> None:
    people.is_asked_to_help(cast.ben, group, dana)
    assert "Join this group" in follow(cast.ben, "peers:group_detail", group.pk)
    assert cast.ben.post("peers:group_join", group.pk, called="Ben").status_code == 302
    joined = standing(cast.ben, group)
    assert joined
    assert joined.has_place
    assert "Join this group" not in follow(cast.ben, "peers:group_detail", group.pk)


def test_leaving_the_line_is_told_as_that(cast: Cast, group: Group) -> None:
    people.asks(cast.ana, group)
    people.asks(cast.ben, group)
    cast.ben.post("peers:group_leave", group.pk)
    assert "You left the line. You can stand in line again later." in follow(cast.ben, "peers:group_list")


@pytest.mark.parametrize("joining", ["open", "by request"])
def test_asked_to_help_while_in_line_or_asking(cast: Cast, dana: Person, joining: str) -> None:
    """What ends is told by how they stood, not by the question to help."""
    group = people.begins(dana, capacity=1, joining=joining)
    people.asks(cast.ben, group)
    people.asks(cast.ana, group)
    people.is_asked_to_help(cast.ana, group, dana)
    means = follow(cast.ana, "peers:helping_accept", group.pk)
    assert ("You give up your number in line." in means) == (joining == "open")
    assert ("You do not ask to join any more." in means) == (joining == "by request")
    cast.ana.post("peers:group_leave", group.pk)
    told = "You left the line." if joining == "open" else "You took your question back."
    assert told in follow(cast.ana, "peers:group_list")


def test_another_name(cast: Cast, group: Group) -> None:
    people.asks(cast.ana, group, "Annie")
    assert 'value="Annie"' in follow(cast.ana, "peers:group_name", group.pk)
    assert cast.ana.post("peers:group_name", group.pk, called="").status_code == 422
    assert cast.ana.post("peers:group_name", group.pk, called="A.").status_code == 302
    renamed = standing(cast.ana, group)
    assert renamed
    assert renamed.called == "A."
    assert cast.ben.post("peers:group_name", group.pk, called="B.").status_code == 302
    assert standing(cast.ben, group) is None


def test_leaving_needs_no_page_between(cast: Cast, group: Group) -> None:
    """The first tap opens the words, the second is the act itself."""
    people.asks(cast.ana, group)
    page = follow(cast.ana, "peers:group_detail", group.pk)
    opened = page.split("Leave this group")[1].split("</details>")[0]
    assert "Your place goes to the next person in line." in opened
    assert opened.count("<button") == 1
    assert cast.ben.post("peers:group_leave", group.pk).status_code == 302
    assert standing(cast.ana, group)
    assert cast.ana.get("peers:group_leave", group.pk).status_code == 405


def test_yes_to_helping(cast: Cast, dana: Person, group: Group) -> None:
    people.is_asked_to_help(cast.ana, group, dana)
    assert "They ask you to help run it." in follow(cast.ana, "peers:group_list")
    assert "You never see a plan or a directive." in follow(cast.ana, "peers:helping_accept", group.pk)
    assert cast.ana.post("peers:helping_accept", group.pk, called="").status_code == 422
    assert people.of(cast.ana, group).relation == "asked to help"
    assert cast.ana.post("peers:helping_accept", group.pk, called="Annie").status_code == 302
    assert "You run this group with others now." in follow(cast.ana, "peers:group_run", group.pk)
    assert "Annie" in follow(cast.ben, "peers:group_detail", group.pk)


def test_no_to_helping(cast: Cast, dana: Person, group: Group) -> None:
    people.is_asked_to_help(cast.ana, group, dana)
    assert cast.ben.post("peers:helping_decline", group.pk).status_code == 302
    assert people.of(cast.ana, group).relation == "asked to help"
    assert cast.ana.post("peers:helping_decline", group.pk).status_code == 302
    assert "Answered. You do not help to run it." in follow(cast.ana, "peers:group_list")
    assert cast.ana.get("peers:group_run", group.pk).status_code == 403
    with dana.acting():
        assert Facilitator.objects.open().filter(group=group).count() == 1


def test_yes_of_somebody_whom_nobody_asked(cast: Cast, dana: Person, group: Group) -> None:
    """Never asked, taken back meanwhile, or said already."""
    people.asks(cast.ben, group)
    for person in (cast.ana, cast.ben):
        assert sent_to(person.post("peers:helping_accept", group.pk, called="Annie")) == "/groups/"
        assert sent_to(person.get("peers:helping_accept", group.pk)) == "/groups/"
    assert sent_to(dana.post("peers:helping_accept", group.pk, called="Dana")) == "/groups/"
    with dana.acting():
        assert Facilitator.objects.open().filter(group=group).count() == 1
    seated = standing(cast.ben, group)
    assert seated
    assert seated.has_place


def test_a_member_who_is_asked_to_help_keeps_the_place_until_yes(cast: Cast, dana: Person, group: Group) -> None:
    people.asks(cast.ana, group)
    people.asks(cast.ben, group)
    people.is_asked_to_help(cast.ana, group, dana)
    page = follow(cast.ana, "peers:group_detail", group.pk)
    assert "They ask you to help run it" in page
    assert "You give up your place. It goes to the next person in line." in page
    assert "Leave this group" in page
    assert "You give up your place." in follow(cast.ana, "peers:helping_accept", group.pk)
    cast.ana.post("peers:helping_accept", group.pk, called="Annie")
    seated = standing(cast.ben, group)
    assert seated
    assert seated.has_place
