"""The wall round made files, what the site's roles may do with jobs, and the clearing of both."""

from importlib import import_module

from django.db import migrations

from records.wall import MINE, grant, only_sealed, same_holder, wall

# It takes no arguments: nobody can aim it. A file can be made again; a job holds no content.
CLEAR = """
CREATE FUNCTION sec.clear_old_files() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE cleared integer;
BEGIN
    DELETE FROM records_job WHERE asked_at < now() - interval '7 days';
    UPDATE records_job SET file_id = NULL
    WHERE file_id IN (SELECT id FROM records_file WHERE made_at < now() - interval '24 hours');
    DELETE FROM records_file WHERE made_at < now() - interval '24 hours';
    GET DIAGNOSTICS cleared = ROW_COUNT;
    RETURN cleared;
END $$
"""
ERASE = import_module("records.migrations.0002_wall").ERASE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
# Jobs first, also those the person asked for on records of others: a worker that is about to say that a file of
# theirs is made finds no job any more, and takes the file back.
JOBS_FIRST = ERASE.replace(
    "    FOR held IN\n", "    DELETE FROM records_job WHERE erased IN (holder_id, person_id);\n    FOR held IN\n"
)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_jobs")]

    operations = [
        # Never changed, and taken away only by the functions that clear and erase.
        wall("records_file", "SELECT, INSERT", {"mine": ("ALL", MINE, MINE)}),
        only_sealed("records_file", "content"),
        # Read and done in nobody's name: ids and times only. What was asked, for whom, never changes.
        grant("records_job", "SELECT, INSERT"),
        migrations.RunSQL(
            "GRANT UPDATE (attempts, not_before, finished_at, given_up_at, was_hidden, file_id) ON records_job"
            " TO recovery_web, recovery_worker",
            migrations.RunSQL.noop,
        ),
        same_holder("records_job", "file_id", "records_file"),
        migrations.RunSQL(JOBS_FIRST, ERASE),
        migrations.RunSQL(
            [
                CLEAR,
                "REVOKE ALL ON FUNCTION sec.clear_old_files FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.clear_old_files TO recovery_web, recovery_worker",
            ],
            "DROP FUNCTION sec.clear_old_files",
        ),
    ]
