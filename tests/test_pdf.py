"""The one door to PDF: both standards at once, the same bytes everywhere, and nothing said that nobody wrote."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from records import pdf, pdf_engine
from records.pdf_fonts import covered
from records.pdf_text import printable
from tests.documents import IDENTIFIER, MOMENT, Paper, print_out, sheet
from tests.vera import judge_documents

ROOT = Path(__file__).resolve().parent.parent
NOTES = """
<p class="running-note">Draft. Not signed.</p>
<p class="page-numbers">Page <span class="this-page"></span> of <span class="all-pages"></span></p>
"""
# One of everything that our documents use.
EVERYTHING = f"""{NOTES}
<h1>My plan</h1><p>Words, <b>strong</b>, <i>quiet</i>, <b><i>both</i></b>. <a href="tel:+19195550100">Call</a>.</p>
<h2>What helps</h2><ul><li>One<ul><li>inside<ul><li>deeper</li></ul></li></ul></li></ul><ol><li>First</li></ol>
<ul class="choices"><li>This one</li><li class="chosen">That one</li></ul>
<h3>People</h3><dl><dt>Rosa</dt><dd>My sister</dd></dl>
<table><caption>Medicines</caption><thead><tr><th>What</th><th>When</th></tr></thead>
<tbody>{"<tr><td>Lithium</td><td>With dinner</td></tr>" * 25}</tbody></table>
<h4>Said</h4><blockquote>Mind the stairs.</blockquote><p class="own-words">One line
and the next</p><p class="reach">(919) 555-0100</p>
<div class="keep"><p class="signature">Marisol, and the date</p></div>
<svg width="90" height="90" viewBox="0 0 9 9"><title>A code to scan</title><rect width="5" height="5"/></svg>
<p class="new-page">Ελληνικά, Кириллица, Việt Nam, “quoted” • → ☐ ☑</p>
"""


def test_it_works() -> None:
    paper = print_out(sheet(EVERYTHING))

    assert paper.content.startswith(b"%PDF-1.7")
    assert paper.size(0) == (612, 792)
    assert "With dinner" in paper.text()
    assert len(paper.pages()) == 4
    for number, page in enumerate(paper.pages(), start=1):
        assert f"Page {number} of 4" in page
        assert "Draft. Not signed." in page


def test_every_construct_and_every_language_is_archival_and_accessible(tmp_path: Path) -> None:
    """By veraPDF's engine. What it would call broken is shown beside, so that its yes means something."""
    signs = [sign for sign in sorted(covered()) if printable(sign) == sign and sign.isprintable()]
    styles = ("", "font-weight: bold", "font-style: italic", "font-weight: bold; font-style: italic")
    every_sign = "".join(
        f'<p style="{style}">&#{"; &#".join(str(ord(sign)) for sign in signs)};</p>' for style in styles
    )
    documents = {
        "constructs": EVERYTHING,
        "large": f'<div class="large">{EVERYTHING}</div>',
        "signs": f"<h1>Every sign our fonts have</h1>{every_sign}",
        "broken": "<h1>No</h1><h4>levels left out</h4><svg width='9' height='9'><rect width='5' height='5'/></svg>",
    }
    for name, body in documents.items():
        (tmp_path / name).write_bytes(print_out(sheet(body)).content)
    (tmp_path / "spanish").write_bytes(print_out(sheet("<h1>Mi plan</h1>", language="es")).content)

    judged = judge_documents(sorted(tmp_path.iterdir()))

    assert len(signs) > 2500
    assert [rule.split(":")[0] for rule in judged.pop("broken")] == ["PDFUA_1 7.3-1", "PDFUA_1 7.4.2-1"]
    assert judged == {"constructs": [], "large": [], "signs": [], "spanish": []}


def test_same_bytes_in_other_processes(tmp_path: Path) -> None:
    """Elsewhere, in another language and time zone, another second: nothing of that may get in."""
    (tmp_path / "document.html").write_text(sheet(EVERYTHING))
    program = (
        "import pathlib, sys; from tests.documents import print_out;"
        "sys.stdout.buffer.write(print_out(pathlib.Path('document.html').read_text()).content)"
    )
    surroundings = [
        {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1700000000"},
        {"LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "HOME": "/nonexistent", "FC_LANG": "ja"},
    ]
    here = print_out(sheet(EVERYTHING)).content
    time.sleep(1.1)
    for changed in surroundings:
        environment = {**os.environ, **changed, "PYTHONPATH": str(ROOT)}
        there = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True)
        assert there.stderr.decode() == ""
        assert hashlib.sha256(there.stdout).hexdigest() == hashlib.sha256(here).hexdigest()


def test_another_moment_or_identifier_is_another_file() -> None:
    html, later = sheet("<h1>Plan</h1>"), datetime(2026, 3, 2, tzinfo=UTC)
    first = pdf.render(html, moment=MOMENT, identifier=IDENTIFIER)

    assert pdf.render(html, moment=MOMENT, identifier=IDENTIFIER) == first
    assert pdf.render(html, moment=later, identifier=IDENTIFIER) != first
    assert pdf.render(html, moment=MOMENT, identifier=IDENTIFIER + b"2") != first


def test_metadata_say_title_language_and_moment_only() -> None:
    head = (
        '<meta name="author" content="Marisol"><meta name="keywords" content="Marisol"><meta name="x" content="Mari">'
        '<meta name="description" content="Marisol"><meta name="generator" content="Marisol">'
        '<meta name="dcterms.created" content="1897-05-06">'
    )
    paper = print_out(sheet("<h1>Plan</h1>", head=head))

    assert paper.metadata() == {
        "/Title": "Plan",
        "/Producer": f"WeasyPrint {pdf_engine.weasyprint.__version__}",
        "/CreationDate": "D:20260301140200Z",
        "/ModDate": "D:20260301140200Z",
    }
    assert paper.language() == "en"
    assert paper.attachments() == {}
    for word in (b"Mari", b"1897", str(ROOT).encode(), tempfile.gettempdir().encode()):
        assert word not in paper.everything()


def test_only_bundled_fonts_are_used_and_all_are_inside() -> None:
    """Whatever a page asks for: the machine's own fonts would make each machine's document another one."""
    asked = ("DejaVu Sans", "Liberation Serif", "serif", "monospace", "no such font")
    lines = "".join(f"<p style=\"font-family: '{name}'\">Latin {name}</p>" for name in asked)
    paper = print_out(sheet(f"{EVERYTHING}{lines}<p style='font-family: serif'>Ελληνικά</p>"))

    assert {name.replace("-Hyperlegible", "").split("-")[0] for name in paper.fonts()} == {"Atkinson", "Noto"}
    assert {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold", "Noto-Sans"} <= paper.fonts()
    assert paper.fonts_left_out() == set()


def test_the_structure_is_told_in_reading_order() -> None:
    tags = print_out(sheet(EVERYTHING)).structure()

    headings = [tag for tag in tags if tag.startswith("H")]
    assert headings == ["H1", "H2", "H3", "H4"]
    assert tags[0] == "Document"
    assert {"P", "L", "LI", "Lbl", "LBody", "Table", "TH", "TD", "Caption", "BlockQuote", "Figure", "Link"} <= set(tags)


@pytest.mark.parametrize(
    "html",
    [
        "<title>Plan</title><h1>No language</h1>",
        "<html lang=''><title>Plan</title><h1>An empty language</h1>",
        "<html lang=en><h1>No title</h1>",
        "<html lang=en><title> </title><h1>An empty title</h1>",
        "<html lang=en><svg><title>Not the document's</title></svg><h1>No title</h1>",
        "",
    ],
)
def test_a_document_without_language_or_title_is_refused(html: str) -> None:
    with pytest.raises(pdf.PdfNotMade, match="language"):
        print_out(html)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<svg width="9" height="9"><title>x</title><style>@import "x";</style></svg>', "Failed to load inline SVG"),
        ('<style>p::before { content: "☃" }</style><p>a sign in a stylesheet</p>', "notdef"),
        ('<style>@import url("../x");</style>', "InvalidValues in get_url"),
    ],
)
def test_what_would_be_left_out_is_an_error(body: str, reason: str) -> None:
    """WeasyPrint writes such to its log and goes on; a paper that somebody signs must not lack a part."""
    with pytest.raises(pdf.PdfNotMade, match=reason):
        print_out(sheet(body))


def test_a_moment_needs_a_time_zone_and_an_identifier_needs_length() -> None:
    with pytest.raises(ValueError, match="time zone"):
        pdf.render(sheet("x"), moment=datetime(2026, 3, 1), identifier=IDENTIFIER)
    with pytest.raises(ValueError, match="16 bytes"):
        pdf.render(sheet("x"), moment=MOMENT, identifier=b"short")


def test_without_pango_the_command_that_brings_it_is_named() -> None:
    """In a process of its own that cannot load the library: the door opens, and says what is missing when used."""
    program = (
        "import sys, cffi; keep = cffi.FFI.dlopen;"
        "cffi.FFI.dlopen = lambda self, name, *rest: keep(self, 'gone' if 'pango' in str(name) else name, *rest);"
        "from records import pdf; from datetime import datetime, UTC;\n"
        "try: pdf.render('', moment=datetime.now(UTC), identifier=b'x' * 16)\n"
        "except pdf.PangoMissing as missing: print(missing.need, missing)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)

    assert done.stderr == ""
    assert done.stdout.startswith("pango Documents wait")
    assert "apt-get install --no-install-recommends libpango-1.0-0" in done.stdout


def test_web_processes_do_not_load_it() -> None:
    """Every page's code, but neither WeasyPrint nor the fonts."""
    program = (
        "import sys, recovery_portal.wsgi; from django.urls import get_resolver; assert get_resolver().url_patterns;"
        "print(sorted({'weasyprint', 'fontTools', 'records.pdf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_its_files_go_when_the_process_ends(tmp_path: Path) -> None:
    """The fonts' configuration is private and temporary; a forked child leaves it to its parent."""
    program = (
        "import os, sys; from records import pdf; folder = os.path.dirname(os.environ['FONTCONFIG_FILE']);\n"
        "child = os.fork()\n"
        "if not child: sys.exit()\n"
        "os.waitpid(child, 0); print(oct(os.stat(folder).st_mode), os.path.exists(folder))"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=environment)

    assert done.stdout.split() == ["0o40700", "True"], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_swept_folder_is_made_again() -> None:
    """Systems delete temporary files that lie for days; without its configuration it would take any font."""
    html = sheet("<h1>Plan</h1><p>Ελληνικά</p>")
    first, configuration = print_out(html), Path(os.environ["FONTCONFIG_FILE"])
    shutil.rmtree(configuration.parent)

    assert print_out(html).content == first.content
    assert Path(os.environ["FONTCONFIG_FILE"]).exists()
    assert not configuration.exists()


def test_paper_looks_back(tmp_path: Path) -> None:
    """The pictures that people and other tests look at."""
    pictures = Paper(print_out(sheet(EVERYTHING)).content).write_pictures(tmp_path / "pages")

    assert [picture.name for picture in pictures] == ["page-1.png", "page-2.png", "page-3.png", "page-4.png"]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
