"""The index by which everything is found: what is searched, kept in step with the records."""
