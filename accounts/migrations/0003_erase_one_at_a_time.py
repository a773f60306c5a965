"""People are erased one at a time: what two of them share is locked by one only, whatever the order."""

from importlib import import_module

from django.db import migrations

ERASE = import_module("accounts.migrations.0002_wall").ERASE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
ONE_AT_A_TIME = ERASE.replace(
    "    PERFORM sec.erase_holder(erased);\n",
    "    PERFORM pg_advisory_xact_lock(hashtextextended('sec.erase_person', 0));\n    PERFORM sec.erase_holder(erased);\n",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_wall")]

    operations = [migrations.RunSQL(ONE_AT_A_TIME, ERASE)]
