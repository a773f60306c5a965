"""The shape of the plan's catalogue: sections hold lists, lists hold entries, entries answer questions."""

from dataclasses import dataclass

from records.text import Text


@dataclass(frozen=True)
class Question:
    """One box of an entry. The first question of a list is its main words."""

    key: str
    label: Text
    hint: Text = ""
    rows: int = 2
    choices: tuple[tuple[str, Text], ...] = ()
    is_date: bool = False

    @property
    def is_small(self) -> bool:
        """A choice or a day: shown as a small line, not as words of their own."""
        return self.is_date or bool(self.choices)


@dataclass(frozen=True)
class Part:
    """One list of a section: its own heading, its questions, and an example for when somebody is stuck.

    `below` names the list whose entries have this one under them, as steps stand under a goal.
    """

    key: str
    title: Text
    add: Text
    questions: tuple[Question, ...]
    example: Text = ""
    below: str = ""

    @property
    def main(self) -> Question:
        return self.questions[0]


@dataclass(frozen=True)
class Section:
    """One page of the plan."""

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
    def scope(self) -> str:
        """The name under which it is shared. It is kept in shares, so it never changes."""
        return f"plan.{self.key}"
