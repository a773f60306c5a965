"""The page of what was removed from a written record, or emptied, and can be brought back for 30 days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from records.catalogue import Section
from records.entries import Written
from records.reading import Line
from records.requests import PageRequest


def removed_page(request: PageRequest, record: Written, sections: Mapping[str, Section], back: str) -> HttpResponse:
    """For the owner. `back`: the address of the whole record."""
    section = next(iter(sections.values()))
    lines = removed_lines(record, sections)
    context = {"lines": lines, "area": section.area, "back": back, "label": section.record_title}
    return render(request, "entries/removed.html", context)


@dataclass(frozen=True)
class Removed:
    """Something that can be brought back: a line of a list, or what an emptied form said."""

    at: datetime
    line: Line


def removed_lines(record: Written, sections: Mapping[str, Section]) -> list[Removed]:
    """What was removed or emptied in the last 30 days, the latest first."""
    singles = [(section.key, part.key) for section in sections.values() for part in section.parts if part.is_single]
    found = [(wording.entry.removed_at, wording) for wording in record.newest_removed()]
    found += record.newest_emptied(singles)
    removed = []
    for at, wording in found:
        section = sections[wording.entry.section]
        removed.append(Removed(at, Line(section, section.part(wording.entry.part), wording.words, wording)))
    return sorted(removed, key=lambda each: each.at, reverse=True)
