"""What is in the image and what must never be: read from the Dockerfile and .dockerignore."""

import re

import pytest

from scripts import hints
from tests.compose import SERVICES, instructions, left_out

SECRET_NAMES = re.compile(r"PASSWORD|SECRET|TOKEN|KEY")


def test_it_works() -> None:
    """Built from pinned packages with what documents need, static files gathered, and run as nobody."""
    lines = instructions()
    runs = [rest for word, rest in lines if word == "RUN"]
    assert any("pip install" in run and "--require-hashes -r requirements.txt" in run for run in runs)
    assert set(hints.NAMES["pango"]["apt-get"].split()) <= {*" ".join(runs).split(), "fonts-dejavu-core"}
    assert any("collectstatic" in run for run in runs)
    user = [rest for word, rest in lines if word == "USER"]
    assert user == [SERVICES["web"]["user"]]
    assert [word for word, _rest in lines if word == "ARG"] == []
    assert not any(SECRET_NAMES.search(rest) for word, rest in lines if word == "ENV")
    assert lines[-1] == ("CMD", '["sh", "deploy/process.sh", "web"]')


@pytest.mark.parametrize(
    "path",
    [
        ".data/vault/1", ".data/sign-ins.txt", ".git/config", ".venv/bin/python", ".env", "deploy/.env", "prod.env",
        "secrets/secret_key", "deploy/secrets/vault/1", "backups/content.dump", "a/b/people.dump", "deploy/tls.key",
        "tests/world.py", "plans/__pycache__/views.pyc", "docs/hosting.md",
    ],
)  # fmt: skip
def test_it_stays_out_of_the_image(path: str) -> None:
    assert left_out(path)


def test_the_product_is_in_the_image() -> None:
    rooms = "records accounts sharing plans directives peers recovery_portal scripts templates".split()
    wanted = ["manage.py", "Procfile", "requirements.txt", "LICENSE", "locale/en.po", "static/print/print.css"]
    wanted += [
        f"{room}/{name}" for room in rooms for name in ("urls.py", "data/law.toml", "migrations/0001_initial.py")
    ]
    assert [path for path in wanted if left_out(path)] == []
    assert not left_out("deploy/process.sh")
    assert not left_out("scripts/probe.py")


@pytest.mark.parametrize(
    "image", sorted({service["image"] for service in SERVICES.values()} | {dict(instructions())["FROM"]})
)
def test_images_are_pinned_and_from_nowhere_in_particular(image: str) -> None:
    name, _colon, tag = image.partition(":")
    assert tag == "here" or re.match(r"\d+\.\d+", tag)
    assert not re.search(r"[.:]", name.partition("/")[0])
