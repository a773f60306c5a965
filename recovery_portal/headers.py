"""Headers that keep pages private. The content policy itself is django-csp's, in the settings."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]

_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
_OURS = {"publickey-credentials-create", "publickey-credentials-get"}
PERMISSIONS = ", ".join(f"{name}=({'self' if name in _OURS else ''})" for name in _OFF)


class PrivateByDefault:
    """Every page is for one person only, unless its view says otherwise.

    Static files never come here: WhiteNoise answers them before.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # SECURITY: without no-store, Back after signing out on a shared device shows the last person's words.
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
