"""How a section of a catalogue stands in an address."""

from collections.abc import Mapping
from typing import Any

from records.catalogue import Section


def section_converter(by_slug: Mapping[str, Section]) -> type[Any]:
    """For `register_converter`: a section by its name in the address; any other word is no page."""

    class Converter:
        regex = "|".join(sorted(by_slug, key=len, reverse=True))

        def to_python(self, value: str) -> Section:
            return by_slug[value]

        def to_url(self, value: Section | str) -> str:
            return value.slug if isinstance(value, Section) else value

    return Converter
