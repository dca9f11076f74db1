"""Amounts of money in sentences: kept in 分, said in 元 or 万元."""

from decimal import Decimal

_YUAN, _WAN = 100, 1_000_000  # 分 in one 元, in one 万元


def yuan(fen: int) -> str:
    """1,234.5元, without zeros that say nothing."""
    return f"{_plain(fen, _YUAN)}元"


def wan(fen: int) -> str:
    """7,662万元; an amount of a few 元 keeps its decimals."""
    return f"{_plain(fen, _WAN)}万元"


def _plain(fen: int, unit: int) -> str:
    return f"{Decimal(fen) / unit:,f}".rstrip("0").rstrip(".") if fen % unit else f"{fen // unit:,}"
