"""Any text that a person may paste is printed: nothing lost, nothing off the page, and still conforming."""

import time
import unicodedata
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from records.pdf_fonts import covered
from records.pdf_text import breakable, printable
from tests.documents import Paper, print_out, sheet, squeezed
from tests.vera import judge_documents

MARGIN = 0.9 * 72
TEXTS = {
    "emoji": "I feel 😀👍🏽 with my family 👩‍👩‍👧 and 🏳️‍🌈 🇺🇸 ❤️ 1️⃣",
    "chinese": "我的计划。" * 80,
    "japanese": "こんにちは、カタカナ",
    "korean": "안녕하세요",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שלום עולם",
    "thai": "สวัสดี",
    "hindi": "क्षत्रिय हिन्दी",
    "greek and cyrillic": "Ελληνικά, Кириллица",
    "vietnamese": "Nguyễn Thị Bích Ngọc",
    "fancy letters": "𝓗𝓮𝓵𝓵𝓸 ｆｕｌｌ ①②③",
    "many accents": "z̷̢̛͈̯a̶̛͖l̸̢g̷̛o̸" * 40,
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
    "directions": "\u202eturned\u202c \u2067around\u2069 \u200f\u200eagain",
    "one word": "A" * 5000,
    "one word of two halves": "https://example.org/" + "a/b-c_d." * 500,
    "control": "a\x01c\x07d\x1be\x7ff\x85g\x9ch",
    "lone surrogate": "a\ud800b\udfffc",
    "not a character": "a\ufffeb\uffffc\U0010ffffd\ue000e\ufffdf",
    "line ends": "a\nb\r\nc\rd\x0be\x0cf\u2028g\u2029h",
    "blank lines": "first" + "\n" * 200 + "last",
    "spaces": "a\tb\u00a0c\u2003d\u202fe\u3000f" + " " * 500 + "g",
    "markup": "<b>&amp;</b> ]]> <!-- --> &#x1F600; {{ x }} %s",
    "signs": "→ ← ☐ ☑ ✓ ✗ ◦ ▪ ★ ☎ ½ ⅔ № ™ € ≤ ≥ ≠ ≈ ∞ − × ÷ “a” ‘b’ … – — •",
}


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    """Each text as a paragraph, as a person's own lines, in a list, in a table and as a heading."""
    made = {}
    for name, text in TEXTS.items():
        words = escape(text)
        made[name] = print_out(
            sheet(
                f'<h1>Plan</h1><p class="own-words">{words}</p><ul class="choices"><li>{words}</li></ul>'
                f"<table><tr><th>{words[:200]}</th><th>b</th></tr><tr><td>{words}</td><td>b</td></tr></table>"
                f"<h2>{words[:300]}</h2>"
                f'<svg width="9" height="9"><title>{words}</title><rect width="5" height="5"/></svg>'
            )
        )
    return made


def test_it_works(papers: dict[str, Paper], tmp_path: Path) -> None:
    """Each is archival and accessible."""
    for name, paper in papers.items():
        (tmp_path / name).write_bytes(paper.content)

    assert judge_documents(sorted(tmp_path.iterdir())) == dict.fromkeys(sorted(TEXTS), [])


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("many accents", "hindi")])
def test_nothing_is_lost(papers: dict[str, Paper], name: str) -> None:
    """What can be copied out again is the text, with words for the signs that our fonts lack.

    Readers of PDF put stacked accents and Devanagari together in an order of their own: see the next test.
    """
    wanted, found = squeezed(printable(TEXTS[name])), squeezed(papers[name].text())
    assert len(wanted) > 4
    # In its order once; at a page's end a reader of PDF may put a table's head before what comes above it.
    assert wanted in found
    assert Counter(wanted * 3) <= Counter(found)


@pytest.mark.parametrize("name", ["many accents", "hindi"])
def test_no_letter_of_a_stacked_text_is_lost(papers: dict[str, Paper], name: str) -> None:
    letters = {sign for sign in unicodedata.normalize("NFC", TEXTS[name]) if sign.isalpha()}

    assert letters <= set(papers[name].text())


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_runs_off_the_page(papers: dict[str, Paper], name: str) -> None:
    paper = papers[name]
    for number in range(len(paper.pages())):
        width, height = paper.size(number)
        for span in paper.spans(number):
            # An accent may stand out a little.
            assert MARGIN - 4 <= span.left <= span.right <= width - MARGIN + 4
            assert 0 <= span.bottom <= span.top <= height


def test_a_nul_leaves_a_mark() -> None:
    """HTML has no place for it and would drop it unseen."""
    assert "a\ufffdb" in print_out(sheet("<p>a\x00b</p>")).text()


def test_a_page_of_words_in_a_narrow_place_takes_no_minute() -> None:
    """Breaking words by CSS alone took WeasyPrint 24 to 56 seconds for such a table."""
    words = "When I sleep less I call Rosa. " * 60
    boxes = f'<div style="display: flex"><p>{words}</p><p>b</p></div><div style="float: left">{words}</div>'
    began = time.process_time()
    print_out(
        sheet(f"<h1>Plan</h1><table><tr><th>a</th><th>b</th></tr><tr><td>{words}</td><td>b</td></tr></table>{boxes}")
    )

    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain, with a line\nend and a\ttab", "plain, with a line\nend and a\ttab"),
        ("é from two signs: e\u0301", "é from two signs: é"),
        ("😀", "[grinning face]"),
        ("😀😀 and 😀", "[grinning face, grinning face] and [grinning face]"),
        ("👩\u200d👧", "[woman, girl]"),
        ("❤\ufe0f", "[heavy black heart]"),
        ("🇺🇸", "[flag: u s]"),
        ("中文", "[cjk: 4e2d 6587]"),
        ("שלום", "[hebrew: shin lamed vav final mem]"),
        ("안녕", "[hangul: an nyeong]"),
        ("ไทย", "[thai: sara ai maimalai tho thahan yo yak]"),
        ("𝓗𝓲 ｆｕｌｌ ①", "Hi full 1"),
        ("→ ☐ ☑ ◦", "-> [ ] [x] •"),
        ("a\u2028b\u2029c\x0bd\x85e", "a\nb\nc\nd\ne"),
        ("+1\u00a0555", "+1\u00a0555"),
        ("\u202a+1 919\u202c", "+1 919"),
        ("a\u202eb", "a[right-to-left override]b"),
        ("a\x00b", "a[sign 0000]b"),
        ("a\ud800b", "a[sign d800]b"),
        ("\ue000", "[sign e000]"),
        ("", ""),
    ],
)
def test_a_sign_without_a_glyph_is_put_in_words(text: str, printed: str) -> None:
    assert printable(text) == printed
    assert printable(printed) == printed


def test_every_character_there_is_can_be_printed() -> None:
    """All of Unicode: nothing comes out that the fonts lack, and only what has no look of its own is dropped."""
    printed = {chr(code): printable(chr(code)) for code in range(0x110000)}

    assert set("".join(printed.values())) <= covered() | set("\t\n\r\u00ad\u200c\u200d")
    dropped = {unicodedata.category(sign) for sign, words in printed.items() if not words}
    assert dropped == {"Cf", "Mn"}


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("a" * 20, 0),
        ("a" * 21, 1),
        ("a" * 61, 3),
        ("a" * 20 + "\u0301" + "a" * 30, 2),
        ("short words " * 20, 0),
        ("", 0),
    ],
)
def test_long_words_can_be_broken(word: str, places: int) -> None:
    broken = breakable(word)

    assert broken.count("\u200b") == places
    assert broken.replace("\u200b", "") == word
    assert "\u200b\u0301" not in broken
