"""What the frame and the components need when no context reaches them: in error pages and in includes with `only`."""

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
_UNDO = "undo:"


@register.simple_tag
def site_name() -> str:
    """The name on the screen."""
    return settings.SITE_NAME


@register.simple_tag
def leave_address() -> str:
    """Where "Leave this page" goes."""
    return settings.LEAVE_ADDRESS


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """`{% csrf_token %}` that also works in a component included with `only`, where that tag prints nothing."""
    request = getattr(context, "request", None)
    token = _token_of(request) if request is not None else context.get("csrf_token")
    if not token:
        raise template.TemplateSyntaxError("a form needs a request to be rendered with")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


def _token_of(request: HttpRequest) -> str:
    """One token a page: each is masked anew, which is enough against BREACH and costs as much as a query."""
    if not hasattr(request, "form_token"):
        request.form_token = get_token(request)  # type: ignore[attr-defined]
    return request.form_token  # type: ignore[attr-defined]


@register.filter
def undo_address(message: Message) -> str:
    """Where to POST to undo what a message tells of, from `extra_tags="undo:/its/address/"`; else ""."""
    extra = message.extra_tags or ""
    address = extra.removeprefix(_UNDO)
    # SECURITY: a form posted to another site would carry the token there; only paths of this site.
    is_ours = extra.startswith(_UNDO) and address.startswith("/") and not address.startswith("//")
    return address if is_ours else ""
