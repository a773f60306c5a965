"""What a text might smuggle into a document: nothing is fetched, nothing leaks, nothing is attached."""

import logging
import socket
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import weasyprint
from django.template import Context, Engine

from records import pdf
from tests.documents import Paper, print_out, sheet, squeezed

SECRET = b"only this machine may know"
# {} is an address. Each route is one by which HTML, CSS or SVG can ask for a file.
FETCHING = {
    "picture": '<img alt="x" src="{}">',
    "stylesheet": '<link rel="stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "attachment by a link": '<a rel="attachment" href="{}">x</a>',
    "import": '<style>@import url("{}");</style>',
    "background": "<p style='background: url(\"{}\")'>x</p>",
    "background of the page": '<style>@page {{ background: url("{}") }}</style>',
    "font": '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>x</p>',
    "colours": '<style>@color-profile --x {{ src: url("{}") }}</style>',
    "content": '<style>p::before {{ content: url("{}") }}</style><p>x</p>',
    "list mark": "<ul style='list-style-image: url(\"{}\")'><li>x</li></ul>",
    "border": "<p style='border: 1px solid; border-image: url(\"{}\") 1'>x</p>",
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "picture in a drawing": '<svg width="9" height="9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    "import in a drawing": '<svg width="9" height="9"><title>x</title><style>@import "{}";</style></svg>',
    "font in a drawing": (
        '<svg width="9" height="9"><title>x</title><style>@font-face {{ font-family: x; src: url("{}") }}</style>'
        "<text>x</text></svg>"
    ),
    "base": '<base href="{}"><img alt="x" src="secret.txt">',
}
# WeasyPrint follows none of these: the document is made, and must be as harmless.
IGNORED = {
    "frame": '<iframe src="{}"></iframe>',
    "sources": '<picture><source srcset="{}"><img alt="x" srcset="{}"></picture>',
    "film": '<video poster="{}" src="{}"></video><audio src="{}"></audio><input type="image" src="{}">',
    "copy in a drawing": '<svg width="9" height="9"><title>x</title><use href="{}#a"/></svg>',
    "moving on": '<meta http-equiv="refresh" content="0;url={}">',
    "script": '<script src="{}"></script>',
    "link": '<a href="{}">x</a>',
}
KINDS = ["web", "file", "file in capitals", "data", "drawing that asks for a file"]


@dataclass
class Machine:
    """A listening socket and a file that must stay unread, and the addresses that lead to them."""

    addresses: dict[str, str]
    calls: list[bytes] = field(default_factory=list)

    def answer(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                self.calls.append(connection.recv(4096))
                connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\n/* " + SECRET + b" */")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    secret = tmp_path_factory.mktemp("machine") / "secret.txt"
    secret.write_bytes(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{secret.as_uri()}"/></svg>'.replace('"', "%22")
        made = Machine(
            {
                "web": f"http://127.0.0.1:{listening.getsockname()[1]}/secret.txt",
                "file": secret.as_uri(),
                "file in capitals": secret.as_uri().replace("file", "FILE"),
                "data": "data:text/css,p{color:red}",
                "drawing that asks for a file": f"data:image/svg+xml,{drawing.replace('<', '%3C').replace('>', '%3E')}",
            }
        )
        thread = threading.Thread(target=made.answer, args=[listening], daemon=True)
        thread.start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def unharmed(machine: Machine, paper: Paper) -> None:
    assert machine.calls == []
    assert paper.attachments() == {}
    assert SECRET not in paper.everything()


def filled(route: str, address: str) -> str:
    return route.replace("{}", address).replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("route", FETCHING)
def test_it_works(machine: Machine, route: str, kind: str) -> None:
    """As raw HTML, as if escaping were forgotten somewhere: the document is refused, and nothing was read before."""
    with pytest.raises(pdf.PdfNotMade) as refused:
        print_out(sheet(f"<h1>Plan</h1>{filled(FETCHING[route], machine.addresses[kind])}"))

    assert machine.calls == []
    told = "".join(traceback.format_exception(refused.value))
    assert not any(address in told for address in machine.addresses.values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("route", IGNORED)
def test_what_the_engine_ignores_stays_ignored(machine: Machine, route: str, kind: str) -> None:
    unharmed(machine, print_out(sheet(f"<h1>Plan</h1>{filled(IGNORED[route], machine.addresses[kind])}")))


@pytest.mark.parametrize("address", ["secret.txt", "../secret.txt", "/etc/passwd", "//127.0.0.1/x", "asset:../x.css"])
@pytest.mark.parametrize("route", FETCHING)
def test_an_address_without_a_place_leads_nowhere(machine: Machine, route: str, address: str) -> None:
    """WeasyPrint refuses some of these and ignores others."""
    try:
        paper = print_out(sheet(f"<h1>Plan</h1>{filled(FETCHING[route], address)}"))
    except pdf.PdfNotMade:
        assert machine.calls == []
    else:
        unharmed(machine, paper)
        assert b"root:" not in paper.everything()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("route", [*FETCHING, *IGNORED])
def test_as_somebodys_words_it_is_printed_as_it_stands(machine: Machine, route: str, kind: str) -> None:
    """Through a template, in a text and in attributes: letters, nothing more."""
    words = filled({**FETCHING, **IGNORED}[route], machine.addresses[kind])
    template = Engine().from_string('<h1>Plan</h1><p title="{{ words }}" class="{{ words }}">{{ words }}</p>')
    paper = print_out(sheet(template.render(Context({"words": words}))))

    unharmed(machine, paper)
    assert squeezed(words) in squeezed(paper.text())


class Log(logging.Handler):
    """What the whole process would write into its log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_no_word_reaches_the_log() -> None:
    """WeasyPrint's log quotes what it does not understand. Some of that is what people wrote."""
    body = (
        '<h1>Plan</h1><p style="river: lantern(1)">x</p><img alt="x" src="river-lantern.png"><a href="#lantern">x</a>'
    )
    log, root = Log(), logging.getLogger()
    root.addHandler(log)
    try:
        with pytest.raises(pdf.PdfNotMade) as refused:
            print_out(sheet(body))
        logging.getLogger("another").warning("heard")
    finally:
        root.removeHandler(log)

    assert log.lines == ["heard"]
    assert "lantern" not in "".join(traceback.format_exception(refused.value))


def test_the_secret_would_be_found(machine: Machine, tmp_path: Path) -> None:
    """WeasyPrint by itself does fetch: so the tests above look at the right places."""
    body = filled(FETCHING["attachment"], machine.addresses["file"]) + filled(
        FETCHING["stylesheet"], machine.addresses["web"]
    )
    paper = Paper(weasyprint.HTML(string=f"<html lang=en><title>x</title>{body}").write_pdf())

    assert SECRET in paper.everything()
    assert list(paper.attachments().values()) == [SECRET]
    assert len(machine.calls) == 1
    machine.calls.clear()
