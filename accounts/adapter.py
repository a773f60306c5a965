"""Where django-allauth asks us: limits that lock nobody out, mail that says little, no addresses kept."""

import logging
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import devices
from accounts.models import User

logger = logging.getLogger(__name__)

ON_KNOWN_DEVICE = "login_on_known_device"
# The table's column wants an address. We want none.
NO_ADDRESS = "0.0.0.0"  # nosec B104  # noqa: S104 - nothing listens here


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("This name and passphrase do not fit together. Please look at both again."),
        "too_many_login_attempts": _(
            "There were many tries with this name or from this place. Wait one hour, then try again."
            " A device you used before, or your recovery kit, works now."
        ),
        "username_taken": _("Somebody has this name already. Choose another one."),
        "username_blacklisted": _("This name is not free. Choose another one."),
        "enter_current_password": _("This is not your passphrase. Try again."),
        "incorrect_password": _("This is not your passphrase. Try again."),
    }

    def is_safe_url(self, url: str | None) -> bool:
        # SECURITY: an address Python cannot read ("http://[") would be a 500, which rolls the counted try back.
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # SECURITY: the name alone. With the host in it, each of our host names would grant new tries.
        return credentials.get("username", "").lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try: with this device's own if the person is known on it, else with everybody's."""
        self._own_tries = devices.own_tries(request, credentials.get("username", ""))
        if self._own_tries and ratelimit.consume(request, action=ON_KNOWN_DEVICE, key=self._own_tries):
            return
        # When somebody else used up the device's tries, the person still has what every new device has.
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user and self._own_tries:
            ratelimit.clear(request, action=ON_KNOWN_DEVICE, key=self._own_tries)
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        # SECURITY: not through `authenticate`: strangers' tries under this name would count against the person.
        return user.check_password(password)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit=False)
        user.time_zone = form.cleaned_data.get("time_zone") or user.time_zone
        if commit:
            user.save()
        return user

    def post_login(self, request: HttpRequest, user: User, *, signup: bool = False, **kwargs: Any) -> HttpResponse:
        if signup:
            # Who just chose a passphrase need not type it again to make a recovery kit.
            record_authentication(request, user, method="password")
        response = super().post_login(request, user, signup=signup, **kwargs)
        UserSession.objects.filter(session_key=request.session.session_key).update(ip=NO_ADDRESS)
        devices.remember(request, response, user.username)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return render(request, "account/account_inactive.html", status=HTTPStatus.FORBIDDEN)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Only to an address whose owner said that it is theirs: others get no mail about a stranger."""
        proven = EmailAddress.objects.filter(user_id=user.pk, verified=True).order_by("-primary").first()
        if email or proven:
            super().send_notification_mail(template_prefix, user, context, email or proven.email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail that cannot be sent stops nobody: everything works without e-mail."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.warning("mail not sent", exc_info=error)
