"""The second wall, for use in migrations: who of the database's roles may touch which rows.

The first wall is `visible_to`. This one stands in PostgreSQL (row-level security), so that a forgotten
filter, raw SQL or a new view still gives nobody a foreign row. A table without a wall is closed:
nothing is granted by default.
"""

from collections.abc import Mapping
from typing import Any

from django.db.migrations.operations import RunSQL

ROLES = "recovery_web, recovery_worker"
# As Django's types have it: a statement, or one with parameters.
Statement = str | tuple[str, Any]
MINE = "holder_id = (SELECT sec.person())"


def wall(table: str, may: str, policies: Mapping[str, tuple[str, str, str]]) -> RunSQL:
    """Row-level security on a table.

    `may`: privileges of the web and worker roles, such as "SELECT, INSERT".
    `policies`: name → (command, condition for rows that are seen, condition for rows that are written);
    an empty condition is left out.
    """
    up: list[Statement] = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"GRANT {may} ON {table} TO {ROLES}"]
    down: list[Statement] = [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", f"REVOKE ALL ON {table} FROM {ROLES}"]
    for name, (command, seen, written) in policies.items():
        using = f" USING ({seen})" if seen else ""
        check = f" WITH CHECK ({written})" if written else ""
        up.append(f"CREATE POLICY {name} ON {table} FOR {command} TO {ROLES}{using}{check}")
        down.insert(0, f"DROP POLICY {name} ON {table}")
    return RunSQL(up, down)


def grant(table: str, may: str) -> RunSQL:
    """A table without content of anybody's: privileges only."""
    return RunSQL(f"GRANT {may} ON {table} TO {ROLES}", f"REVOKE ALL ON {table} FROM {ROLES}")


def same_holder(table: str, column: str, above: str) -> RunSQL:
    """A row hangs only on a row of the same holder: said by a second foreign key, over holder and id."""
    # SECURITY: policies look at a row's own holder. Without this, raw SQL could hang a row on somebody else's.
    name, key = f"{table}_{column}_same_holder", f"{above}_of_holder"
    return RunSQL(
        [
            f"CREATE UNIQUE INDEX IF NOT EXISTS {key} ON {above} (id, holder_id)",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, holder_id)"
            f" REFERENCES {above} (id, holder_id) DEFERRABLE INITIALLY DEFERRED",
        ],
        [f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}", f"DROP INDEX IF EXISTS {key} CASCADE"],
    )


def only_sealed(table: str, column: str) -> RunSQL:
    """Refuses anything in a sealed column that does not look sealed: format 1, nonce, whole steps of 64, tag."""
    # SECURITY: raw SQL, or an update() that came round the field, would store in clear what a person wrote.
    name = f"{table}_{column}_sealed"
    looks = f"{column} IS NULL OR (get_byte({column}, 0) = 1 AND octet_length({column}) % 64 = 29)"
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({looks})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def refuse_changes(table: str) -> RunSQL:
    """Triggers that keep even the table's owner from changing or removing rows."""
    name = table.rpartition(".")[2]
    return RunSQL(
        [
            f"CREATE TRIGGER {name}_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION sec.refuse_change()",
            f"CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION sec.refuse_change()",
        ],
        [f"DROP TRIGGER {name}_rows ON {table}", f"DROP TRIGGER {name}_all ON {table}"],
    )


def clear_removed(room: str) -> RunSQL:
    """A function that takes away what was removed from a room's entries more than 30 days ago, wordings and all.

    The promise of the page that says so, and the second and last exception in append-only tables.
    """
    return RunSQL(
        [
            CLEAR_REMOVED.format(room=room),
            f"REVOKE ALL ON FUNCTION sec.clear_removed_{room} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION sec.clear_removed_{room} TO {ROLES}",
        ],
        f"DROP FUNCTION sec.clear_removed_{room}",
    )


# It takes no arguments: nobody can aim it.
CLEAR_REMOVED = """
CREATE FUNCTION sec.clear_removed_{room}() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    owner uuid;
    cleared integer := 0;
    gone uuid[];
BEGIN
    FOR owner IN SELECT DISTINCT holder_id FROM {room}_entry WHERE removed_at < now() - interval '30 days' LOOP
        -- Locked, and asked again once locked: an entry that is being brought back right now stays.
        SELECT array_agg(id) INTO gone FROM (
            SELECT id FROM {room}_entry WHERE holder_id = owner AND removed_at < now() - interval '30 days' FOR UPDATE
        ) AS removed;
        CONTINUE WHEN gone IS NULL;
        SELECT gone || coalesce(array_agg(id), '{{}}') INTO gone FROM (
            SELECT id FROM {room}_entry WHERE parent_id = ANY (gone) AND NOT id = ANY (gone) FOR UPDATE
        ) AS below;
        PERFORM set_config('app.erasing', owner::text, true);
        DELETE FROM {room}_wording WHERE entry_id = ANY (gone);
        DELETE FROM {room}_entry WHERE id = ANY (gone);
        cleared := cleared + cardinality(gone);
    END LOOP;
    PERFORM set_config('app.erasing', '', true);
    RETURN cleared;
END $$
"""
