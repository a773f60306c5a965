"""The second wall round plans: the owner, and readers of a live share, each in the shared sections only."""

from django.db import migrations

from records.wall import MINE, only_sealed, refuse_changes, same_holder, wall

SHARED_SECTION = "('plan.' || section) = ANY (sec.parts_shared_with_me(holder_id))"
# Row-level security of the entry's own table is asked again inside: what is hidden there is hidden below it.
OF_A_VISIBLE_ENTRY = (
    "EXISTS (SELECT FROM plans_entry WHERE plans_entry.id = entry_id AND plans_entry.removed_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("sharing", "0002_wall")]

    operations = [
        wall(
            "plans_plan",
            "SELECT, INSERT, UPDATE",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", "sec.shares_with_me(holder_id)", "")},
        ),
        wall(
            "plans_entry",
            "SELECT, INSERT, UPDATE",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", SHARED_SECTION, "")},
        ),
        wall(
            "plans_wording",
            "SELECT, INSERT",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", OF_A_VISIBLE_ENTRY, "")},
        ),
        refuse_changes("plans_wording"),
        same_holder("plans_entry", "plan_id", "plans_plan"),
        same_holder("plans_entry", "parent_id", "plans_entry"),
        same_holder("plans_wording", "entry_id", "plans_entry"),
        only_sealed("plans_plan", "called"),
        only_sealed("plans_wording", "words"),
    ]
