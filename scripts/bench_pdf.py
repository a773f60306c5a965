"""How fast documents are made: ours beside raw WeasyPrint, Chromium's print and typst, in one run.

All set the same words in the same faces on the same paper. One process, as a worker is; Chromium is started anew
for each document, because that is how one would print with it.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pypdfium2
import typst
import weasyprint

from records import pdf, pdf_engine, pdf_fonts
from scripts import browser

MOMENT, IDENTIFIER = datetime(2026, 3, 1, tzinfo=UTC), b"one document only"
# Parts of the document below, that it has so many pages.
PARTS = {1: 1, 6: 6, 20: 22}
TIMES = {1: 15, 6: 11, 20: 9}
LIMIT = 1.1
WORDS = (
    "When I start four projects at once, I finish one and I tell Rosa about it. I sleep less then, and the nights "
    "get loud. What helps me is a walk by the river before dinner, and nobody who asks me how I am twice."
)
PEOPLE = [(f"Rosa {number}", f"(919) 555-01{number:02}") for number in range(6)]
LINK = '<link rel="stylesheet" href="asset:print.css">'
FONTS = [str(folder) for folder in pdf_fonts.folders()]
TYPST_FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=FONTS)
Make = Callable[[int], bytes]


def main() -> int:
    """Print the table. Returns 1 if our door takes longer than it may, measured by WeasyPrint itself."""
    engines: dict[str, Make] = {"ours": ours, "WeasyPrint itself": raw, "typst": typeset}
    if browser.path():
        engines |= {"Chromium, with its start": chromium, "Chromium, its start alone": chromium_start}
    print(f"\n{'documents':<28}" + "".join(f"{f'{pages} p. ms':>11}" for pages in PARTS))
    took = {pages: in_turns(engines, pages) for pages in PARTS}
    for name in engines:
        print(f"{name:<28}" + "".join(f"{median(took[pages][name]):>11.0f}" for pages in PARTS))
    # Turn by turn: both of a turn met the same load.
    ratios = [
        median(mine / its for mine, its in zip(took[pages]["ours"], took[pages]["WeasyPrint itself"], strict=True))
        for pages in PARTS
    ]
    print(f"{f'ours : WeasyPrint, ≤ {LIMIT}':<28}" + "".join(f"{ratio:>11.2f}" for ratio in ratios))
    return int(max(ratios) > LIMIT)


def in_turns(engines: dict[str, Make], pages: int) -> dict[str, list[float]]:
    """Milliseconds of each document. Engines take turns, so that whatever else the machine does falls on all alike."""
    took: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(-1, TIMES[pages]):
        # In changing order: who comes second finds the memory that the first one left.
        for name in list(engines)[:: 1 if turn % 2 else -1]:
            gc.collect()
            began = time.perf_counter()
            made = engines[name](pages)
            if turn >= 0:
                took[name].append((time.perf_counter() - began) * 1000)
            elif made:
                check_pages(name, made, pages)
    return took


def check_pages(name: str, made: bytes, pages: int) -> None:
    """Comparing makes sense only between like and like."""
    with pypdfium2.PdfDocument(made) as document:
        if abs(len(document) - pages) > pages // 6:
            raise SystemExit(
                f"{name} made {len(document)} pages where {pages} were asked: there is nothing to compare."
            )


def ours(pages: int) -> bytes:
    return pdf.render(html(pages), moment=MOMENT, identifier=IDENTIFIER)


def raw(pages: int) -> bytes:
    """WeasyPrint's own call with the same stylesheet, variant and fonts."""
    document = weasyprint.HTML(string=html(pages), url_fetcher=pdf_engine.FETCHER)
    return document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=IDENTIFIER[:16])


def html(pages: int) -> str:
    """The document as a template would give it."""
    rows = "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in PEOPLE)
    people = f"<table><thead><tr><th>Who</th><th>Number</th></tr></thead><tbody>{rows}</tbody></table>"
    names = f"<ul>{''.join(f'<li>{name}</li>' for name, _ in PEOPLE)}</ul>"
    parts = "".join(
        f"<h2>Part {part}</h2>{f'<p>{WORDS}</p>' * 3}{names}<h3>People</h3>{people}" for part in range(PARTS[pages])
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plan</title>{LINK}</head>'
        f'<body class="hue-plan"><h1>My plan</h1>{parts}</body></html>'
    )


def typeset(pages: int) -> bytes:
    """The same words for typst, by both standards as well: what a typesetter without HTML needs."""
    cells = ", ".join(f"[{name}], [{number}]" for name, number in PEOPLE)
    names = "\n".join(f"- {name}" for name, _ in PEOPLE)
    people = f"#table(columns: (1fr, 1fr), inset: 7pt, table.header([Who], [Number]), {cells})"
    part = "\n\n".join([WORDS] * 3 + [names, "=== People", people])
    # A typesetter that remembers pages is asked for another text each time.
    text = f"= My plan, {time.perf_counter_ns()}\n" + "".join(f"\n== Part {n}\n{part}\n" for n in range(PARTS[pages]))
    head = (
        '#set document(title: "Plan", date: datetime(year: 2026, month: 3, day: 1))\n'
        '#set page("us-letter", margin: (x: 0.9in, top: 0.9in, bottom: 1in))\n'
        "#set par(leading: 0.95em, spacing: 1.5em)\n"
        '#set text(font: "Atkinson Hyperlegible", size: 12pt, lang: "en")\n'
    )
    return typst.compile((head + text).encode(), font_paths=TYPST_FONTS, pdf_standards=["a-3a", "ua-1"])


def chromium(pages: int) -> bytes:
    """Printed by a headless browser, with the same stylesheet and the same faces."""
    styles = pdf_engine.stylesheets()["asset:print.css"].decode()
    faces = ""
    for name, weight in (("Regular", 400), ("Bold", 700)):
        source = (Path(FONTS[0]) / f"AtkinsonHyperlegible-{name}.ttf").as_uri()
        faces += f'@font-face {{ font-family: "Atkinson Hyperlegible"; src: url("{source}"); font-weight: {weight} }}'
    return print_by_chromium(html(pages).replace(LINK, f"<style>{faces}{styles}</style>"))


def chromium_start(pages: int) -> bytes:
    print_by_chromium("<title>x</title>")
    return b""


def print_by_chromium(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(text)
        command = [browser.path(), "--headless", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        command += [f"--user-data-dir={folder}/profile", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True)
        return made.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
