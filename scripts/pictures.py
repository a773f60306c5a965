"""`make pictures`: what each of the three people sees first, for the README. Made on a trial site that is gone after.

A picture is written anew only when more changed on it than a date: the same page, made on another day, leaves no trace
in the repository.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from scripts import browser, trial

FOLDER = trial.ROOT / "docs" / "pictures"
COLOURS = 64
# How much of a picture a date, and what stands beside it, may take.
OF_A_DATE = 0.015
# Below this a pixel looks the same: the palette is chosen anew for each picture.
SAME = 24


@dataclass(frozen=True)
class Picture:
    """`go` leads from Today to what is shown, in the browser of `who`."""

    name: str
    who: int
    size: ViewportSize
    go: Callable[[Page], None]


def main() -> int:
    """Write the pictures. Returns 1 without a browser."""
    browser.prepare()
    if not browser.path():
        return 1
    FOLDER.mkdir(exist_ok=True)
    with trial.filled(durable=False) as data, sync_playwright() as playwright:
        port = trial.free_port()
        chromium = playwright.chromium.launch(executable_path=browser.path(), args=["--no-first-run"])
        with trial.served(data.environment, trial.granian(port), port):
            sessions = list(data.sessions.values())
            for picture in PICTURES:
                made = take(chromium, picture, f"http://127.0.0.1:{port}", sessions[picture.who])
                print(keep(FOLDER / f"{picture.name}.png", made), flush=True)
        chromium.close()
    return 0


def take(chromium: Browser, picture: Picture, address: str, session: str) -> bytes:
    """A PNG of what is in the window, in daylight."""
    context = chromium.new_context(
        viewport=picture.size, color_scheme="light", reduced_motion="reduce", locale="en-US", base_url=address
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    page.goto("/")
    picture.go(page)
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    made = page.screenshot(caret="hide")
    context.close()
    return made


def keep(path: Path, made: bytes) -> str:
    """Write the picture with few colours, unless the one there shows the same. Says what was done."""
    new = Image.open(io.BytesIO(made)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    shown = path.relative_to(trial.ROOT)
    if path.exists():
        with Image.open(path) as old:
            if differing(old, new) <= OF_A_DATE:
                return f"{shown} is as it was"
    new.save(path, optimize=True)
    return f"{shown}, {path.stat().st_size // 1024} kB"


def differing(one: Image.Image, other: Image.Image) -> float:
    """The part of the pixels that look different; 1.0 for another size."""
    if one.size != other.size:
        return 1.0
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return sum(difference.histogram()[SAME:]) / (one.width * one.height)


def today(page: Page) -> None:
    """Where everybody begins."""


def shared_plan(page: Page) -> None:
    """What the clinician came to read."""
    page.get_by_role("link", name="Marisol V.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marisol V.")


def sheet(page: Page) -> None:
    """The session of today, as the first ones come in."""
    page.get_by_role("button", name="Open the sheet").click()
    for name, mark in (("Ana", "Here"), ("Ben", "Late"), ("Cleo", "Here"), ("Darnell", "Sent word")):
        page.get_by_role("group", name=name).get_by_role("radio", name=mark, exact=True).check()
    expect(page.locator(".save")).to_contain_text("Saved at")


PERSON, CLINICIAN, FACILITATOR = range(3)
PICTURES = (
    Picture("person", PERSON, {"width": 390, "height": 844}, today),
    Picture("clinician", CLINICIAN, {"width": 1280, "height": 900}, shared_plan),
    Picture("facilitator", FACILITATOR, {"width": 820, "height": 1180}, sheet),
)


if __name__ == "__main__":
    sys.exit(main())
