"""Entries of the plan take the shape that every written record has: what they belong to is called `record`."""

from importlib import import_module

import django.utils.timezone
from django.db import migrations, models

from records.wall import clear_removed


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_clear_removed")]

    operations = [
        migrations.RemoveIndex("entry", "entry_by_section"),
        migrations.RenameField("entry", "plan", "record"),
        migrations.AddIndex(
            "entry", models.Index(fields=["record", "section", "place"], name="plans_entry_by_section")
        ),
        migrations.AddField("plan", "changed_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.RemoveConstraint("wording", "wording_numbered_once"),
        migrations.RemoveConstraint("wording", "wording_numbers_from_one"),
        migrations.AddConstraint(
            "wording", models.UniqueConstraint(fields=("entry", "number"), name="plans_wording_numbered_once")
        ),
        migrations.AddConstraint(
            "wording",
            models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="plans_wording_numbers_from_one"),
        ),
        migrations.RunSQL(
            "DROP FUNCTION sec.clear_removed",
            [
                import_module("plans.migrations.0003_clear_removed").CLEAR,
                "REVOKE ALL ON FUNCTION sec.clear_removed FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.clear_removed TO recovery_web, recovery_worker",
            ],
        ),
        clear_removed("plans"),
    ]
