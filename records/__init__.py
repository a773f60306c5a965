"""How anything is kept: sealed, append-only, in whose name, behind which door. Knows no other room."""
