"""SQL of somebody's own, as the web role and past everything Python says: for the tests of the wall round groups."""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.world import World

ASK = """
    INSERT INTO peers_membership (id, holder_id, group_id, person_id, made_at, accepted_at, line, seated_at, ended_how)
    VALUES (gen_random_uuid(), %(holder)s, %(group)s, %(person)s, '2020-01-01', now(), -1, now(), '')
    RETURNING accepted_at, line, seated_at, made_at > now() - interval '1 day'
"""
HELP = """
    INSERT INTO peers_facilitator (id, holder_id, group_id, person_id, asked_by_id, made_at, accepted_at)
    VALUES (gen_random_uuid(), %(holder)s, %(group)s, %(person)s, %(asked_by)s, now(), %(accepted)s)
"""
MARK = """
    INSERT INTO peers_mark (id, holder_id, session_id, membership_id, number, what, made_by_id, made_at)
    VALUES (gen_random_uuid(), %(holder)s, %(session)s, %(membership)s, 99, 'here', %(by)s, now())
"""
OPEN = """
    INSERT INTO peers_session (id, holder_id, group_id, held_on, starts_at, changed_at)
    VALUES (gen_random_uuid(), %(holder)s, %(group)s, '2026-01-05', now(), now())
"""
END = "UPDATE peers_membership SET ended_at = now(), ended_how = %(how)s WHERE id = %(pk)s"
END_HELP = "UPDATE peers_facilitator SET ended_at = now() WHERE id = %(pk)s"


def does(world: World, role: str, statement: str, **values: Any) -> list[tuple[Any, ...]] | int:
    """What a role's own SQL gives, or how many rows it touched. Whatever waits for the commit is checked as well."""
    person = world.groups.elsewhere if role == "elsewhere" else world.people[role]
    with person.acting(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall() if cursor.description else cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return found


def refused(world: World, role: str, why: str, statement: str, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why):
        does(world, role, statement, **values)


def here(world: World, **also: Any) -> dict[str, Any]:
    group = world.groups.group.pk
    return {"holder": group, "group": group, **also}


def mine(world: World, role: str) -> dict[str, Any]:
    return {"person": world.people[role].pk}
