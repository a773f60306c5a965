"""The shape of a catalogue: sections hold lists, lists hold entries, entries answer questions.

What a plan or a directive asks is data of this shape, kept in its own room.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from records.text import Text


@dataclass(frozen=True)
class Question:
    """One box of an entry. The first question of a list is its main words.

    `line`: the type of a box for a single line ("text", "tel"); "" is a box of several rows.
    `is_labelled`: a choice or a day that needs its question beside it to be understood.
    """

    key: str
    label: Text
    hint: Text = ""
    rows: int = 2
    choices: tuple[tuple[str, Text], ...] = ()
    is_date: bool = False
    line: str = ""
    is_labelled: bool = False

    @property
    def is_small(self) -> bool:
        """A choice or a day: shown as a small line, not as words of their own."""
        return not self.is_labelled and (self.is_date or bool(self.choices))


@dataclass(frozen=True)
class Part:
    """One list of a section: its own heading, its questions, and an example for when somebody is stuck.

    `below` names the list whose entries have this one under them, as steps stand under a goal.
    `is_single`: it holds one entry, whose boxes stand open on the page.
    `is_ranked`: the order of its entries says what is wanted first; `order` says that in words, on paper.
    `suggestions`: entries that one press adds.
    """

    key: str
    title: Text
    add: Text
    questions: tuple[Question, ...]
    example: Text = ""
    below: str = ""
    is_single: bool = False
    is_ranked: bool = False
    suggestions: tuple[Text, ...] = ()
    order: Text = ""

    @property
    def main(self) -> Question:
        return self.questions[0]


@dataclass(frozen=True)
class Section:
    """One page of a record. Each room derives its own and says what goes for all of its pages.

    `app`: the namespace of its addresses. `area`: whose colour and tab it has. `record_title`: what the whole is
    called. `hard_groups`: groups of pages about hard times.
    """

    app: ClassVar[str]
    area: ClassVar[str]
    record_title: ClassVar[Text]
    hard_groups: ClassVar[frozenset[str]]

    key: str
    title: Text
    lede: Text
    group: str
    parts: tuple[Part, ...]
    caution: Text = ""

    def part(self, key: str) -> Part:
        """Raises KeyError for a list this section does not have."""
        return {part.key: part for part in self.parts}[key]

    @property
    def lists(self) -> tuple[Part, ...]:
        """The lists that stand on the page by themselves."""
        return tuple(part for part in self.parts if not part.below)

    def below(self, part: Part) -> Part | None:
        """The list that stands under each entry of this one, if there is one."""
        return next((other for other in self.parts if other.below == part.key), None)

    @property
    def slug(self) -> str:
        return self.key.replace("_", "-")

    @property
    def tab_title(self) -> Text:
        """A tab is seen on a watched device: it does not name the hard pages."""
        return self.record_title if self.group in self.hard_groups else self.title

    @property
    def address(self) -> str:
        return reverse(f"{self.app}:section_detail", args=[self.slug])

    @property
    def entrance(self) -> str:
        """Where one comes in from a list of pages: here the page itself, elsewhere perhaps a word before it."""
        return self.address

    @property
    def add_address(self) -> str:
        return reverse(f"{self.app}:entry_add", args=[self.slug])
