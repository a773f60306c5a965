"""All addresses. Each view says itself who may reach it; django-allauth's keep the plain names it looks for."""

from django.urls import include, path

from accounts import entrance
from accounts import views as accounts
from recovery_portal import errors, home, pages
from recovery_portal.health import health
from recovery_portal.help import help_now

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help_now, name="help"),
    path("more/", pages.more, name="more"),
    path("health/", health, name="health"),
    path("plan/", include("plans.urls")),
    path("directive/", include("directives.urls")),
    path("groups/", include("peers.urls")),
    path("", include("sharing.urls")),
    path("", include("records.urls")),
    path("account/", include("accounts.urls")),
    path("account/passphrase/", entrance.change_passphrase, name="account_change_password"),
    path("account/sessions/", accounts.session_list, name="usersessions_list"),
    path("account/e-mail/prove/<str:key>/", entrance.prove_email, name="account_confirm_email"),
    path("sign-up/", entrance.sign_up, name="account_signup"),
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
]
