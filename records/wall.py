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
        [f"ALTER TABLE {table} DROP CONSTRAINT {name}", f"DROP INDEX IF EXISTS {key} CASCADE"],
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
