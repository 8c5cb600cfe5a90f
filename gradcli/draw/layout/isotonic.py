"""The least moves that put numbers in order: isotonic regression, for places in a column and angles at a node."""

from collections.abc import Sequence


def isotonic(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nondecreasing sequence nearest to `wanted` in the weighted least squares sense, by pooling violators."""
    pools: list[list[float]] = []  # mean, weight, count
    for mean, weight in zip(wanted, weights, strict=True):
        pool = [mean, weight, 1.0]
        while pools and pools[-1][0] >= pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            pool = [(before[0] * before[1] + pool[0] * pool[1]) / total, total, before[2] + pool[2]]
        pools.append(pool)
    return [mean for mean, _, count in pools for _ in range(int(count))]
