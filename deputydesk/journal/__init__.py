"""The change log: audit, undo, exchange and repair in one.

One append-only, hash-chained log of changes; the tables are caches of it.
"""
