"""The kinds of numpy arrays that the reader works on."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Grey: TypeAlias = NDArray[np.uint8]
"""A picture: 0 black, 255 white."""
Floats: TypeAlias = NDArray[np.floating[Any]]  # Any: how exact
"""Measures of pixels."""
Points: TypeAlias = NDArray[np.floating[Any]]  # Any: how exact
"""Places or a 3 × 3 mapping of places."""
Flags: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int64]


def anywhere(flags: Flags, *axes: int) -> Flags:
    """Whether it holds anywhere along these axes."""
    return np.asarray(np.any(flags, axis=axes), np.bool_)
