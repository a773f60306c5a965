"""Who may do what: the one table every view and template is held to.

Consult-only is plain to see: no row that changes something of the person's names the consultant.
Staff and superusers appear nowhere. To somebody's records they are strangers.
"""

from enum import StrEnum
from typing import Protocol

from records.models import NotLent


class Relation(StrEnum):
    """What somebody is to one record, or to one group."""

    OWNER = "owner"
    CONSULTANT = "consultant"
    INVITED = "invited"
    FACILITATOR = "facilitator"
    ASKED_TO_HELP = "asked to help"
    MEMBER = "member"
    WAITING = "waiting"
    ASKING = "asking"
    VISITOR = "visitor"


class Action(StrEnum):
    VIEW = "view"
    EDIT = "edit"
    PRINT = "print"
    SHARE = "share"
    PREVIEW = "preview"
    READ = "read"
    ANSWER_INVITATION = "answer invitation"
    LEAVE = "leave"
    SEE_GROUP = "see group"
    JOIN = "join"
    TAKE_PART = "take part"
    ANSWER_HELPING = "answer helping"
    RUN = "run"


IN_A_GROUP = frozenset({Relation.MEMBER, Relation.WAITING, Relation.ASKING})
ALLOWED: dict[Action, frozenset[Relation]] = {
    # On the plan and the directive, and on their entries.
    Action.VIEW: frozenset({Relation.OWNER}),
    Action.EDIT: frozenset({Relation.OWNER}),
    # A document of what one may read anyway.
    Action.PRINT: frozenset({Relation.OWNER, Relation.CONSULTANT}),
    # On a share.
    Action.SHARE: frozenset({Relation.OWNER}),
    Action.PREVIEW: frozenset({Relation.OWNER}),
    Action.READ: frozenset({Relation.CONSULTANT}),
    Action.ANSWER_INVITATION: frozenset({Relation.INVITED}),
    Action.LEAVE: frozenset({Relation.CONSULTANT}),
    # On a group. None of these opens anything of a person's own: a group is a holder by itself.
    Action.SEE_GROUP: IN_A_GROUP | {Relation.FACILITATOR, Relation.ASKED_TO_HELP, Relation.VISITOR},
    # The next three are a person's own answers. Pressed twice they find nothing to do, which is no mistake.
    Action.JOIN: IN_A_GROUP | {Relation.VISITOR, Relation.ASKED_TO_HELP},
    Action.TAKE_PART: IN_A_GROUP | {Relation.ASKED_TO_HELP, Relation.VISITOR},
    Action.ANSWER_HELPING: IN_A_GROUP | {Relation.ASKED_TO_HELP, Relation.VISITOR, Relation.FACILITATOR},
    Action.RUN: frozenset({Relation.FACILITATOR}),
}


class Related(Protocol):
    relation: str


def allows(action: Action, record: Related) -> bool:
    """May the person this record was fetched for do this to it?

    Raises NotLent for a record that did not come from `visible_to`: nobody knows what they are to it.
    """
    try:
        relation = record.relation
    except AttributeError as unknown:
        raise NotLent(f"{record} was not fetched through visible_to") from unknown
    return relation in ALLOWED[action]
