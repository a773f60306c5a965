"""The second wall round shares and the log, and what a share opens in the rooms below and above."""

from django.db import migrations

from records.wall import MINE, only_sealed, refuse_changes, wall

# The only place in the database that says which parts somebody may read. All policies ask it.
PARTS = """
CREATE FUNCTION sec.parts_shared_with_me(owner uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(part), '{}') FROM sharing_share, unnest(parts) AS part
    WHERE holder_id = owner AND recipient_id = sec.person() AND accepted_at IS NOT NULL
      AND stopped_at IS NULL AND (ends_at IS NULL OR ends_at > now())
$$
"""
SHARES = """
CREATE FUNCTION sec.shares_with_me(owner uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM sharing_share
    WHERE holder_id = owner AND recipient_id = sec.person() AND accepted_at IS NOT NULL
      AND stopped_at IS NULL AND (ends_at IS NULL OR ends_at > now()))
$$
"""
# Waiting or live: a name on an invitation can be read before it is answered.
OFFERS = """
CREATE FUNCTION sec.offers_to_me(owner uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM sharing_share
    WHERE holder_id = owner AND stopped_at IS NULL AND (ends_at IS NULL OR ends_at > now())
      AND (recipient_id = sec.person() OR (recipient_id IS NULL AND id = sec.invited_to())))
$$
"""
INVITED = """
CREATE FUNCTION sec.invited_to() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT s.id FROM records_pass p JOIN sharing_share s ON s.id = p.subject_id AND s.holder_id = p.holder_id
    WHERE p.secret_hash = sec.pass_hash() AND p.purpose = 'invitation' AND p.used_at IS NULL AND p.expires_at > now()
$$
"""
EVER = """
CREATE FUNCTION sec.ever_shared_with_me(owner uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM sharing_share WHERE holder_id = owner AND recipient_id = sec.person())
$$
"""
# For the log of those turned away: tells nothing to somebody with whom nothing was ever shared.
WHOSE = """
CREATE FUNCTION sec.holder_who_shared(held text, record uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE owner uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name = held AND column_name = 'holder_id') THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT holder_id FROM public.%I WHERE id = $1', held) INTO owner USING record;
    RETURN CASE WHEN owner <> sec.person() AND sec.ever_shared_with_me(owner) THEN owner END;
END $$
"""
# The reader answers an invitation; what is shared, until when and with whom stays the owner's to say.
ONLY_OWNER = """
CREATE FUNCTION sec.only_owner_changes_share() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF old.holder_id = sec.person() OR current_user NOT IN ('recovery_web', 'recovery_worker') THEN
        RETURN new;
    END IF;
    IF (old.parts, old.ends_at, old.label, old.my_name, old.made_at, old.holder_id)
       IS DISTINCT FROM (new.parts, new.ends_at, new.label, new.my_name, new.made_at, new.holder_id)
       OR (old.recipient_id IS NOT NULL AND new.recipient_id IS DISTINCT FROM old.recipient_id)
       OR (old.stopped_at IS NOT NULL AND new.stopped_at IS DISTINCT FROM old.stopped_at) THEN
        RAISE EXCEPTION 'only the owner changes a share' USING errcode = '42501';
    END IF;
    RETURN new;
END $$
"""
# An erased reader's shares stop; the owner keeps them, with the name the owner gave.
READER_ERASED = """
CREATE FUNCTION sec.stop_shares_of_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE sharing_share SET stopped_at = coalesce(stopped_at, now()), recipient_id = NULL, accepted_at = NULL
    WHERE recipient_id = old.id;
    RETURN old;
END $$
"""


def function(sql: str, name: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION sec.{name}")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("accounts", "0002_wall")]

    operations = [
        function(PARTS, "parts_shared_with_me"),
        function(SHARES, "shares_with_me"),
        function(INVITED, "invited_to"),
        function(OFFERS, "offers_to_me"),
        function(EVER, "ever_shared_with_me"),
        function(WHOSE, "holder_who_shared"),
        function(ONLY_OWNER, "only_owner_changes_share"),
        function(READER_ERASED, "stop_shares_of_erased"),
        wall(
            "sharing_share",
            "SELECT, INSERT, UPDATE",
            {
                "mine": ("ALL", MINE, MINE),
                "given_to_me": ("SELECT", "recipient_id = (SELECT sec.person())", ""),
                "answered_by_me": (
                    "UPDATE",
                    "recipient_id = (SELECT sec.person())",
                    "recipient_id = (SELECT sec.person())",
                ),
                "invited": ("SELECT", "id = (SELECT sec.invited_to())", ""),
                "accepted_by_me": (
                    "UPDATE",
                    "id = (SELECT sec.invited_to()) AND recipient_id IS NULL",
                    "recipient_id = (SELECT sec.person())",
                ),
            },
        ),
        wall(
            "sharing_accessevent",
            "SELECT, INSERT",
            {
                "mine": ("SELECT", MINE, ""),
                "by_me": (
                    "INSERT",
                    "",
                    "actor_id = (SELECT sec.person()) AND"
                    " (holder_id = (SELECT sec.person()) OR sec.ever_shared_with_me(holder_id))",
                ),
            },
        ),
        refuse_changes("sharing_accessevent"),
        only_sealed("sharing_share", "label"),
        only_sealed("sharing_share", "my_name"),
        migrations.RunSQL(
            "CREATE TRIGGER only_owner_changes BEFORE UPDATE ON sharing_share"
            " FOR EACH ROW EXECUTE FUNCTION sec.only_owner_changes_share()",
            "DROP TRIGGER only_owner_changes ON sharing_share",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER stop_shares_of_erased BEFORE DELETE ON accounts_user"
            " FOR EACH ROW EXECUTE FUNCTION sec.stop_shares_of_erased()",
            "DROP TRIGGER stop_shares_of_erased ON accounts_user",
        ),
        migrations.RunSQL(
            "CREATE POLICY of_who_shares ON records_holderkey FOR SELECT TO recovery_web, recovery_worker"
            " USING (sec.offers_to_me(holder_id))",
            "DROP POLICY of_who_shares ON records_holderkey",
        ),
    ]
