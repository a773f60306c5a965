"""django-allauth's pages as we offer them: sign up, sign in, sign out, change the passphrase, prove an address."""

from typing import Any

from allauth.account import views as allauth
from allauth.core.internal.httpkit import add_query_params
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.open_sessions import end_all
from records.access import public, signed_in


class SignUp(allauth.SignupView):
    """Leads on to the recovery kit, and from there to where the person was going."""

    begins = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The button "another" only draws a new name and passphrase."""
        return self.get(request) if self._wants_another else super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self._wants_another:
            email = kwargs.pop("data").get("email", "")
            kwargs |= {"initial": {"email": email}, "files": None}
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        self.begins = True
        return super().form_valid(form)

    def get_success_url(self) -> str | None:
        onwards = super().get_success_url()
        if not self.begins:
            return onwards
        kit = reverse("accounts:recovery_kit")
        return add_query_params(kit, {"next": onwards}) if onwards else kit

    @property
    def _wants_another(self) -> bool:
        return "another" in self.request.POST


class SignOut(allauth.LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        # SECURITY: takes pages out of the browser's cache. Not "cookies": that would forget the known device.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassphrase(allauth.PasswordChangeView):
    """Ends every session, this one too: signing in again shows that the new passphrase is known."""

    def form_valid(self, form: Any) -> HttpResponse:
        end_all(self.request.user)
        return super().form_valid(form)

    def get_default_success_url(self) -> str:
        return reverse("account_login")


class ProveEmail(allauth.ConfirmEmailView):
    def logout_other_user(self, confirmation: Any) -> None:
        """Opening a link signs nobody out."""


sign_up = public(SignUp.as_view())
sign_in = public(allauth.LoginView.as_view())
sign_out = public(SignOut.as_view())
change_passphrase = signed_in(ChangePassphrase.as_view())
prove_email = public(ProveEmail.as_view())
