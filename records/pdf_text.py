"""Makes any text printable with the fonts we have: a sign they lack is said in words instead.

A glyph that no font has would be an empty box on paper, and breaks PDF/A (ISO 19005-3, 6.2.11.8) and PDF/UA.
"""

import functools
import itertools
import re
import unicodedata

from records.pdf_fonts import covered

# Common signs for which plain text has a form everybody reads.
PLAIN = {
    **dict.fromkeys("→➔➜➞⇒", "->"),
    **dict.fromkeys("←⇐", "<-"),
    **dict.fromkeys("☐□◻⬜", "[ ]"),
    **dict.fromkeys("☑☒✓✔✅✗✘❌", "[x]"),
    **dict.fromkeys("◦▪▫■●○◆◇►▶‣⁃", "•"),
}
# Pango would end the paragraph at some of these, and what follows would be lost.
LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Of all that has no look of its own, only these matter for how the letters around them are drawn.
SHAPING = "\u00ad\u200c\u200d"
# SECURITY: it turns text around, so that a page could say something else than its words do.
OVERRIDE = "\u202e"
# How names of letters begin, and what stands before the letters of such a script.
SCRIPTS = {"REGIONAL INDICATOR SYMBOL LETTER ": "flag", "CJK UNIFIED IDEOGRAPH-": "cjk", "HANGUL SYLLABLE ": "hangul"}
LETTER = re.compile(r"([A-Z]+) (?:[A-Z]+ )*?(?:LETTER|CHARACTER|VOWEL SIGN|SYLLABLE) (.+)")

# What fits into a third of a page in large print.
LONGEST = 20
# Never before an accent or a vowel sign, which belong to the letter before.
LONG_WORD = re.compile(rf"[^\s\u200b]{{{LONGEST}}}(?=[!-~\w])")


def printable(text: str) -> str:
    """The text with nothing in it that our fonts cannot show.

    Signs become their Unicode names: "[grinning face]"; letters of other scripts "[hebrew: shin lamed]".
    Nothing that can be seen is dropped; marks that only steer (joiners, directions) are. Newlines stay.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _unprintable().sub(_in_words, text)


def breakable(text: str) -> str:
    """The text with unseen places to break a line inside words that no line may hold.

    CSS could break them by itself (`overflow-wrap: anywhere`), but WeasyPrint 70.0 then takes a minute for a page
    of text in a table or a flex box: it tries every letter.
    """
    return LONG_WORD.sub("\\g<0>\u200b", text) if len(text) > LONGEST else text


@functools.cache
def _unprintable() -> re.Pattern[str]:
    """Runs of characters to replace, with the joiners inside them."""
    shown = {sign for sign in covered() if unicodedata.category(sign)[0] not in "CZ" or sign.isspace()}
    shown = shown.difference(LINE_ENDS).union("\t\n\r", SHAPING)
    lacking = f"[^{''.join(re.escape(sign) for sign in sorted(shown))}]"
    return re.compile(f"{lacking}(?:\u200d?{lacking})*")


def _in_words(run: re.Match[str]) -> str:
    parts = [_part(sign) for sign in run[0]]
    said = []
    for (kind, script), group in itertools.groupby(parts, key=lambda part: part[:2]):
        names = [name for _, _, name in group if name]
        if kind == "plain":
            said += names
        elif names:
            said.append(f"[{script}: {' '.join(names)}]" if script else f"[{', '.join(names)}]")
    return "".join(said)


def _part(sign: str) -> tuple[str, str, str]:
    """How to say one character: ("plain", "", text to put) or ("words", script or nothing, its name)."""
    if sign in LINE_ENDS:
        return "plain", "", "\n"
    if sign in PLAIN:
        return "plain", "", PLAIN[sign]
    if _only_steers(sign):
        return "words", "", ""
    # Letters in fancy styles, full width, in circles: their plain form.
    simpler = unicodedata.normalize("NFKC", sign)
    if not _unprintable().search(simpler):
        return "plain", "", simpler
    return "words", *_name(sign)


def _only_steers(sign: str) -> bool:
    """Whether it has no look of its own: directions, joiners, and what chooses among the looks of another."""
    if sign == OVERRIDE:
        return False
    return unicodedata.category(sign) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(sign, "")


def _name(sign: str) -> tuple[str, str]:
    """Its script, if it is a letter, and its name in lower case."""
    name = unicodedata.name(sign, "")
    if not name:
        return "", f"sign {ord(sign):04x}"
    for beginning, script in SCRIPTS.items():
        if name.startswith(beginning):
            return script, name.removeprefix(beginning).lower()
    if letter := LETTER.fullmatch(name):
        return letter[1].lower(), letter[2].lower()
    return "", name.lower()
