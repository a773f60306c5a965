"""The law file is read whole, and refused with what is wrong where it cannot be trusted."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import registry
from django.core.checks.messages import ERROR

from directives import checks
from directives.jurisdictions import JURISDICTIONS, LAW_FILE, BadLaw, LawInFile, Standing, load
from directives.law_words import WORDS, words
from directives.law_words.treatments import TOPIC_KEYS, TREATMENT_TOPICS

SOUND = LAW_FILE.read_text(encoding="utf-8")
BARS_OF_WITNESSES = (
    "witness_exclusions", "witness_exclusions_newer_law", "one_witness_must_not_be", "sole_witness_exclusions",
)  # fmt: skip
# Words of our house; names of papers and terms of the law stay as they are.
FORBIDDEN = re.compile(r"\bpatient|complian|suffer|fail|abuse|invalid|trigger", re.IGNORECASE)
LAWS_OWN = {"instrument_name", "agent_term", "agent_instrument", "sources"}

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a law file for `load`."""

    def written(content: str) -> Path:
        path = tmp_path / "law.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def changed(old: str, new: str) -> str:
    """The sound file with one thing changed in the table of Texas."""
    before, mark, rest = SOUND.partition('\ncode = "TX"\n')
    table, end, after = rest.partition("\n[[jurisdiction]]\n")
    assert table.count(old) == 1, f"{old} stands {table.count(old)} times in Texas"
    return before + mark + table.replace(old, new) + end + after


def refusal(path: Path) -> str:
    with pytest.raises(BadLaw) as refused:
        load(path)
    return str(refused.value)


def test_it_works() -> None:
    law = load()["WA"]
    assert (law.name, law.witnesses, law.notary, law.min_age) == ("Washington", 2, "alternative", 13)
    assert law.treatments == ("medication", "ect", "admission", "other")
    assert law.is_checked("witnesses")
    assert law.standing("esign_remote") is Standing.ADVICE


def test_every_state_is_there_in_order_of_names_and_the_generic_one_last() -> None:
    names = [law.name for law in JURISDICTIONS.values()]
    assert len(JURISDICTIONS) == 52
    assert names[:-1] == sorted(names[:-1])
    assert list(JURISDICTIONS)[-1] == "XX"
    assert str(JURISDICTIONS["XX"].title) == "Another place, or not sure yet"
    assert JURISDICTIONS["DC"].title == "District of Columbia"


def test_what_is_absent_is_unknown_and_never_no() -> None:
    law = JURISDICTIONS["KY"]
    assert law.revocable_while_incapable is None
    assert law.standing("revocable_while_incapable") is Standing.UNKNOWN
    assert law.standing("registry") is Standing.UNKNOWN


def test_standings_are_by_field_and_not_by_state() -> None:
    law = JURISDICTIONS["TX"]
    assert law.standing("agent_allowed") is Standing.RECALL
    assert law.standing("witnesses") is Standing.CHECKED
    assert JURISDICTIONS["ME"].standing("witnesses") is Standing.SUMMARY


def test_a_name_that_is_no_field_has_no_standing() -> None:
    with pytest.raises(KeyError):
        JURISDICTIONS["TX"].standing("witneses")


def test_what_is_derived_is_our_advice() -> None:
    law = JURISDICTIONS["XX"]
    assert law.standing("witnesses") is Standing.ADVICE
    assert law.standing("override_note") is Standing.UNKNOWN


def test_every_value_has_a_standing_other_than_unknown() -> None:
    frame = {"code", "name", "text_as_of", "sources", "confidence", "standings"}
    for law in JURISDICTIONS.values():
        for name, value in vars(law).items():
            if name not in frame:
                assert (value is None) == (law.standing(name) is Standing.UNKNOWN), f"{law.code} {name}"


def test_reading_is_quick() -> None:
    """Best of five, so that what else the machine does is not measured."""
    taken = []
    for _turn in range(5):
        begun = time.perf_counter()
        load()
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.060


def test_the_file_is_read_when_first_asked_and_once(write: Write) -> None:
    path = write("not read yet")
    states = LawInFile(path)
    path.write_text(SOUND, encoding="utf-8")
    assert states["TX"].name == "Texas"
    path.unlink()
    assert len(states) == len(list(states)) == 52


def test_every_code_has_words_and_no_words_are_for_codes_that_do_not_exist() -> None:
    used: dict[str, set[str]] = {field: set() for field in WORDS}
    for law in JURISDICTIONS.values():
        for field, codes in used.items():
            value = getattr(law, field)
            codes.update((value,) if isinstance(value, str) else value or ())
    # The same people are meant in all four lists about witnesses, so they share their words.
    everybody = set().union(*(used[field] for field in BARS_OF_WITNESSES))
    used |= dict.fromkeys(BARS_OF_WITNESSES, everybody)
    assert {field: set(table) for field, table in WORDS.items()} == used


def test_every_treatment_leads_to_topics_that_exist() -> None:
    used = {treatment for law in JURISDICTIONS.values() for treatment in law.treatments}
    assert used == set(TREATMENT_TOPICS)
    assert {topic for topics in TREATMENT_TOPICS.values() for topic in topics} <= set(TOPIC_KEYS)


def test_words_for_an_unknown_code_are_refused() -> None:
    with pytest.raises(KeyError):
        words("notary", "perhaps")


def test_our_own_wording_keeps_to_the_words_of_the_house() -> None:
    for law in JURISDICTIONS.values():
        for name, value in vars(law).items():
            prose = value if isinstance(value, str) and name not in LAWS_OWN else ""
            assert not FORBIDDEN.search(prose), f"{law.code} {name}: {prose}"
    for table in WORDS.values():
        assert not [text for text in table.values() if FORBIDDEN.search(str(text))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("witnesses = 2", 'witnesses = "two"', "field witnesses: 'two' is not allowed. It must be a whole number."),
        ("witnesses = 2", "witnesses = true", "field witnesses: True is not allowed. It must be a whole number."),
        ("witnesses = 2", "witnesses = -1", "field witnesses: -1 is not allowed. It must be 0 or more."),
        ("witnesses = 2", "witneses = 2", "field witneses: there is no such field. Did you mean: witnesses"),
        ("witnesses = 2\n", "", "field witnesses: it is missing, and every table must have it."),
        (
            "mental_health_instrument = true",
            "mental_health_instrument = 1",
            "field mental_health_instrument: 1 is not allowed. It must be true or false.",
        ),
        ('agent_allowed = "no"', "agent_allowed = false", "field agent_allowed: False is not allowed. It must be"),
        (
            'starts = ["when_court_finds"]',
            'starts = "when_court_finds"',
            "field starts: 'when_court_finds' is not allowed. It must be a list of texts.",
        ),
        (
            'starts = ["when_court_finds"]',
            "starts = [1]",
            "field starts: [1] is not allowed. It must be a list of texts.",
        ),
        (
            'notary = "alternative"',
            'notary = "maybe"',
            'field notary: "maybe" is not a known code. Allowed are: alternative, none, optional, recommended',
        ),
        (
            '"heir_or_devisee"',
            '"heir_or_divisee"',
            'field witness_exclusions: "heir_or_divisee" is not a known code. Did you mean: heir_or_devisee',
        ),
        (
            '"heir_or_devisee"',
            '"facility_employee"',
            'field witness_exclusions: the code "facility_employee" stands twice in it.',
        ),
        ('confidence = "verified"', 'confidence = "sure"', 'field confidence: "sure" is not a known code. Allowed'),
        (
            'recall_fields = ["agent_allowed"]',
            'recall_fields = ["agent_allowed", "witnesses"]',
            "field witnesses: it is in both checked_fields and recall_fields. It can be in one of them.",
        ),
        (
            'recall_fields = ["agent_allowed"]\n',
            "",
            "field agent_allowed: it has a value and no standing. Put it in one of checked_fields, secondary_fields",
        ),
        (
            'recall_fields = ["agent_allowed"]',
            'recall_fields = ["agent_allowed", "agent_alowed"]',
            'field recall_fields: "agent_alowed" is no field that has a standing. Did you mean: agent_allowed',
        ),
        (
            'recall_fields = ["agent_allowed"]',
            'recall_fields = ["agent_allowed", "registry"]',
            "field registry: it is in recall_fields and has no value.",
        ),
    ],
)  # fmt: skip
def test_a_bad_field_is_refused(write: Write, old: str, new: str, said: str) -> None:
    """The message names the file, the state and the field, what is wrong, and what is allowed."""
    message = refusal(write(changed(old, new)))
    assert message.startswith("law.toml: Texas (TX), ")
    assert said in message


def test_a_code_that_is_no_code_is_refused(write: Write) -> None:
    message = refusal(write(SOUND.replace('code = "TX"', 'code = "Texas"')))
    assert "Texas (Texas), field code: 'Texas' is not allowed. A code is two capital letters." in message


def test_a_value_that_is_called_unknown_is_refused(write: Write) -> None:
    source = changed('unknown_fields = ["', 'unknown_fields = ["registry", "').replace(
        'name = "Texas"\n', 'name = "Texas"\nregistry = "a list"\n'
    )
    assert "Texas (TX), field registry: it has a value and is in unknown_fields." in refusal(write(source))


def test_a_checked_field_without_sources_is_refused(write: Write) -> None:
    source = re.sub(r'(name = "Texas"\n.*?)sources = \[.*?\n\]', r"\1sources = []", SOUND, count=1, flags=re.DOTALL)
    assert "Texas (TX), field sources: it is empty, though checked_fields says" in refusal(write(source))


def test_the_same_code_twice_is_refused(write: Write) -> None:
    source = SOUND.replace('code = "TX"', 'code = "UT"', 1)
    assert "the code UT stands twice: for Texas and for Utah." in refusal(write(source))


def test_another_version_is_refused(write: Write) -> None:
    source = SOUND.replace("schema_version = 1", "schema_version = 2")
    assert "schema_version is 2; this program reads 1." in refusal(write(source))


def test_a_file_without_the_generic_table_is_refused(write: Write) -> None:
    assert "the generic table XX is missing" in refusal(write(SOUND.replace('code = "XX"', 'code = "ZZ"')))


def test_a_file_without_tables_is_refused(write: Write) -> None:
    assert "there are no [[jurisdiction]] tables." in refusal(write("schema_version = 1\n"))


def test_a_table_without_a_name_is_found_by_its_place(write: Write) -> None:
    source = "schema_version = 1\n[[jurisdiction]]\nwitnesses = 2\n"
    assert "table 1, field code: it is missing" in refusal(write(source))


def test_what_is_not_toml_is_refused_with_its_line(write: Write) -> None:
    message = refusal(write("schema_version = 1\nname = Texas\n"))
    assert "this is not TOML" in message
    assert "line 2" in message


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "law.toml"
    path.write_bytes(b"\xff\xfe")
    assert "the file is not UTF-8 text." in refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "the file cannot be opened (No such file or directory)." in refusal(tmp_path / "law.toml")


def test_the_check_is_registered_and_content() -> None:
    assert checks.law_is_sound in registry.registry.get_checks()
    assert checks.law_is_sound(None) == []


def test_the_check_turns_a_bad_file_into_a_refusal_to_start(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the file is another one; it is really read and really refused."""
    path = write(changed("witnesses = 2", 'witnesses = "two"'))
    monkeypatch.setattr(checks, "JURISDICTIONS", LawInFile(path))
    (error,) = checks.law_is_sound(None)
    assert (error.id, error.level) == ("directives.E001", ERROR)
    assert "Texas (TX), field witnesses: 'two' is not allowed." in error.msg
