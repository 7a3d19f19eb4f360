"""Recomputes metrics of lab 12 from its .npy files: standard library only. Of the race, the means, their ratio, its
interval and the share of the work that growth took; samples are only looked at for their shape."""
import math
import os

from arrays import npy

STUDENT_95 = 4.3027  # of three seeds


def recompute(out, data):
    found = {}
    for way in ("grown", "direct"):
        shape, pixels = npy(f"{out}/samples_{way}.npy")
        assert (
            tuple(shape[1:3]) == (32, 32) and len(set(pixels[: 1024 * 100])) > 1
        ), f"samples_{way}.npy: {shape}, or all the same"
    if not os.path.exists(f"{out}/race.npy"):  # a run that only loaded its nets
        return found
    (ways, seeds, points), score = npy(f"{out}/race.npy")
    assert (ways, seeds) == (2, 3), (ways, seeds)
    at = [[score[(w * seeds + s) * points : (w * seeds + s + 1) * points] for s in range(seeds)] for w in range(ways)]
    direct, grown = ([s[-1] for s in way] for way in at)
    ratio = [g / d for g, d in zip(grown, direct)]
    mean = sum(ratio) / seeds
    found |= {
        "frechet_direct": sum(direct) / seeds,
        "frechet_grown": sum(grown) / seeds,
        "frechet_ratio": mean,
        "frechet_ratio_half": STUDENT_95 * math.sqrt(sum((r - mean) ** 2 for r in ratio) / (seeds - 1) / seeds),
    }
    curve, goal = [sum(s[i] for s in at[1]) / seeds for i in range(points)], 1.05 * sum(direct) / seeds
    first = next((i for i, v in enumerate(curve) if v <= goal), None)
    if first is not None:
        found["flop_ratio"] = (
            first + (curve[first - 1] - goal) / (curve[first - 1] - curve[first]) if first else 1
        ) / points
    return found
