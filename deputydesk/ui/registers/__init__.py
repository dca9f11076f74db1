"""One module per noun: how its register looks; pages put registers together."""
