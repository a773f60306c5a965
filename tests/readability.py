"""How hard a rendered page is to read: the Flesch-Kincaid grade of our own words, and the longest sentence.

What the person typed (`data-words`) and names of others' things (`data-name`) count as one short word.
Short sentences alone push the grade down, so it is held together with the length of sentences.
Source: Kincaid et al. 1975, Derivation of new readability formulas for Navy enlisted personnel.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

GRADE, HARD_STOP, LONGEST = 5.0, 6.0, 20
# Labels and buttons of a word or two are no sentences: as such they would only hide hard ones.
FEWEST_WORDS = 4

_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "dt",
    "dd",
    "label",
    "legend",
    "summary",
    "td",
    "th",
    "caption",
    "div",
    "button",
}
_SKIPPED = {"nav", "script", "style", "svg", "template", "textarea", "select", "head", "footer"}
_EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_STAND_IN = " it "
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True)
class Reading:
    """`grade` is a US school year; `longest` counts the words of `sentence`."""

    grade: float
    longest: int
    sentence: str

    @property
    def faults(self) -> list[str]:
        found = []
        if self.grade > GRADE:
            found.append(f"reading grade {self.grade:.1f} is over {GRADE:g}")
        if self.longest > LONGEST:
            found.append(f"a sentence of {self.longest} words: {self.sentence}")
        return found


class _Words(HTMLParser):
    """Collects the text of each block; what is nested in a skipped element is not ours to measure."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.open: list[tuple[str, bool]] = []

    @property
    def is_skipping(self) -> bool:
        return any(skips for _, skips in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "br":
            self.blocks[-1] += " "
        if tag in _EMPTY:
            return
        if tag in _BLOCKS:
            self.blocks.append("")
        is_theirs = "data-words" in given or "data-name" in given
        if is_theirs and not self.is_skipping:
            self.blocks[-1] += _STAND_IN
        is_unseen = "unseen" in (given.get("class") or "").split()
        self.open.append((tag, is_theirs or is_unseen or tag in _SKIPPED))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                break
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.is_skipping:
            self.blocks[-1] += data


def syllables(word: str) -> int:
    """An estimate: groups of vowels, without the silent ends of English."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters))
    if count > 1 and letters.endswith("e") and not letters.endswith(("le", "ee", "ye")):
        count -= 1
    if count > 1 and letters.endswith("ed") and not letters.endswith(("ted", "ded")):
        count -= 1
    if count > 1 and letters.endswith("es") and not letters.endswith(("ses", "zes", "ches", "shes", "ges", "ces")):
        count -= 1
    return max(1, count)


def sentences(html: str) -> list[str]:
    """The sentences of a page; a heading or a list item ends like one."""
    parser = _Words()
    parser.feed(html)
    blocks = [" ".join(block.split()) for block in parser.blocks]
    whole = [block for block in blocks if len(_WORD.findall(block)) >= FEWEST_WORDS]
    split = (part for block in whole for part in re.split(r"(?<=[.!?:])\s+", block))
    return [part for part in split if _WORD.search(part)]


def measure(html: str) -> Reading:
    """The reading of a rendered page. A page without sentences is easy: grade 0."""
    found = sentences(html)
    words = [word for sentence in found for word in _WORD.findall(sentence)]
    if not words:
        return Reading(0.0, 0, "")
    longest = max(found, key=lambda sentence: len(_WORD.findall(sentence)))
    grade = 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Reading(grade, len(_WORD.findall(longest)), longest)
