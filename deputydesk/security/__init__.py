"""Keys: who an office is to others, and what only they can read. Knows no record and no window."""
