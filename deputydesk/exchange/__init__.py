"""Files that leave or enter the office: rosters, sheets, bundles."""
