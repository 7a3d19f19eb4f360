"""Recomputes metrics of lab 07 from the densities and D on the grid, and from the samples: standard library only."""
import bisect
import math

from arrays import npy, rows

MEANS, SD = (-1.4, 1.4), 0.7
WHOLE_SD = math.sqrt(1.4**2 + SD**2)


def below(x):
    return sum(0.25 * math.erfc((m - x) / SD * math.sqrt(0.5)) for m in MEANS)


def recompute(out, data):
    estimate = rows(f"{out}/estimate.npy")
    got = sum(0.01 * (p * math.log(max(D, 1e-12)) + q * math.log(1 - min(D, 1 - 1e-9))) for _, p, q, D, _ in estimate)
    want = sum(0.01 * (p * math.log(p / (p + q)) + q * math.log(q / (p + q))) for _, p, q, _, _ in estimate)
    square = sum(0.01 * 0.5 * (p + q) * math.log(D / (1 - D) * q / p) ** 2 for _, p, q, D, _ in estimate)
    found = {"v_error": abs(got - want), "logit_rmse": math.sqrt(square)}

    grid = [-20 + 0.001 * i for i in range(40001)]  # quantiles from a table of the cumulative
    table = [below(x) for x in grid]
    (seeds, n), x = npy(f"{out}/samples.npy")
    quantile = []
    for i in range(n):
        share = (i + 0.5) / n
        k = bisect.bisect(table, share)
        quantile.append(grid[k - 1] + 0.001 * (share - table[k - 1]) / (table[k] - table[k - 1]))
    w1, js, ratio = [], [], []
    edges = [-6 + 0.2 * k for k in range(61)]
    mass = [(below(b) if b < 5.9 else 1) - (below(a) if a > -5.9 else 0) for a, b in zip(edges, edges[1:])]
    for s in range(seeds):
        points = sorted(x[s * n : (s + 1) * n])
        w1.append(sum(abs(p - q) for p, q in zip(points, quantile)) / n / WHOLE_SD)
        count = [0] * 60
        for p in points:
            count[int(min(max((p + 6) * 5, 0), 59))] += 1 / n
        js.append(
            sum(
                0.5
                * ((p * math.log(2 * p / (p + q)) if p > 0 else 0) + (q * math.log(2 * q / (p + q)) if q > 0 else 0))
                for p, q in zip(mass, count)
            )
        )
        mean = sum(points) / n
        ratio.append(math.sqrt(sum(p * p for p in points) / n - mean * mean) / WHOLE_SD)
    found.update(w1=max(w1), js=max(js), sd_ratio_min=min(ratio), sd_ratio_max=max(ratio))
    return found
