"""DeputyDesk: the desk of a township people's-congress office."""

__version__ = "0.4.0"
