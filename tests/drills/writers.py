"""Somebody at an open page: posts saves over HTTP as a browser's autosave does, and notes what was acknowledged."""

import http.client
import re
import secrets
import time
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

SEEN = re.compile(rb'name="seen" value="(\d+)"')


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass
class Writer:
    """One open window. `session` is the cookie of whoever is signed in; `entry` what is edited there."""

    port: int
    session: str
    entry: uuid.UUID = field(default_factory=uuid.uuid4)
    seen: int = 0
    acknowledged: list[str] = field(default_factory=list)
    conflicts: int = 0
    window: uuid.UUID = field(default_factory=uuid.uuid4)

    def __post_init__(self) -> None:
        self._token = secrets.token_hex(16)
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def post(self, address: str, **boxes: object) -> Answer:
        """One request. Raises OSError or HTTPException when there is no answer at all."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        return self._ask("POST", address, urlencode({**boxes, "csrfmiddlewaretoken": self._token}), headers)

    def get(self, address: str) -> Answer:
        """A page, as a browser asks for it."""
        return self._ask("GET", address, None, {})

    def _ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> Answer:
        cookies = {"Cookie": f"sessionid={self.session}; csrftoken={self._token}"}
        try:
            self._connection.request(method, address, body, headers | cookies)
            answer = self._connection.getresponse()
            return Answer(answer.status, answer.read())
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise

    def add(self, text: str, address: str = "/plan/strengths/add/", part: str = "strengths") -> Answer:
        """Save for the first time."""
        return self._noted(text, self.post(address, part=part, text=text, **self._boxes()))

    def save(self, text: str) -> Answer:
        """Save once more."""
        return self._noted(text, self.post(f"/plan/entry/{self.entry}/", text=text, **self._boxes()))

    def save_until_kept(self, text: str) -> None:
        """As a person does who is shown the other wording: looks at it, and saves again."""
        while (answer := self.save(text)).status == HTTPStatus.CONFLICT:
            self.conflicts += 1
        assert answer.status == HTTPStatus.OK, answer

    def move(self, way: str) -> Answer:
        """Up or down in its list."""
        return self.post(f"/plan/entry/{self.entry}/{way}/")

    def close(self) -> None:
        """Close the window."""
        self._connection.close()

    def _boxes(self) -> dict[str, object]:
        return {"entry": self.entry, "window": self.window, "seen": self.seen}

    def _noted(self, text: str, answer: Answer) -> Answer:
        if answer.status == HTTPStatus.OK:
            self.acknowledged.append(text)
        if found := SEEN.search(answer.body):
            self.seen = int(found[1])
        return answer


def until(moment: float) -> None:
    """Sleep until this moment of the monotonic clock."""
    time.sleep(max(moment - time.monotonic(), 0))
