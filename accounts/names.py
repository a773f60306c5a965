"""Names that say nothing about a person. What a person may do follows from records, never from here."""

import secrets

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User

NAME_LENGTH = 40
# No "@": an e-mail address as a name would tell who somebody is.
NAME_VALIDATORS = [RegexValidator(r"^[\w.-]+\Z", _("Use only letters, numbers, and these signs: - _ ."))]

_KINDS = """
    amber bright broad calm clear cosy early easy even fair fine fresh gentle gold good grand green happy high
    kind light lively lucky mellow merry mild misty neat new open pale plain quick quiet round silver simple
    slow small smooth snowy soft spring steady still summer sunny sweet tall tidy warm wide wild winter wise
""".split()  # noqa: SIM905 - a list would be a hundred lines
_THINGS = """
    apple aspen barn bay beach bell berry birch boat bridge brook cedar cherry cloud clover coast corner cove
    creek daisy field finch forest garden harbor heron hill island ivy kite lake lantern lark leaf linden
    maple meadow moon moss oak ocean orchard otter path pebble pine pond poplar reed river robin shell shore
    sparrow star stone stream sun swan tree valley violet wave willow wind wren
""".split()  # noqa: SIM905 - a list would be a hundred lines


def neutral_name() -> str:
    """A name nobody has yet, such as quiet-river-482."""
    while True:
        name = f"{secrets.choice(_KINDS)}-{secrets.choice(_THINGS)}-{100 + secrets.randbelow(900)}"
        if not User.objects.filter(username=name).exists():
            return name


def person_called(name: str) -> User | None:
    """Who signs in with this name, in capitals or not.

    SECURITY: the answer says which names exist: count how often a person may ask.
    """
    return User.objects.filter(username__iexact=name, is_active=True).first() if name else None
