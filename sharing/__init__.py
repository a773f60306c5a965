"""Who may see what, asked in one place and written down each time."""
