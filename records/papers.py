"""How a finished paper leaves the site."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.text import slugify

from records.files import File


def download(file: File) -> HttpResponse:
    """The PDF, to be kept. Its name is seen in a list of downloads: it says nothing of what it holds."""
    name = f"{slugify(settings.SITE_NAME) or 'document'}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(file.content), content_type="application/pdf", headers=headers)
