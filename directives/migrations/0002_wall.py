"""The second wall round directives: the owner, and readers of a live share of the draft."""

from django.db import migrations

from records.wall import MINE, clear_removed, only_sealed, refuse_changes, same_holder, wall

SHARED_DRAFT = "'directive.draft' = ANY (sec.parts_shared_with_me(holder_id))"
# Row-level security of the entry's own table is asked again inside: what is hidden there is hidden below it.
OF_A_VISIBLE_ENTRY = (
    "EXISTS (SELECT FROM directives_entry WHERE directives_entry.id = entry_id AND directives_entry.removed_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial"), ("sharing", "0002_wall")]

    operations = [
        wall(
            "directives_directive",
            "SELECT, INSERT, UPDATE",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", SHARED_DRAFT, "")},
        ),
        wall(
            "directives_entry",
            "SELECT, INSERT, UPDATE",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", SHARED_DRAFT, "")},
        ),
        wall(
            "directives_wording",
            "SELECT, INSERT",
            {"mine": ("ALL", MINE, MINE), "shared": ("SELECT", OF_A_VISIBLE_ENTRY, "")},
        ),
        refuse_changes("directives_wording"),
        same_holder("directives_entry", "record_id", "directives_directive"),
        same_holder("directives_entry", "parent_id", "directives_entry"),
        same_holder("directives_wording", "entry_id", "directives_entry"),
        only_sealed("directives_wording", "words"),
        clear_removed("directives"),
    ]
