"""Who acts, who refuses, who erases: the functions of the second wall, and the wall round keys and passes."""

from django.db import migrations

from records.wall import MINE, wall

SCHEMA = [
    """
    DO $$ BEGIN
        IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('recovery_web', 'recovery_worker', 'recovery_backup')) < 3 THEN
            RAISE EXCEPTION 'The roles recovery_web, recovery_worker and recovery_backup are missing: docs/database.md says how to make them.';
        END IF;
    END $$
    """,
    "CREATE SCHEMA sec",
    "GRANT USAGE ON SCHEMA sec, public TO recovery_web, recovery_worker, recovery_backup",
]

# The setting is '' and not NULL once a transaction that set it has ended: hence nullif.
PERSON = """
CREATE FUNCTION sec.person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$
"""
BEARER = """
CREATE FUNCTION sec.pass_hash() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT decode(nullif(current_setting('app.pass', true), ''), 'hex') $$
"""
ONLY_ENDS = """
CREATE FUNCTION sec.pass_only_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (old.used_at IS NOT NULL AND new.used_at IS DISTINCT FROM old.used_at)
       OR coalesce(new.expires_at, 'infinity') > coalesce(old.expires_at, 'infinity') THEN
        RAISE EXCEPTION 'a pass that was used or has ended stays so' USING errcode = '42501';
    END IF;
    RETURN new;
END $$
"""
# Erasing is the one exception, and only from inside the erase functions, which run as the tables' owner.
REFUSE = """
CREATE FUNCTION sec.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF tg_op = 'DELETE' AND nullif(current_setting('app.erasing', true), '') = old.holder_id::text
       AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = tg_relid) THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION 'rows of % are added, never changed or removed', tg_table_name USING errcode = '42501';
END $$
"""
# Every content table has holder_id, so a new one is erased without anybody having to remember it.
ERASE = """
CREATE FUNCTION sec.erase_holder(erased uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE held regclass;
BEGIN
    IF erased IS DISTINCT FROM sec.person() THEN
        RAISE EXCEPTION 'only the person may erase what is theirs' USING errcode = '42501';
    END IF;
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM set_config('app.erasing', erased::text, true);
    FOR held IN
        SELECT a.attrelid::regclass FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'holder_id' AND NOT a.attisdropped AND c.relkind = 'r'
          AND c.relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('DELETE FROM %s WHERE holder_id = $1', held) USING erased;
    END LOOP;
    DELETE FROM records_holder WHERE id = erased;
    PERFORM set_config('app.erasing', '', true);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL(SCHEMA, "DROP SCHEMA sec"),
        migrations.RunSQL(PERSON, "DROP FUNCTION sec.person()"),
        migrations.RunSQL(BEARER, "DROP FUNCTION sec.pass_hash()"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION sec.refuse_change()"),
        migrations.RunSQL(
            [ERASE, "REVOKE ALL ON FUNCTION sec.erase_holder FROM PUBLIC"], "DROP FUNCTION sec.erase_holder"
        ),
        wall(
            "records_holder",
            "SELECT, INSERT",
            {"mine": ("ALL", "id = (SELECT sec.person())", "id = (SELECT sec.person())")},
        ),
        wall("records_holderkey", "SELECT, INSERT", {"mine": ("ALL", MINE, MINE)}),
        wall(
            "records_pass",
            "SELECT, INSERT, UPDATE",
            {
                "mine": ("ALL", MINE, MINE),
                "bearer_reads": ("SELECT", "secret_hash = (SELECT sec.pass_hash())", ""),
                "bearer_uses": (
                    "UPDATE",
                    "secret_hash = (SELECT sec.pass_hash())",
                    "secret_hash = (SELECT sec.pass_hash())",
                ),
            },
        ),
        migrations.RunSQL(
            [
                # A pass is used up or ended; nothing else about it ever changes, and neither is undone.
                "REVOKE UPDATE ON records_pass FROM recovery_web, recovery_worker",
                "GRANT UPDATE (used_at, expires_at) ON records_pass TO recovery_web, recovery_worker",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ONLY_ENDS, "DROP FUNCTION sec.pass_only_ends()"),
        migrations.RunSQL(
            "CREATE TRIGGER only_ends BEFORE UPDATE ON records_pass FOR EACH ROW EXECUTE FUNCTION sec.pass_only_ends()",
            "DROP TRIGGER only_ends ON records_pass",
        ),
    ]
