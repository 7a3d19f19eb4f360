"""Recomputes metrics of lab 09 from the samples alone: standard library only."""
import math
import os

from arrays import npy

SETS = {
    "easy_ring": ([(2 * math.cos(a * math.pi / 4), 2 * math.sin(a * math.pi / 4)) for a in range(8)], 0.1),
    "easy_grid": ([(1.5 * i, 1.5 * j) for i in range(-2, 3) for j in range(-2, 3)], 0.1),
    "ring": ([(math.cos(a * math.pi / 4), math.sin(a * math.pi / 4)) for a in range(8)], 0.01),
    "grid": ([(2 * i, 2 * j) for i in range(-2, 3) for j in range(-2, 3)], 0.05),
}
TRICKS = "plain smooth1 smooth2 noise batchsd pack2 r1 spectral decay average best".split()
T95 = {2: 12.7062, 6: 2.5706}


def score(x, modes, sd):
    """(modes with half their fair share within 3 sd, share of samples within 3 sd of one, reverse KL of the nearest
    modes' shares)"""
    inside, nearest = [0] * len(modes), [0] * len(modes)
    for a, b in zip(x[::2], x[1::2]):
        d, k = min(((a - p) ** 2 + (b - q) ** 2, k) for k, (p, q) in enumerate(modes))
        nearest[k] += 1
        inside[k] += d < 9 * sd * sd
    n = len(x) // 2
    return (
        sum(2 * c * len(modes) >= n for c in inside),
        sum(inside) / n,
        sum(c / n * math.log(c / n * len(modes)) for c in nearest if c),
    )


def recompute(out, data):
    found = {}
    for name, (modes, sd) in SETS.items():
        path = f"{out}/samples_{name}.npy"
        if not os.path.exists(path):  # the record is there after --full only
            continue
        shape, x = npy(path)
        seeds, n = shape[-3], shape[-2]
        scores = [score(x[2 * n * i : 2 * n * (i + 1)], modes, sd) for i in range(len(x) // (2 * n))]
        if len(shape) == 3:
            found[f"modes_{name}"] = min(s[0] for s in scores)
            found[f"hq_{name}"] = min(s[1] for s in scores)
            found[f"revkl_{name}"] = max(s[2] for s in scores)
            continue
        for k, trick in enumerate(TRICKS):
            for w, what in enumerate(("modes", "hq")):
                v = [s[w] for s in scores[k * seeds : (k + 1) * seeds]]
                found[f"{what}_{name}_{trick}"] = sum(v) / seeds
                if k:
                    d = [a - s[w] for a, s in zip(v, scores)]
                    mean = sum(d) / seeds
                    found[f"effect_{what}_{name}_{trick}"] = mean
                    found[f"interval_{what}_{name}_{trick}"] = T95[seeds] * math.sqrt(
                        sum((a - mean) ** 2 for a in d) / (seeds - 1) / seeds
                    )
    return found
