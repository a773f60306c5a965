"""The second wall round groups, and the rules that no two people at once can break: places, line, who runs a group."""

from django.db import migrations

from records.wall import MINE, ROLES, only_sealed, refuse_changes, same_holder, wall

# Which facilitator of a group acts now; NULL for everybody who does not run it. All policies ask these functions.
FACILITATOR = """
CREATE FUNCTION sec.facilitator_of(held uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT id FROM peers_facilitator
    WHERE holder_id = held AND person_id = sec.person() AND accepted_at IS NOT NULL AND ended_at IS NULL
$$
"""
RUNS = """
CREATE FUNCTION sec.runs_group(held uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT sec.facilitator_of(held) IS NOT NULL
$$
"""
LISTED = """
CREATE FUNCTION sec.group_is_listed(held uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT sec.person() IS NOT NULL AND EXISTS (SELECT FROM peers_group g WHERE holder_id = held AND is_listed
        AND EXISTS (SELECT FROM peers_facilitator WHERE group_id = g.id AND accepted_at IS NOT NULL AND ended_at IS NULL))
$$
"""
# Who may read a group's words, and has its key: names are sealed with it by whoever asks to join.
KNOWS = """
CREATE FUNCTION sec.knows_group(held uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM peers_facilitator
                   WHERE holder_id = held AND person_id = sec.person() AND ended_at IS NULL)
        OR EXISTS (SELECT FROM peers_membership
                   WHERE holder_id = held AND person_id = sec.person() AND ended_at IS NULL)
        OR sec.group_is_listed(held)
$$
"""
HAS_PLACE = """
CREATE FUNCTION sec.has_place_in(held uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM peers_membership WHERE holder_id = held AND person_id = sec.person()
                   AND seated_at IS NOT NULL AND ended_at IS NULL)
$$
"""
# A count, told to whoever knows the group.
TAKEN = """
CREATE FUNCTION sec.places_taken(which uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT count(m.id)::integer FROM peers_group g
    LEFT JOIN peers_membership m ON m.group_id = g.id AND m.seated_at IS NOT NULL AND m.ended_at IS NULL
    WHERE g.id = which AND sec.knows_group(g.holder_id)
$$
"""
# Told to the person themselves and to who runs the group; of others not even the number can be asked.
IN_LINE = """
CREATE FUNCTION sec.place_in_line(which uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT count(ahead.id)::integer FROM peers_membership mine JOIN peers_membership ahead
        ON ahead.group_id = mine.group_id AND ahead.line <= mine.line
        AND ahead.seated_at IS NULL AND ahead.ended_at IS NULL
    WHERE mine.id = which AND mine.seated_at IS NULL AND mine.ended_at IS NULL
      AND (mine.person_id = sec.person() OR sec.runs_group(mine.holder_id))
    HAVING count(ahead.id) > 0
$$
"""
# The one place where seats are given: under the group's row lock, in order, never more than there are.
FILL = """
CREATE FUNCTION sec.fill_places(which uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE room integer;
BEGIN
    SELECT capacity INTO room FROM peers_group WHERE id = which FOR NO KEY UPDATE;
    SELECT room - count(*) INTO room FROM peers_membership
    WHERE group_id = which AND seated_at IS NOT NULL AND ended_at IS NULL;
    UPDATE peers_membership SET seated_at = clock_timestamp() WHERE id IN (
        SELECT id FROM peers_membership
        WHERE group_id = which AND line IS NOT NULL AND seated_at IS NULL AND ended_at IS NULL
        ORDER BY line LIMIT greatest(room, 0));
    GET DIAGNOSTICS room = ROW_COUNT;
    RETURN room;
END $$
"""
# Told before somebody's own row is changed, so that everybody locks first the group and then its people.
LOCK = """
CREATE FUNCTION sec.lock_group(which uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM FROM peers_group WHERE id = which AND sec.knows_group(holder_id) FOR NO KEY UPDATE;
END $$
"""
# Before a membership is written: who asks is accepted by the group's own rule, who is accepted gets the next number
# in line, and nothing that was decided is decided again.
GUARD = """
CREATE FUNCTION sec.guard_membership() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE rule text; mine boolean; run boolean;
BEGIN
    IF tg_op = 'INSERT' OR (new.accepted_at, new.ended_at) IS DISTINCT FROM (old.accepted_at, old.ended_at) THEN
        -- Until this transaction ends, nobody else stands in this line or takes a seat.
        SELECT joining INTO rule FROM peers_group WHERE id = new.group_id FOR NO KEY UPDATE;
    END IF;
    IF tg_op = 'INSERT' THEN
        new.line := NULL; new.seated_at := NULL; new.ended_at := NULL; new.ended_how := '';
        new.made_at := clock_timestamp(); new.renamed_at := NULL;
        new.accepted_at := CASE WHEN new.person_id IS NULL OR rule = 'open' THEN clock_timestamp() END;
    ELSIF NOT (old.person_id IS NOT NULL AND new.person_id IS NULL) THEN  -- else somebody is erased
        mine := coalesce(old.person_id = sec.person(), false);
        run := sec.runs_group(old.holder_id);
        IF (old.ended_at IS NOT NULL AND new IS DISTINCT FROM old)
           OR (new.accepted_at IS DISTINCT FROM old.accepted_at AND (old.accepted_at IS NOT NULL OR NOT run)) THEN
            RAISE EXCEPTION 'a membership is accepted once, by who runs the group, and ends once' USING errcode = '42501';
        END IF;
        IF old.ended_at IS NULL AND new.ended_at IS NOT NULL AND NOT ((mine AND new.ended_how = 'left') OR
           (run AND new.ended_how = CASE WHEN old.accepted_at IS NULL THEN 'declined' ELSE 'taken off' END)) THEN
            RAISE EXCEPTION 'it ends as it was: one leaves, or is declined or taken off' USING errcode = '42501';
        END IF;
        IF new.called IS DISTINCT FROM old.called AND NOT (mine OR (run AND old.person_id IS NULL)) THEN
            RAISE EXCEPTION 'people choose their names themselves' USING errcode = '42501';
        END IF;
    END IF;
    IF new.accepted_at IS NOT NULL AND new.line IS NULL THEN
        new.line := nextval('sec.line');
    END IF;
    RETURN new;
END $$
"""
SEAT = """
CREATE FUNCTION sec.seat_who_is_next() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM sec.fill_places(CASE tg_table_name WHEN 'peers_group' THEN new.id ELSE (to_jsonb(new) ->> 'group_id')::uuid END);
    RETURN NULL;
END $$
"""
CAPACITY = """
CREATE FUNCTION sec.keep_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF new.capacity < (SELECT count(*) FROM peers_membership
                       WHERE group_id = new.id AND seated_at IS NOT NULL AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'nobody loses a place they have' USING errcode = '23514', constraint = 'group_keeps_places';
    END IF;
    RETURN new;
END $$
"""
RUN = "sec.runs_group(holder_id)"
IS_RUNNING = "accepted_at IS NOT NULL AND ended_at IS NULL"
# SECURITY: a group on a person's own holder would give that person's key to everybody who finds the group.
NEW = f"{MINE} AND EXISTS (SELECT FROM records_holder WHERE id = holder_id AND kind = 'group')"  # nosec B608 - words of ours
ME = "person_id = (SELECT sec.person())"
# A mark or a walk-in hangs on a session; the wall of sessions is asked again inside.
MY_MARK = "EXISTS (SELECT FROM peers_membership m WHERE m.id = membership_id AND m.person_id = (SELECT sec.person()))"


def function(sql: str, name: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION sec.{name}")


def trigger(name: str, when: str, table: str, does: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION sec.{does}()",
        f"DROP TRIGGER {name} ON {table}",
    )


def may_update(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"GRANT UPDATE ({columns}) ON {table} TO {ROLES}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("peers", "0001_initial"), ("sharing", "0002_wall"), ("records", "0004_wall_jobs")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE sec.line", "DROP SEQUENCE sec.line"),
        function(FACILITATOR, "facilitator_of"),
        function(RUNS, "runs_group"),
        function(LISTED, "group_is_listed"),
        function(KNOWS, "knows_group"),
        function(HAS_PLACE, "has_place_in"),
        function(TAKEN, "places_taken"),
        function(IN_LINE, "place_in_line"),
        function(FILL, "fill_places"),
        # The triggers call it as its owner; nobody else needs it.
        migrations.RunSQL("REVOKE ALL ON FUNCTION sec.fill_places FROM PUBLIC", migrations.RunSQL.noop),
        function(LOCK, "lock_group"),
        function(GUARD, "guard_membership"),
        function(SEAT, "seat_who_is_next"),
        function(CAPACITY, "keep_places"),
        # A group begins as itself: NEW is for that moment only, and never for a person's own holder.
        wall(
            "peers_group",
            "SELECT, INSERT",
            {
                "known": ("SELECT", "sec.knows_group(holder_id)", ""),
                "begun": ("INSERT", "", NEW),
                "run": ("UPDATE", RUN, RUN),
            },
        ),
        wall(
            "peers_inside",
            "SELECT, INSERT",
            {
                "run": ("SELECT", RUN, ""),
                "has_place": ("SELECT", "sec.has_place_in(holder_id)", ""),
                "begun": ("INSERT", "", NEW),
                "changed": ("UPDATE", RUN, RUN),
            },
        ),
        may_update("peers_inside", "words"),
        may_update("peers_group", "words, weekday, at, minutes, time_zone, capacity, joining, is_listed, changed_at"),
        wall(
            "peers_facilitator",
            "SELECT, INSERT",
            {
                # Who helped once, and who was asked, only they themselves and who runs the group know.
                "known": ("SELECT", f"{ME} OR {RUN} OR ({IS_RUNNING} AND sec.knows_group(holder_id))", ""),
                "begun": ("INSERT", "", NEW),
                "asked": (
                    "INSERT",
                    "",
                    "asked_by_id = sec.facilitator_of(holder_id) AND accepted_at IS NULL AND ended_at IS NULL",
                ),
                "changed": ("UPDATE", f"{ME} OR {RUN}", f"{ME} OR {RUN}"),
            },
        ),
        may_update("peers_facilitator", "called, accepted_at, ended_at"),
        wall(
            "peers_membership",
            "SELECT, INSERT",
            {
                "mine": ("SELECT", ME, ""),
                "run": ("SELECT", RUN, ""),
                "asked": ("INSERT", "", f"{ME} AND sec.group_is_listed(holder_id)"),
                "added": ("INSERT", "", f"person_id IS NULL AND {RUN}"),
                "changed": ("UPDATE", f"{ME} OR {RUN}", f"{ME} OR {RUN}"),
            },
        ),
        may_update("peers_membership", "called, renamed_at, accepted_at, ended_at, ended_how"),
        wall(
            "peers_session",
            "SELECT, INSERT",
            {
                "run": ("SELECT", RUN, ""),
                "mine": ("SELECT", "sec.has_place_in(holder_id)", ""),
                "opened": ("INSERT", "", RUN),
                "changed": ("UPDATE", RUN, RUN),
            },
        ),
        may_update("peers_session", "changed_at, starts_at"),
        wall("peers_walkin", "SELECT, INSERT", {"run": ("SELECT", RUN, ""), "written": ("INSERT", "", RUN)}),
        wall(
            "peers_mark",
            "SELECT, INSERT",
            {
                "run": ("SELECT", RUN, ""),
                "about_me": ("SELECT", MY_MARK, ""),
                "made": ("INSERT", "", "made_by_id = sec.facilitator_of(holder_id)"),
            },
        ),
        refuse_changes("peers_mark"),
        refuse_changes("peers_walkin"),
        same_holder("peers_facilitator", "group_id", "peers_group"),
        same_holder("peers_facilitator", "asked_by_id", "peers_facilitator"),
        same_holder("peers_membership", "group_id", "peers_group"),
        same_holder("peers_inside", "group_id", "peers_group"),
        same_holder("peers_session", "group_id", "peers_group"),
        same_holder("peers_walkin", "session_id", "peers_session"),
        same_holder("peers_mark", "session_id", "peers_session"),
        same_holder("peers_mark", "membership_id", "peers_membership"),
        same_holder("peers_mark", "walk_in_id", "peers_walkin"),
        same_holder("peers_mark", "made_by_id", "peers_facilitator"),
        only_sealed("peers_group", "words"),
        only_sealed("peers_inside", "words"),
        only_sealed("peers_facilitator", "called"),
        only_sealed("peers_membership", "called"),
        only_sealed("peers_walkin", "called"),
        trigger("guard", "BEFORE INSERT OR UPDATE", "peers_membership", "guard_membership"),
        trigger("seat", "AFTER INSERT OR UPDATE OF accepted_at, ended_at", "peers_membership", "seat_who_is_next"),
        trigger("keep_places", "BEFORE UPDATE OF capacity", "peers_group", "keep_places"),
        trigger("seat", "AFTER UPDATE OF capacity", "peers_group", "seat_who_is_next"),
        migrations.RunSQL(
            [
                f"CREATE POLICY of_known_group ON records_holderkey FOR SELECT TO {ROLES} USING (sec.knows_group(holder_id))",
                f"CREATE POLICY of_run_group ON records_file FOR SELECT TO {ROLES} USING ({RUN})",
                f"CREATE POLICY made_for_run_group ON records_file FOR INSERT TO {ROLES} WITH CHECK ({RUN})",
            ],
            [
                "DROP POLICY of_known_group ON records_holderkey",
                "DROP POLICY of_run_group ON records_file",
                "DROP POLICY made_for_run_group ON records_file",
            ],
        ),
    ]
