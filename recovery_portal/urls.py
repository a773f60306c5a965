"""All addresses. Each view says itself who may reach it; what allauth offers is told here."""

from allauth.account import views as account
from allauth.usersessions import views as usersessions
from django.urls import include, path

from records.access import public, signed_in
from recovery_portal import errors, home, pages
from recovery_portal.help import help_now

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help_now, name="help"),
    path("more/", pages.more, name="more"),
    path("plan/", include("plans.urls")),
    path("", include("sharing.urls")),
    path("account/", include("accounts.urls")),
    path("sign-up/", public(account.signup), name="account_signup"),
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("account/passphrase/", signed_in(account.password_change), name="account_change_password"),
    path("account/sessions/", signed_in(usersessions.list_usersessions), name="usersessions_list"),
]
