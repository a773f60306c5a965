"""Translations: each compiled file must be what its source says."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def check() -> tuple[bool, str]:
    """Whether every .po has a .mo with the same messages, and which do not."""
    wrong = [str(source.relative_to(ROOT)) for source in sorted(ROOT.glob("locale/**/*.po")) if not matches(source)]
    return not wrong, "Not compiled (python manage.py compilemessages): " + ", ".join(wrong)


def matches(source: Path) -> bool:
    """Compare the finished messages of a source with those compiled."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        return False
    wanted, made = polib.pofile(str(source)).translated_entries(), polib.mofile(str(compiled))
    return {key(entry) for entry in wanted} == {key(entry) for entry in made}


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[object, ...]:
    """What makes two entries the same."""
    return (
        entry.msgctxt or "",
        entry.msgid,
        entry.msgid_plural or "",
        entry.msgstr,
        tuple(sorted(entry.msgstr_plural.items())),
    )
