"""A reader of a live share reads the files made of a shared part, and may have them made."""

from django.db import migrations

READERS = "part = ANY (sec.parts_shared_with_me(holder_id))"
ROLES = "recovery_web, recovery_worker"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_wall"), ("records", "0004_wall_jobs")]

    operations = [
        migrations.RunSQL(
            [
                f"CREATE POLICY shared ON records_file FOR SELECT TO {ROLES} USING ({READERS})",
                f"CREATE POLICY made_by_reader ON records_file FOR INSERT TO {ROLES} WITH CHECK ({READERS})",
            ],
            ["DROP POLICY shared ON records_file", "DROP POLICY made_by_reader ON records_file"],
        ),
    ]
