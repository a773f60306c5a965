"""Pictures of the README: small, there, and written anew only when something changed on them but a date."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from scripts import pictures
from scripts.trial import ROOT

MOST_BYTES = 150_000
SIZE = (390, 844)


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def shot(text: str = "Today, 18:30", box: bool = False) -> bytes:
    """A page with a line of text, and perhaps something large that was not there before."""
    image = Image.new("RGB", SIZE, "#faf5ec")
    draw = ImageDraw.Draw(image)
    draw.text((20, 700), text, fill="#21302e")
    if box:
        draw.rectangle((20, 100, 370, 300), fill="#1c5552")
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pictures.trial, "ROOT", tmp_path)
    return tmp_path / "person.png"


def test_it_works(path: Path) -> None:
    assert "kB" in pictures.keep(path, shot())
    assert size_of(path) == SIZE


def test_another_date_changes_nothing(path: Path) -> None:
    pictures.keep(path, shot("Today, 18:30"))
    before = path.read_bytes()
    assert "as it was" in pictures.keep(path, shot("Wednesday 2 December, 18:30"))
    assert path.read_bytes() == before


def test_something_new_on_the_page_is_written(path: Path) -> None:
    pictures.keep(path, shot())
    before = path.read_bytes()
    assert "kB" in pictures.keep(path, shot(box=True))
    assert path.read_bytes() != before


def test_another_size_is_written(path: Path) -> None:
    pictures.keep(path, shot())
    made = io.BytesIO()
    Image.new("RGB", (195, 422)).save(made, "PNG")
    assert "kB" in pictures.keep(path, made.getvalue())


def test_each_picture_is_small_and_shown_with_words() -> None:
    readme = (ROOT / "README.md").read_text()
    for picture in pictures.PICTURES:
        file = ROOT / "docs" / "pictures" / f"{picture.name}.png"
        assert file.stat().st_size < MOST_BYTES
        assert size_of(file) == (picture.size["width"], picture.size["height"])
        assert re.search(rf'src="docs/pictures/{picture.name}\.png"[^>]* alt="[^"]{{40,}}"', readme)
