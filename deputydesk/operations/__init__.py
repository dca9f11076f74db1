"""What staff may do, and what they may ask: one module a noun."""
