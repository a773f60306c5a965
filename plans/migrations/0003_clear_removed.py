"""What was removed more than 30 days ago goes for good, wordings and all: the promise of the page that says so."""

from django.db import migrations

# The second and last exception in append-only tables. It takes no arguments: nobody can aim it.
CLEAR = """
CREATE FUNCTION sec.clear_removed() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    owner uuid;
    cleared integer := 0;
    gone uuid[];
BEGIN
    FOR owner IN SELECT DISTINCT holder_id FROM plans_entry WHERE removed_at < now() - interval '30 days' LOOP
        -- Locked, and asked again once locked: an entry that is being brought back right now stays.
        SELECT array_agg(id) INTO gone FROM (
            SELECT id FROM plans_entry WHERE holder_id = owner AND removed_at < now() - interval '30 days' FOR UPDATE
        ) AS removed;
        CONTINUE WHEN gone IS NULL;
        SELECT gone || coalesce(array_agg(id), '{}') INTO gone FROM (
            SELECT id FROM plans_entry WHERE parent_id = ANY (gone) AND NOT id = ANY (gone) FOR UPDATE
        ) AS below;
        PERFORM set_config('app.erasing', owner::text, true);
        DELETE FROM plans_wording WHERE entry_id = ANY (gone);
        DELETE FROM plans_entry WHERE id = ANY (gone);
        cleared := cleared + cardinality(gone);
    END LOOP;
    PERFORM set_config('app.erasing', '', true);
    RETURN cleared;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_wall")]

    operations = [
        migrations.RunSQL(
            [
                CLEAR,
                "REVOKE ALL ON FUNCTION sec.clear_removed FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.clear_removed TO recovery_web, recovery_worker",
            ],
            "DROP FUNCTION sec.clear_removed",
        ),
    ]
