"""What the frame and the components need when no context reaches them: in error pages and in includes with `only`."""

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
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
    token = context.get("csrf_token")
    request = getattr(context, "request", None)
    if not token and request is not None:
        token = get_token(request)
    if not token:
        raise template.TemplateSyntaxError("a form needs a request to be rendered with")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.filter
def undo_address(message: Message) -> str:
    """Where to POST to undo what a message tells of, from `extra_tags="undo:/its/address/"`; else ""."""
    extra = message.extra_tags or ""
    address = extra.removeprefix(_UNDO)
    # SECURITY: a form posted to another site would carry the token there; only paths of this site.
    is_ours = extra.startswith(_UNDO) and address.startswith("/") and not address.startswith("//")
    return address if is_ours else ""
