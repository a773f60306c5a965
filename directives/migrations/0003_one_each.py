"""Everybody who has an account already gets their directive: empty, and with no state chosen."""

from django.db import migrations

BEGIN = """
INSERT INTO directives_directive (id, holder_id, state, skipped, changed_at)
SELECT gen_random_uuid(), id, '', '{}', now() FROM accounts_user
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_wall"), ("accounts", "0002_wall")]

    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
