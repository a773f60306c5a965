"""What the web and worker roles may do with sign-in tables. They hold no content and are read before anybody acts."""

from django.db import migrations

from records.wall import grant

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"

ERASE = """
CREATE FUNCTION sec.erase_person(erased uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM sec.erase_holder(erased);
    DELETE FROM django_session WHERE session_key IN
        (SELECT session_key FROM usersessions_usersession WHERE user_id = erased);
    DELETE FROM usersessions_usersession WHERE user_id = erased;
    DELETE FROM account_emailconfirmation WHERE email_address_id IN
        (SELECT id FROM account_emailaddress WHERE user_id = erased);
    DELETE FROM account_emailaddress WHERE user_id = erased;
    DELETE FROM accounts_user_groups WHERE user_id = erased;
    DELETE FROM accounts_user_user_permissions WHERE user_id = erased;
    DELETE FROM accounts_user WHERE id = erased;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("records", "0002_wall"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("usersessions", "0001_initial"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # No DELETE: a person goes through sec.erase_person, and only by their own act.
        grant("accounts_user", "SELECT, INSERT, UPDATE"),
        grant("accounts_counter", EVERYTHING),
        grant("django_session", EVERYTHING),
        grant("usersessions_usersession", EVERYTHING),
        grant("account_emailaddress", EVERYTHING),
        grant("account_emailconfirmation", EVERYTHING),
        grant("accounts_user_groups", "SELECT"),
        grant("accounts_user_user_permissions", "SELECT"),
        grant("auth_group", "SELECT"),
        grant("auth_group_permissions", "SELECT"),
        grant("auth_permission", "SELECT"),
        grant("django_content_type", "SELECT"),
        migrations.RunSQL(
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recovery_web, recovery_worker",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [
                ERASE,
                "REVOKE ALL ON FUNCTION sec.erase_person FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sec.erase_person TO recovery_web",
            ],
            "DROP FUNCTION sec.erase_person",
        ),
    ]
