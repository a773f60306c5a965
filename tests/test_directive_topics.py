"""The topics as data: nothing missing, nothing twice, a reason beside each wish, a word before hard pages."""

from collections import Counter

import pytest

from directives.law_words.treatments import TOPIC_KEYS
from directives.topics import BY_SLUG, GROUPS, TOPICS, Topic
from plans.sections import SECTIONS
from records.catalogue import Part

EVERY_PART = [
    pytest.param(topic, part, id=f"{topic.key}.{part.key}") for topic in TOPICS.values() for part in topic.parts
]
# What a person wants, in contrast to facts about them. Others follow a wish more often when they know why.
WISHES = (
    "starts.own", "lasts.own", "self_binding.own", "clinicians.wanted", "clinicians.not_wanted", "clinicians.ask",
    "medicines_yes.medicines", "medicines_no.medicines", "medicines_other.own", "medicine_form.forms", "ect.own",
    "research.own", "alternatives.ways", "admission.own", "places.wanted", "places.not_wanted", "surroundings.own",
    "deescalation.ways", "emergency_measures.measures", "emergency_measures.own", "visitors.may", "visitors.may_not",
    "notify.tell", "notify.not_tell", "release.people", "release.own", "agent.own", "alternate.people",
    "agent_limits.may", "agent_limits.may_not", "guardian.own", "refuse_all.own",
)  # fmt: skip


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_it_works() -> None:
    """Every topic of the published forms, in their order."""
    assert tuple(TOPICS) == TOPIC_KEYS
    assert [topic.key for topic in TOPICS.values()] == list(TOPICS)
    assert len(TOPICS) == 39


def test_every_topic_stands_under_one_heading() -> None:
    groups = [key for key, _title in GROUPS]
    assert {topic.group for topic in TOPICS.values()} == set(groups)
    assert twice(groups) == []
    assert Topic.hard_groups < set(groups)


def test_every_topic_has_words_and_an_address_of_its_own() -> None:
    assert len(BY_SLUG) == len(TOPICS)
    assert twice([str(topic.title) for topic in TOPICS.values()]) == []
    for topic in TOPICS.values():
        assert str(topic.title), topic.key
        assert str(topic.lede), topic.key
        assert topic.parts, topic.key


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_the_parts_of_a_topic_can_be_told_apart(topic: Topic) -> None:
    assert twice([part.key for part in topic.parts]) == []
    assert twice([str(part.title) for part in topic.parts]) == []
    singles = [part.key for part in topic.parts if part.is_single]
    assert singles in ([], ["own"])
    assert [part.key for part in topic.parts if part.key == "own"] == singles, "only a form is called that"


@pytest.mark.parametrize(("topic", "part"), EVERY_PART)
def test_the_questions_of_a_part_can_be_told_apart(topic: Topic, part: Part) -> None:
    assert twice([question.key for question in part.questions]) == []
    assert twice([str(question.label) for question in part.questions]) == []
    for question in part.questions:
        assert str(question.label)
        assert twice([value for value, _label in question.choices]) == []


@pytest.mark.parametrize(("topic", "part"), EVERY_PART)
def test_a_choice_can_be_left_open(topic: Topic, part: Part) -> None:
    """A box of radios that was pressed once cannot be emptied otherwise."""
    for question in part.questions:
        assert "" in dict(question.choices) or not question.choices, question.key


@pytest.mark.parametrize(("topic", "part"), EVERY_PART)
def test_a_line_of_a_list_begins_with_words(topic: Topic, part: Part) -> None:
    if not part.is_single:
        assert part.main.key == "text"
        assert not part.main.choices
        assert not part.main.is_date
        assert str(part.add).startswith("Add "), "each button says what it does"


@pytest.mark.parametrize(("topic", "part"), EVERY_PART)
def test_common_answers_are_told_apart_and_stand_in_ranked_lists(topic: Topic, part: Part) -> None:
    assert twice([str(words) for words in part.suggestions]) == []
    assert part.is_ranked or not part.suggestions


@pytest.mark.parametrize("wish", WISHES)
def test_each_wish_has_room_for_its_reason(wish: str) -> None:
    topic, part = wish.split(".")
    assert "reason" in [question.key for question in TOPICS[topic].part(part).questions]


def test_each_part_where_one_can_say_yes_or_no_is_known_as_a_wish() -> None:
    """A new topic that asks for a wish is noticed here."""
    asking = {
        f"{topic.key}.{part.key}"
        for topic in TOPICS.values()
        for part in topic.parts
        if part.is_ranked or any({"yes", "no"} <= dict(question.choices).keys() for question in part.questions)
    }
    # Five facts about me are put in order, and are no wish.
    assert asking - {"first_five.things"} <= set(WISHES)


def test_force_and_old_hurt_have_a_word_before_them() -> None:
    assert [topic.key for topic in TOPICS.values() if topic.warning] == ["emergency_measures", "trauma"]
    for topic in TOPICS.values():
        assert topic.entrance.endswith("/before/") == bool(topic.warning)


def test_a_tab_names_no_illness_medicine_or_hospital() -> None:
    """Tabs are read over a shoulder."""
    shown = {str(topic.tab_title) for topic in TOPICS.values()} - {"My directive"}
    open_groups = {"first", "speaks", "people", "life", "paper"}
    assert shown == {str(topic.title) for topic in TOPICS.values() if topic.group in open_groups}


def test_on_a_shared_page_no_topic_is_taken_for_a_section_of_the_plan() -> None:
    assert not TOPICS.keys() & SECTIONS.keys()
