"""The one door to WeasyPrint: whole HTML documents in, tagged and lasting PDF out.

Imported by task modules only: loading the engine costs a second and 50 MB, which web processes never pay.
Documents link their stylesheets as `<link rel="stylesheet" href="asset:print.css">`; see static/print/.
"""

import contextlib
import hashlib
import io
from datetime import datetime

from records import pdf_fonts

pdf_fonts.use_no_others()
try:
    # WeasyPrint prints advice before it gives up; ours is in PangoMissing.
    with contextlib.redirect_stdout(io.StringIO()):
        from records import pdf_engine
except OSError:
    pdf_engine = None  # type: ignore[assignment]

SHORTEST_IDENTIFIER = 16


class PdfNotMade(RuntimeError):
    """The document could not be made as it must be. The text holds nothing of its content."""


class PangoMissing(PdfNotMade):
    """The system lacks the library that sets type. `need` names it for the hint with the command."""

    need = "pango"

    def __init__(self) -> None:
        super().__init__(
            "Documents wait: this machine lacks Pango, which sets their type. On Debian and Ubuntu this brings it: "
            "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


def maker() -> list[bytes]:
    """What else decides on a document's bytes: releases of the engine, our stylesheets. Raises PangoMissing."""
    if pdf_engine is None:
        raise PangoMissing
    weasyprint = pdf_engine.weasyprint
    releases = f"{weasyprint.__version__} {weasyprint.text.ffi.pango.pango_version()}"
    return [releases.encode(), *(content for _name, content in sorted(pdf_engine.stylesheets().items()))]


def render(html: str, *, moment: datetime, identifier: bytes) -> bytes:
    """A PDF that is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once.

    `html`: a whole document with `<html lang>` and a `<title>` that names nobody. `moment`: when it was made and
    changed. `identifier`: 16 bytes or more that belong to this document alone. The same three give the same bytes.
    Characters that our fonts lack are put in words (see `records.pdf_text`).
    Raises PdfNotMade, PangoMissing, and ValueError for a moment without time zone or a short identifier.
    """
    if pdf_engine is None:
        raise PangoMissing
    if moment.tzinfo is None or len(identifier) < SHORTEST_IDENTIFIER:
        raise ValueError("A document needs a moment with a time zone and an identifier of 16 bytes or more.")
    pdf_fonts.use_no_others()
    try:
        return pdf_engine.draw(html, moment, hashlib.sha256(identifier).digest()[:16])
    except pdf_engine.Refused as refused:
        raise PdfNotMade(str(refused)) from None
