"""The proxy's rules fit what the settings expect of it, and its log says nothing about anybody."""

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from recovery_portal.roles import WEB_LIMITS
from tests.compose import ROOT, SERVICES, Block, caddyfile, settings_with, surroundings
from tests.readability import GRADE, LONGEST, measure

# What a visitor could send to be taken for somebody else, or for one who came by TLS.
CLAIMS = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Real-Ip", "Forwarded")
SECONDS = {"s": 1, "m": 60}


@pytest.fixture(scope="module")
def options() -> Block:
    return caddyfile().inside[0]


@pytest.fixture(scope="module")
def site() -> Block:
    return caddyfile().one("{$SITE_HOST}")


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of the web processes behind the proxy."""
    for name in SERVICES["web"]["secrets"]:
        (tmp_path / name).write_text("x" * 64)
    return settings_with(surroundings("web", tmp_path), monkeypatch)


def seconds(text: str) -> int:
    return int(text[:-1]) * SECONDS[text[-1]]


def test_it_works(options: Block, site: Block) -> None:
    """Global options without words, then the site and nothing else; requests go to the web processes' port."""
    assert options.words == []
    assert caddyfile().inside == [options, site]
    assert site.one("reverse_proxy").words[1:] == [f"web:{SERVICES['web']['environment']['PORT']}"]
    assert SERVICES["web"]["environment"]["HOST"] == "0.0.0.0"
    assert set(SERVICES["proxy"]["networks"]) & set(SERVICES["web"]["networks"]) == {"front"}


def test_everything_is_tls(options: Block, site: Block) -> None:
    """A name without a scheme and port: Caddy fetches a certificate and sends plain HTTP on to HTTPS."""
    assert site.words == ["{$SITE_HOST}"]
    assert "://" not in SERVICES["proxy"]["environment"]["SITE_HOST"]
    assert not list(options.all("auto_https"))
    assert not list(site.all("tls"))
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]


def test_the_settings_believe_what_the_proxy_says(site: Block, hosted: dict[str, Any]) -> None:
    up = {block.words[1]: block.words[2:] for block in site.one("reverse_proxy").all("header_up")}
    header, value = hosted["SECURE_PROXY_SSL_HEADER"]
    assert header == "HTTP_" + "X-Forwarded-Proto".upper().replace("-", "_")
    assert (up["X-Forwarded-Proto"], value) == (["{scheme}"], "https")
    # One address, written by the one proxy that is trusted.
    assert up["X-Forwarded-For"] == ["{remote_host}"]
    assert hosted["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert up["Host"] == ["{hostport}"]
    assert hosted["ALLOWED_HOSTS"] == [SERVICES["proxy"]["environment"]["SITE_HOST"]]
    assert hosted["SECURE_SSL_REDIRECT"] is True


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_a_visitor_claims_does_not_get_through(site: Block, options: Block, claim: str) -> None:
    rules = [block.words[1:] for block in site.one("reverse_proxy").all("header_up")]
    assert [f"-{claim}"] in rules or any(rule[0] == claim and len(rule) == 2 for rule in rules)
    assert f"+{claim}" not in [rule[0] for rule in rules]
    # Nobody's word is trusted instead.
    assert not list(options.one("servers").all("trusted_proxies"))
    assert not list(site.one("reverse_proxy").all("trusted_proxies"))


def test_no_line_of_the_log_holds_a_request(options: Block, site: Block) -> None:
    """An invitation's words stand in its path. Without `log` no access is written; errors would hold requests."""
    assert not list(site.all("log"))
    assert {"http.log", "http.handlers", "http.stdlib"} <= set(options.one("log").one("exclude").words)
    assert not list(options.one("log").all("include"))
    assert not list(options.all("debug"))


def test_nobody_steers_it_from_outside(options: Block) -> None:
    assert options.value("admin") == "off"
    assert options.value("persist_config") == "off"


def test_the_site_answers_before_the_proxy_gives_up(options: Block, site: Block) -> None:
    wait = seconds(site.value("reverse_proxy", "transport", "response_header_timeout"))
    assert seconds(WEB_LIMITS["statement_timeout"]) + seconds(WEB_LIMITS["lock_timeout"]) < wait
    assert wait <= seconds(options.value("servers", "timeouts", "write"))
    # People who save while web processes are exchanged wait for longer than these need to come back.
    assert seconds(site.value("reverse_proxy", "lb_try_duration")) >= 10


def test_too_much_is_stopped_but_not_before_the_sites_own_page(site: Block) -> None:
    size = int(site.value("request_body", "max_size").removesuffix("MB")) * 1_000_000
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < size <= 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert site.one("handle_errors", "413").one("respond")


def test_nothing_is_kept_at_the_proxy(site: Block) -> None:
    assert [block.words[0] for block in site.inside] == [
        "request_body",
        "reverse_proxy",
        "handle_errors",
        "handle_errors",
    ]


def test_when_no_process_answers_a_calm_page_does(site: Block, hosted: dict[str, Any]) -> None:
    away = site.one("handle_errors", "502", "503", "504")
    configs = {given["source"]: given["target"] for given in SERVICES["proxy"]["configs"]}
    assert configs["away"] == away.value("root").removeprefix("* ") + away.value("rewrite").removeprefix("* ")
    assert away.one("file_server")
    headers = {block.words[0]: block.words[1] for block in away.one("header").inside}
    assert headers["Cache-Control"] == "no-store"
    assert f"max-age={hosted['SECURE_HSTS_SECONDS']};" in headers["Strict-Transport-Security"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_calm_page_is_plain_and_names_help() -> None:
    page = (ROOT / "deploy" / "away.html").read_text()
    measured = measure(page)
    assert measured.grade <= GRADE
    assert measured.longest <= LONGEST
    known = tomllib.loads((ROOT / "recovery_portal" / "help_lines.toml").read_text())["line"]
    called = re.findall(r'href="tel:(\d+)"', page)
    assert called == ["988", "911"]
    assert set(called) <= {line.get("call") for line in known}
    # Nothing is fetched, and it does not say what this site is for.
    assert not re.search(r"\b(src|action)=|https?:|url\(|Helm|recovery|health", html.unescape(page), re.IGNORECASE)
