"""Mappings of the plane, from mm on the page to pixels of a picture."""

import numpy as np

from deputydesk.scan.arrays import Points


def similarity(source: Points, target: Points) -> Points:
    """Turned, shifted and scaled as fits best."""
    a, b = source[:, 0] + 1j * source[:, 1], target[:, 0] + 1j * target[:, 1]
    middle_a, middle_b = a.mean(), b.mean()
    k = (np.conj(a - middle_a) @ (b - middle_b)) / (np.conj(a - middle_a) @ (a - middle_a))
    t = middle_b - k * middle_a
    return np.array([[k.real, -k.imag, t.real], [k.imag, k.real, t.imag], [0, 0, 1]])


def affine(source: Points, target: Points, weights: Points) -> Points:
    """Straight lines stay parallel; fits best by weighted squares."""
    design = np.c_[source, np.ones(len(source))] * weights[:, None]
    across, down = (_solved(design, target[:, axis] * weights) for axis in (0, 1))
    return np.vstack([across, down, (0.0, 0.0, 1.0)])


def _solved(design: Points, wanted: Points) -> Points:
    return np.linalg.lstsq(design, wanted, rcond=None)[0]


def homography(source: Points, target: Points, weights: Points) -> Points:
    """A flat sheet seen from anywhere; fits best by weighted squares."""
    to_unit, of_unit = _to_unit(source), _to_unit(target)
    lines: list[Points] = []
    for (x, y), (u, v), weight in zip(
        project(to_unit, source), project(of_unit, target), weights, strict=True
    ):
        lines.append(weight * np.array([x, y, 1, 0, 0, 0, -u * x, -u * y, -u]))
        lines.append(weight * np.array([0, 0, 0, x, y, 1, -v * x, -v * y, -v]))
    flat = np.linalg.svd(np.array(lines))[2][-1].reshape(3, 3)
    found = np.linalg.inv(of_unit) @ flat @ to_unit
    return found / found[2, 2]


def _to_unit(points: Points) -> Points:
    middle = points.mean(0)
    scale = 1.4142 / (np.abs(points - middle).mean() + 1e-9)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])


def project(mapping: Points, points: Points) -> Points:
    """Where points come to lie."""
    found = np.c_[points, np.ones(len(points))] @ mapping.T
    return found[:, :2] / found[:, 2:3]
