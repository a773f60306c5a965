"""Who begins and ends running a group, and what goes with somebody who is erased: said to the database."""

from importlib import import_module

from django.db import migrations

# Only the person asked says yes and chooses their name; only they, or who asked them, end it; and a group keeps
# somebody who runs it. No comparison may come to NULL: a refusal that is NULL refuses nobody.
HELPER = """
CREATE FUNCTION sec.guard_facilitator() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE mine boolean := coalesce(old.person_id = sec.person(), false);
BEGIN
    IF old.person_id IS NOT NULL AND new.person_id IS NULL THEN RETURN new; END IF;  -- erased
    IF (old.ended_at IS NOT NULL AND new IS DISTINCT FROM old)
       OR (old.accepted_at IS DISTINCT FROM new.accepted_at AND (old.accepted_at IS NOT NULL OR NOT mine))
       OR (old.called IS DISTINCT FROM new.called AND NOT mine)
       OR (old.ended_at IS DISTINCT FROM new.ended_at AND NOT (
           mine OR coalesce(old.asked_by_id = sec.facilitator_of(old.holder_id), false)
           OR (old.accepted_at IS NULL AND sec.runs_group(old.holder_id)))) THEN
        RAISE EXCEPTION 'only the person, or who asked them, changes this' USING errcode = '42501';
    END IF;
    IF old.ended_at IS NULL AND new.ended_at IS NOT NULL AND old.accepted_at IS NOT NULL THEN
        PERFORM FROM peers_group WHERE id = old.group_id FOR NO KEY UPDATE;
        IF NOT EXISTS (SELECT FROM peers_facilitator WHERE group_id = old.group_id AND id <> old.id
                       AND accepted_at IS NOT NULL AND ended_at IS NULL) THEN
            RAISE EXCEPTION 'somebody must run the group' USING errcode = '23514', constraint = 'group_is_run';
        END IF;
    END IF;
    RETURN new;
END $$
"""
# Erased people leave their groups: their names go, also from papers that were made; counts stay.
ERASED = """
CREATE FUNCTION sec.leave_groups_of_erased() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE groups uuid[];
BEGIN
    SELECT array_agg(holder_id) INTO groups FROM (
        SELECT holder_id FROM peers_membership WHERE person_id = old.id
        UNION SELECT holder_id FROM peers_facilitator WHERE person_id = old.id) AS theirs;
    -- First jobs, then groups, as workers do. Who is making a paper right now keeps it before this, and it goes too,
    -- or makes it anew after this. People are erased one at a time (accounts, migration 3).
    UPDATE records_job SET file_id = NULL WHERE holder_id = ANY (groups);
    PERFORM FROM peers_group WHERE id = ANY (groups) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM records_file WHERE holder_id = ANY (groups);
    UPDATE peers_membership SET person_id = NULL, called = NULL, ended_at = coalesce(ended_at, now()),
        ended_how = coalesce(nullif(ended_how, ''), 'left') WHERE person_id = old.id;
    UPDATE peers_facilitator SET person_id = NULL, called = NULL, ended_at = coalesce(ended_at, now())
    WHERE person_id = old.id;
    RETURN old;
END $$
"""
wall = import_module("peers.migrations.0002_wall")


class Migration(migrations.Migration):
    dependencies = [("peers", "0002_wall"), ("records", "0004_wall_jobs")]

    operations = [
        wall.function(HELPER, "guard_facilitator"),
        wall.function(ERASED, "leave_groups_of_erased"),
        wall.trigger("guard", "BEFORE UPDATE", "peers_facilitator", "guard_facilitator"),
        wall.trigger("leave_groups_of_erased", "BEFORE DELETE", "accounts_user", "leave_groups_of_erased"),
    ]
