"""As they see it: before and after sharing, the owner sees what the reader sees, no more and no less."""

import re

import pytest

from plans.sections import SECTIONS
from sharing.models import Share
from tests.world import Cast, World

PARTS = ("plan.tools", "plan.goals")


@pytest.fixture
def share(cast: Cast) -> Share:
    cast.ana.writes("tools", "tools", text="I walk by the river", kind="activity")
    goal = cast.ana.writes("goals", "goals", text="Bake bread", why="I like the smell")
    cast.ana.writes("goals", "steps", goal.pk, text="Buy flour")
    cast.ana.writes("gains", "gains", text="I asked for help")
    return cast.ana.shares(cast.ben, *PARTS)


def sections_of(page: bytes) -> list[str]:
    """The sections laid out for reading, without the page around them."""
    return re.findall(r'<section class="reading.*?</section>', page.decode(), re.S)


def test_it_works(cast: Cast, share: Share) -> None:
    seen = sections_of(cast.ben.get("sharing:share_read", share.pk).content)
    assert len(seen) == 2
    assert sections_of(cast.ana.get("sharing:share_preview", share.pk).content) == seen


def test_before_sharing_too(cast: Cast, share: Share) -> None:
    said = {"label": "Cora", "my_name": "Ana", "how": "name", "username": "cora", "parts": list(PARTS)}
    checked = sections_of(cast.ana.post("sharing:share_add", **said).content)
    assert checked == sections_of(cast.ben.get("sharing:share_read", share.pk).content)


def test_it_keeps_step_with_what_is_written(cast: Cast, share: Share) -> None:
    cast.ana.writes("tools", "tools", text="I sing")
    for page in (cast.ana.get("sharing:share_preview", share.pk), cast.ben.get("sharing:share_read", share.pk)):
        assert "I sing" in page.content.decode()


def test_the_owners_name_for_the_reader_stays_with_the_owner(cast: Cast, share: Share) -> None:
    assert "Dr. Osei" in cast.ana.get("sharing:share_preview", share.pk).content.decode()
    assert "Dr. Osei" not in cast.ben.get("sharing:share_read", share.pk).content.decode()


@pytest.mark.parametrize("role", ["reader", "other_reader"])
def test_of_everything_there_is_both_pages_show_the_same(world: World, role: str) -> None:
    share = world.shares[role]
    theirs = sections_of(world.people[role].get("sharing:share_read", share.pk).content)
    assert sections_of(world.owner.get("sharing:share_preview", share.pk).content) == theirs


def test_a_shared_page_of_everything_asks_eight_times_at_most(cast: Cast) -> None:
    """Sections are read in one query, however many are shared."""
    for section in SECTIONS.values():
        for part in section.lists:
            cast.ana.writes(section.key, part.key, **{part.main.key: f"words for {part.key}"})
    whole = cast.ana.shares(cast.ben, *(section.scope for section in SECTIONS.values()))
    asked, _brackets = cast.ben.queries("sharing:share_read", whole.pk)
    assert len(asked) <= 8, "\n".join(asked)


def test_the_preview_asks_eight_times_at_most(cast: Cast, share: Share) -> None:
    asked, _brackets = cast.ana.queries("sharing:share_preview", share.pk)
    assert len(asked) <= 8, "\n".join(asked)
