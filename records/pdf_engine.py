"""WeasyPrint, tamed: it fetches nothing but our own stylesheets and says no word about what it reads.

Only `records.pdf` imports this. Importing it raises OSError where Pango is missing.
"""

import contextlib
import functools
import io
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.css import ColorProfile
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from records.pdf_text import breakable, printable

STYLESHEETS = Path(__file__).resolve().parent.parent / "static" / "print"
LOGGER = logging.getLogger("weasyprint")
# SECURITY: its warnings quote the text and the addresses in it; passed on, they would land in our log.
LOGGER.propagate = False
LOGGER.setLevel(logging.WARNING)
# Under its usual name "srgb" WeasyPrint 70.0 opens the profile's file once a document, and never closes it.
COLOURS = "print-srgb"
PROFILE = (resources.files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "output_intent": COLOURS}
# Attributes that are spoken or drawn; others never reach a reader.
SPOKEN = ("alt", "title", "aria-label")
# WeasyPrint writes one standard's mark at a time. This one names PDF/UA-1 (ISO 14289-1, 5) beside PDF/A-3a, which
# wants each foreign mark described (ISO 19005-3, 6.6.2.3).
UNIVERSAL_ACCESS = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that this document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class Refused(Exception):
    """The document cannot be made. The text holds nothing of its content."""


class OnlyOurs(URLFetcher):
    """Gives our own stylesheets, by names such as `asset:print.css`. Everything else ends the rendering."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        # SECURITY: no file, no network, no data: address, whatever a text manages to smuggle into the page.
        # WeasyPrint swallows ordinary errors, so this must be the fatal one.
        if url not in stylesheets():
            raise FatalURLFetchingError("The document asks for something that is not ours.")
        return URLFetcherResponse(url, stylesheets()[url], {"Content-Type": "text/css; charset=utf-8"})


@functools.cache
def stylesheets() -> dict[str, bytes]:
    """Our stylesheets for paper, by the address under which a document asks for them."""
    return {f"asset:{path.name}": path.read_bytes() for path in sorted(STYLESHEETS.glob("*.css"))}


# SECURITY: no protocol is allowed in case a later WeasyPrint fetches past the method above.
FETCHER = OnlyOurs(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


class Complaints(logging.Handler):
    """Collects what would leave the document incomplete: errors, and characters that no font has."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # The message before its arguments are filled in: those are content.
        if record.levelno >= logging.ERROR or ".notdef" in str(record.msg):
            self.heard.append(str(record.msg))


def draw(html: str, moment: datetime, identifier: bytes) -> bytes:
    """The PDF. Raises `Refused`, also where WeasyPrint by itself would go on without something."""
    with _strictly():
        document = _lay_out(html)
        _describe(document.metadata, moment)
        return document.write_pdf(finisher=_finish, pdf_identifier=identifier, **OPTIONS)


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Whatever goes wrong inside raises `Refused`, with nothing of the document in its text."""
    complaints = Complaints()
    LOGGER.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError:
        raise Refused("The document asks for something that is not ours.") from None
    except Refused:
        raise
    except Exception as error:
        # SECURITY: its own text may quote the document, so only its kind and place are passed on.
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise Refused(f"WeasyPrint ended with {type(error).__name__} in {place.name}.") from None
    finally:
        LOGGER.removeHandler(complaints)
    if complaints.heard:
        raise Refused(f"WeasyPrint would leave something out: {complaints.heard[0]}")


def _lay_out(html: str) -> weasyprint.Document:
    """The pages of a document that has what every reader needs."""
    # A NUL has no place in HTML: the parser would drop it without a trace.
    parsed = weasyprint.HTML(string=html.replace("\0", "\ufffd"), url_fetcher=FETCHER)
    root = parsed.etree_element
    if not root.get("lang", "").strip() or not (root.findtext("head/title") or "").strip():
        raise Refused("A document needs a language (html lang) and a title.")
    _make_printable(root)
    channels = (["r"], ["g"], ["b"])
    profile = ColorProfile(io.BytesIO(PROFILE), "sRGB2014.icc", "relative-colorimetric", channels)
    return parsed.render(color_profiles={COLOURS: profile}, **OPTIONS)


def _describe(metadata: DocumentMetadata, moment: datetime) -> None:
    """Only title, language and moment: whatever else a page's head says stays out."""
    metadata.created = metadata.modified = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.authors, metadata.keywords, metadata.custom = [], [], {}
    metadata.description = metadata.generator = None


def _make_printable(root: Any) -> None:
    """Do it here for every document, so that no template can forget it."""
    for element in root.iter():
        if element.tail:
            element.tail = breakable(printable(element.tail))
        if not isinstance(element.tag, str) or element.tag in ("style", "script"):
            continue
        if element.text:
            element.text = breakable(printable(element.text))
        for name in SPOKEN:
            if name in element.attrib:
                element.set(name, printable(element.get(name)))


def _finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Add the second standard's mark, just before the file is written."""
    # WeasyPrint 70.0 lists every attachment twice.
    if listed := pdf.catalog.get("AF"):
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(listed))
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    before, end, after = metadata.stream[0].rpartition(b"</rdf:RDF>")
    metadata.stream[0] = before + UNIVERSAL_ACCESS + end + after
