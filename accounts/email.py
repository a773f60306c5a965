"""The one e-mail address a person may have. It only gets notes; nobody can sign in with it."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User


@transaction.atomic
def set_email(request: HttpRequest, user: User, email: str) -> None:
    """Replace the address, or take it away with "". The old one is told; the new one is asked to say yes."""
    email = email.lower()
    if email == user.email:
        return
    proven = EmailAddress.objects.filter(user=user, verified=True).first()
    EmailAddress.objects.filter(user=user).delete()
    user.email = email
    user.save(update_fields=["email"])
    if proven:
        get_adapter().send_notification_mail("account/email/email_changed", user, email=proven.email)
    if email:
        address = EmailAddress.objects.create(user=user, email=email, primary=True)
        send_verification_email_to_address(request, address)
