"""Need help now: there for everybody, and its numbers can be dialled."""

from pathlib import Path

import pytest
from django.core.checks import ERROR, registry
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from recovery_portal import checks
from recovery_portal.help_lines import HelpLinesWrong, help_lines, read
from tests.readability import measure

LINE = """
[[line]]
country = "US"
name = "A line"
call = "988"
hours = "always"
standing = "recall"
"""


@pytest.fixture
def html(client: Client, db: None) -> str:
    return client.get(reverse("help")).content.decode()


def test_it_works(html: str) -> None:
    assert 'href="tel:988"' in html
    assert 'href="tel:911"' in html
    assert 'href="sms:741741?&amp;body=HOME"' in html
    assert 'href="tel:988,1"' in html


def test_the_most_urgent_comes_first(html: str) -> None:
    assert html.index('href="tel:911"') < html.index('href="tel:988"')


def test_it_says_how_well_the_numbers_are_known(html: str) -> None:
    assert any(line.is_from_memory for line in help_lines())
    assert "How well were these numbers checked?" in html


def test_a_stranger_is_offered_no_plan(html: str) -> None:
    assert "Open my plan" not in html


def test_it_changes_nothing(client: Client, db: None) -> None:
    assert client.post(reverse("help")).status_code == 405


def test_it_is_easy_to_read(html: str) -> None:
    assert measure(html).faults == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no lines"),
        ("[[line", "cannot be read"),
        (LINE.replace('call = "988"', ""), "no number to call or text"),
        (LINE.replace("988", "nine"), "cannot be dialled"),
        (LINE.replace("recall", "sure"), "standing 'sure' is not one of"),
        (LINE.replace('country = "US"', ""), "has no country"),
        (LINE + 'colour = "red"', "does not know 'colour'"),
        (LINE.replace('"988"', "988"), "call is not text"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(text)
    with pytest.raises(HelpLinesWrong, match=why):
        read(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(HelpLinesWrong, match="cannot be read"):
        read(tmp_path / "none.toml")


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500", "503"])
def test_help_and_the_way_out_stand_on_each_error_page_without_a_request(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert f'href="{reverse("help")}"' in html
    assert "Leave this page" in html
    assert measure(html).faults == []


def test_a_web_server_starts_with_the_lines_there_are() -> None:
    assert checks.help_lines_can_be_shown in registry.registry.get_checks()
    checks.stop_if_wrong()


def test_lines_that_cannot_be_shown_keep_it_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the file is another one; it is really read and really refused."""
    path = tmp_path / "lines.toml"
    path.write_text(LINE.replace("988", "nine"))
    monkeypatch.setattr(checks, "help_lines", lambda: read(path))
    (error,) = checks.help_lines_can_be_shown(None)
    assert (error.id, error.level) == ("recovery_portal.E001", ERROR)
    with pytest.raises(ImproperlyConfigured, match="'nine' cannot be dialled"):
        checks.stop_if_wrong()
