"""Makes and opens PDFs for tests: text, pages as pictures, fonts, metadata, attachments and structure."""

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from records import pdf

MOMENT = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
IDENTIFIER = b"one document only"


def sheet(body: str, *, head: str = "", language: str = "en") -> str:
    """A whole document as HTML, with our base stylesheet."""
    link = '<link rel="stylesheet" href="asset:print.css">'
    return (
        f'<!doctype html><html lang="{language}"><head><title>Plan</title>{link}{head}</head><body>{body}</body></html>'
    )


def print_out(html: str) -> "Paper":
    """The document as our one door makes it."""
    return Paper(pdf.render(html, moment=MOMENT, identifier=IDENTIFIER))


def squeezed(text: str) -> str:
    """A text without what lines and pages do to it, to find it again on paper.

    Without hyphens too: pdfium takes one at the end of a line for a divided word.
    """
    return re.sub(r"[-\s\u00ad\u200b-\u200d\ufffe\ufeff]+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Span:
    """One character on a page: where its box is, in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Paper:
    """A PDF that was made: `Paper(bytes)`."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.inside = pikepdf.open(io.BytesIO(content))

    def pages(self) -> list[str]:
        """The text of each page, as a copy and paste would give it."""
        with pypdfium2.PdfDocument(self.content) as document:
            return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]

    def text(self) -> str:
        return "\n".join(self.pages())

    def spans(self, page: int) -> list[Span]:
        """Where the visible characters of one page (from 0) are."""
        with pypdfium2.PdfDocument(self.content) as document:
            text = document[page].get_textpage()
            boxes = [Span(*text.get_charbox(index)) for index in range(text.count_chars())]
        return [box for box in boxes if box.right > box.left]

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of one page (from 0), in points."""
        box = self.inside.pages[page].mediabox
        return float(box[2]) - float(box[0]), float(box[3]) - float(box[1])

    def write_pictures(self, folder: Path, *, dots_per_inch: int = 100) -> list[Path]:
        """Each page as a PNG, to look at."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        with pypdfium2.PdfDocument(self.content) as document:
            for number, page in enumerate(document, start=1):
                written.append(folder / f"page-{number}.png")
                page.render(scale=dots_per_inch / 72).to_pil().save(written[-1])
        return written

    def fonts(self) -> set[str]:
        """The names of all fonts, without the six letters that mark a subset."""
        named = [item for item in self.dictionaries() if "/FontName" in item]
        return {str(item.FontName).lstrip("/").partition("+")[2] for item in named}

    def fonts_left_out(self) -> set[str]:
        """The names of fonts that are used without being in the file."""
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        named = [item for item in self.dictionaries() if "/FontName" in item]
        return {str(item.FontName) for item in named if not any(name in item for name in files)}

    def metadata(self) -> dict[str, str]:
        """What the file says about itself: /Title, /Producer and so on."""
        return {str(name): str(value) for name, value in self.inside.docinfo.items()}

    def described(self) -> str:
        """The same once more, and which standards it follows, as XML (XMP)."""
        return bytes(self.inside.Root.Metadata.read_bytes()).decode()

    def language(self) -> str:
        return str(self.inside.Root.Lang)

    def attachments(self) -> dict[str, bytes]:
        """What is attached, by its name."""
        return {name: spec.get_file().read_bytes() for name, spec in self.inside.attachments.items()}

    def structure(self) -> list[str]:
        """The tags in reading order: Document, H1, P, L, LI and so on."""
        return self._tags(self.inside.Root.StructTreeRoot.get("/K"))

    def everything(self) -> bytes:
        """All streams unpacked, and all that stands between them: to look for what must not be there."""
        opened = io.BytesIO()
        self.inside.save(opened, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        return opened.getvalue()

    def dictionaries(self) -> list[pikepdf.Dictionary]:
        return [item for item in self.inside.objects if isinstance(item, pikepdf.Dictionary)]

    def _tags(self, item: Any) -> list[str]:
        if isinstance(item, pikepdf.Array):
            return [tag for child in item for tag in self._tags(child)]
        if not isinstance(item, pikepdf.Dictionary) or "/S" not in item:
            return []
        return [str(item.S).lstrip("/"), *self._tags(item.get("/K"))]
