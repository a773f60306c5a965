"""Shortens texts to a number of lines before they are set, so that a page or a card cannot run over.

An estimate that is rather too wide: the fonts themselves are known to workers only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Widths in ems of the bold face of our font, each group by its widest sign.
WIDTHS = {
    sign: width
    for width, signs in (
        (0.33, " '|,.:;!`[]jil"),
        (0.46, '()-fr{}t"*_/\\1I'),
        (0.58, "cyzsvx~7FLa9J<>ehknouE"),
        (0.66, "2^3bdgpq5?$+8=STZ46PB0RKUV"),
        (0.78, "CHADY&NXGw@O#Q"),
        (0.98, "MWm%"),
    )
    for sign in signs
}
OTHER_LETTER = 1.1
# What no font of ours has is printed in words, such as "[face with tears of joy]".
IN_WORDS = 20.0
# As in records/pdf_text.py: a longer word gets places to break.
LONGEST_PIECE = 20
ELLIPSIS = "…"


@dataclass(frozen=True)
class Fitted:
    """A text that takes at most `lines` lines; `is_short` if some of it was left out."""

    words: str
    lines: int
    is_short: bool = False


def fit(text: str, *, ems: float, lines: int = 1) -> Fitted:
    """As many words as these lines hold; `ems`: how wide a line is. Ends of lines in the text become spaces."""
    kept: list[str] = []
    for piece in _pieces(text):
        if _lines([*kept, piece], ems) > lines:
            return Fitted(_cut([*kept, piece], ems, lines), lines, is_short=True)
        kept.append(piece)
    return Fitted("".join(kept).strip(), _lines(kept, ems))


def fit_all(texts: Sequence[str], *, ems: float, lines: int) -> list[Fitted]:
    """The first texts of a list, in so many lines together. Each gets one line at least."""
    shown: list[Fitted] = []
    count = min(len(texts), lines)
    for text in texts[:count]:
        used = sum(each.lines for each in shown)
        # What follows keeps a line each: a long first one must not hide the others.
        mine = lines - used - (count - len(shown) - 1)
        shown.append(fit(text, ems=ems, lines=min(mine, 3)))
    return shown


def joined(texts: Iterable[str | None], between: str) -> str:
    """What is there of these, in one line; an end of a sentence before `between` gives way to it."""
    there = [text.strip() for text in texts if text]
    return between.join([text.rstrip(".,;:") for text in there[:-1]] + there[-1:])


def width(text: str) -> float:
    """In ems."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if sign in WIDTHS:
        return WIDTHS[sign]
    # Latin, Greek, Cyrillic and their punctuation.
    has_glyph = ord(sign) < 0x530 or 0x1E00 <= ord(sign) < 0x2070
    return OTHER_LETTER if has_glyph else IN_WORDS


def _pieces(text: str) -> Iterator[str]:
    """What a line may end behind; a space stands at the beginning of a piece."""
    for word in text.split():
        for begin in range(0, len(word), LONGEST_PIECE):
            yield ("" if begin else " ") + word[begin : begin + LONGEST_PIECE]


def _lines(pieces: Sequence[str], ems: float) -> int:
    lines, at = 1, 0.0
    for piece in pieces:
        size = width(piece)
        if at and at + size > ems:
            lines, at = lines + 1, 0.0
        at += size
        while at > ems:
            lines, at = lines + 1, at - ems
    return lines


def _cut(pieces: list[str], ems: float, lines: int) -> str:
    """The pieces without the last ones, and a sign that says so."""
    kept = pieces[:-1]
    while kept and _lines([*kept, ELLIPSIS], ems) > lines:
        kept.pop()
    if kept:
        return "".join(kept).strip() + ELLIPSIS
    letters = pieces[0].strip()
    while len(letters) > 1 and _lines([letters + ELLIPSIS], ems) > lines:
        letters = letters[:-1]
    return letters + ELLIPSIS
