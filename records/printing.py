"""From a page of HTML to a file that is kept: what the task modules of all rooms do last. Web processes never load it.

Like `records.pdf`, which it calls, it is imported by task modules only.
"""

from datetime import datetime

from records import files, pdf
from records.files import File
from records.models import Held


def make(record: Held, *, kind: str, part: str, html: str, moment: datetime) -> File:
    """The page as a PDF, kept as a file of this record; the one that is kept already if nothing changed since.

    `html` and `moment`: as for `records.pdf.render`. `part`: what must be shared with whoever is to read it.
    Raises NotLent for a record that did not come from `visible_to`, PermissionError for a part that it was not
    fetched for, and PdfNotMade.
    """
    made_of = [html.encode(), moment.isoformat().encode(), *pdf.maker()]
    fingerprint = record.key.fingerprint(b"\0".join(made_of))
    if found := files.find(record, kind=kind, fingerprint=fingerprint):
        return found
    content = pdf.render(html, moment=moment, identifier=fingerprint)
    return files.keep(record, kind=kind, part=part, fingerprint=fingerprint, content=content)
