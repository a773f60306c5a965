"""How long a session lasts, what somebody gets whose session ran out, and the list of sessions."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.open_sessions import device_words
from tests.accounts_doors import FAST, Clock, is_signed_in, make_person, sign_in

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = 60, 3600, 86400
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def person(settings):
    settings.PASSWORD_HASHERS = FAST
    return make_person()


@pytest.fixture
def client(person):
    device = Client()
    sign_in(device, person.username, HTTP_USER_AGENT=IPHONE)
    return device


@pytest.fixture
def own_device(person):
    device = Client()
    sign_in(device, person.username, remember="on")
    return device


def read_somebody(device: Client) -> None:
    """What `sharing` does when another person's records are read."""
    request = HttpRequest()
    request.session = device.session
    sessions.mark_as_reader(request)
    request.session.save()


def test_thirty_minutes_idle(client, clock):
    clock.wait(29 * MINUTE)
    assert is_signed_in(client)
    clock.wait(29 * MINUTE)
    assert is_signed_in(client)
    clock.wait(30 * MINUTE)
    assert not is_signed_in(client)


def test_twelve_hours_in_all(client, clock):
    for _ in range(12 * 3 - 1):
        clock.wait(20 * MINUTE)
        assert is_signed_in(client)
    clock.wait(20 * MINUTE)
    assert not is_signed_in(client)


def test_own_device_fourteen_days_idle(own_device, clock):
    for _ in range(3):
        clock.wait(13 * DAY)
        assert is_signed_in(own_device)
    clock.wait(14 * DAY)
    assert not is_signed_in(own_device)


def test_the_cookie_goes_with_the_browser_unless_it_is_ones_own(client, own_device):
    assert client.cookies["sessionid"]["max-age"] == ""
    assert own_device.cookies["sessionid"]["max-age"] == 14 * DAY


def test_readers_fifteen_minutes_idle_on_their_own_device_too(own_device, clock):
    read_somebody(own_device)
    clock.wait(14 * MINUTE)
    assert is_signed_in(own_device)
    clock.wait(15 * MINUTE)
    assert not is_signed_in(own_device)


def test_readers_eight_hours_in_all(client, clock):
    read_somebody(client)
    for _ in range(8 * 6 - 1):
        clock.wait(10 * MINUTE)
        assert is_signed_in(client)
    clock.wait(10 * MINUTE)
    assert not is_signed_in(client)


def test_a_session_that_did_not_begin_here_is_over():
    assert sessions.is_over({"_auth_user_id": "x"}, 1_000_000_000.0)


def test_what_ran_out_is_dead_on_the_server(client, clock):
    key = client.cookies["sessionid"].value
    clock.wait(31 * MINUTE)
    client.get(reverse("home"))
    clock.wait(-31 * MINUTE)
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_signed_in(thief)


def test_an_ended_session_says_so_and_comes_back(client, clock):
    clock.wait(31 * MINUTE)
    response = client.get("/account/?a=1")
    assert response["Location"].startswith(reverse("account_login") + "?next=/account/%3Fa%3D1")
    page = client.get(response["Location"])
    assert "You were away for a while" in page.content.decode()
    assert '<input type="hidden" name="next" value="/account/?a=1">' in page.content.decode()


def test_a_public_page_stays_open_after_the_end(client, clock):
    clock.wait(31 * MINUTE)
    assert client.get(reverse("help")).status_code == 200


def test_htmx_gets_a_note_and_no_page(client, clock):
    clock.wait(31 * MINUTE)
    response = client.post(reverse("accounts:time_zone_edit"), {"x": "y"}, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Reswap"] == "beforebegin"
    assert "Sign in again. Your words stay here." in response.content.decode()
    assert "<html" not in response.content.decode()
    assert 'target="_blank"' in response.content.decode()


def test_an_autosave_gets_its_own_region_back(client, clock):
    clock.wait(31 * MINUTE)
    form = {"save": "tools-1", "seen": "3", "words": "mine"}
    response = client.post(reverse("accounts:time_zone_edit"), form, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert response.status_code == 401
    assert " ".join(text.split()).startswith('<div class="save" id="save-tools-1" data-state="signed-out"')
    assert 'name="seen" value="3"' in text


def test_a_post_after_the_end_gives_every_word_back(client, clock):
    clock.wait(31 * MINUTE)
    words = "I walk by the river.\nThen I call <Ana> & sleep."
    form = {"words": words, "passphrase": "my secret passphrase", "n": "1"}
    response = client.post(reverse("accounts:time_zone_edit"), form)
    text = response.content.decode()
    assert response.status_code == 401
    assert "I walk by the river.\nThen I call &lt;Ana&gt; &amp; sleep.</textarea>" in text
    assert "my secret passphrase" not in text


def test_a_page_costs_no_more_than_it_has_to(client, django_assert_num_queries):
    """Savepoints of request and view, session, person, who acts; nothing is written."""
    with django_assert_num_queries(7) as captured:
        assert client.get(reverse("more")).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 3, asked


def test_being_seen_is_written_once_a_minute(client, clock):
    before = client.session["seen_at"]
    clock.wait(40)
    client.get(reverse("more"))
    assert client.session["seen_at"] == before
    clock.wait(40)
    client.get(reverse("more"))
    assert client.session["seen_at"] >= before + 79


def test_the_list_in_plain_words(person, client):
    other = Client()
    sign_in(other, person.username, HTTP_USER_AGENT=WINDOWS)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Edge on a Windows computer" in page
    assert "Safari on an iPhone <strong>(this device)</strong>" in page
    assert "127.0.0.1" not in page


def test_the_list_costs_the_same_for_any_number(person, client, django_assert_max_num_queries):
    for _ in range(6):
        sign_in(Client(), person.username)
    with django_assert_max_num_queries(9):
        page = client.get(reverse("usersessions_list"))
    assert len(page.context["sessions"]) == 7


def test_no_address_is_kept(person, client):
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


def test_end_one(person, client):
    other = Client()
    sign_in(other, person.username)
    theirs = next(one for one in client.get(reverse("usersessions_list")).context["sessions"] if not one.is_this)
    client.post(reverse("accounts:session_end", args=[theirs.pk]))
    assert not is_signed_in(other)
    assert is_signed_in(client)


def test_end_all_others(person, client, own_device):
    third = Client()
    sign_in(third, person.username)
    client.post(reverse("accounts:sessions_end_others"))
    assert [is_signed_in(device) for device in (client, own_device, third)] == [True, False, False]


def test_nobody_elses_session_can_be_ended(client):
    other = make_person("other-name-1")
    device = Client()
    sign_in(device, other.username)
    foreign = UserSession.objects.get(user=other)
    assert client.post(reverse("accounts:session_end", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("accounts:session_end", args=[0])).status_code == 404
    assert is_signed_in(device)


def test_what_ran_out_leaves_the_list(person, client, clock):
    sign_in(Client(), person.username)
    clock.wait(20 * MINUTE)
    assert is_signed_in(client)
    clock.wait(20 * MINUTE)
    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1
    assert UserSession.objects.filter(user=person).count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on a Linux computer"),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile",
            "Chrome on an Android device",
        ),
        ("curl/8", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
    ],
)
def test_device_words(agent, words):
    assert device_words(agent) == words


def test_pages_show_the_persons_own_time(person):
    person.time_zone = "Asia/Tokyo"
    request = HttpRequest()
    request.user = person
    answer = sessions.LocalTime(lambda request: HttpResponse(timezone.get_current_timezone_name()))(request)
    assert answer.content == b"Asia/Tokyo"
    assert timezone.get_current_timezone_name() == "UTC"


def test_ending_this_very_session_signs_out(person, client):
    mine = UserSession.objects.get(user=person, session_key=client.session.session_key)
    response = client.post(reverse("accounts:session_end", args=[mine.pk]))
    assert response.status_code == 302
    assert client.get(reverse("more")).status_code == 302


@pytest.mark.parametrize("odd", ['"\\000aaaaaaaaaaaa"', "../../etc", "x" * 5000, "é"])
def test_a_cookie_that_is_none_of_ours_is_nobodys(odd):
    device = Client()
    device.cookies[settings.SESSION_COOKIE_NAME] = "x"
    response = device.get(reverse("more"), headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={odd}"})
    assert response.status_code == 302
