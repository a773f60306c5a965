"""Asks the web process of this container how it is: ends with 0 when it can serve people, otherwise with 1."""

import http.client
import os
import sys


def main() -> int:
    """The name comes from the settings' own list: any other is refused before the page is reached."""
    [host, *_others] = os.environ["ALLOWED_HOSTS"].split()
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8)
    try:
        connection.request("GET", "/health/", headers={"Host": host})
        return int(connection.getresponse().status != 200)
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
