"""Recomputes metrics of lab 00 from its .npy files and the shipped digits alone: standard library only."""
import math
from collections import Counter

from arrays import idx, rows


def nearest(x, centroids):
    squares = [sum((a - b) ** 2 for a, b in zip(x, c)) for c in centroids]
    least = min(squares)
    return least, squares.index(least)


def clusters(out, data):
    (n, h, w), pixels = idx(f"{data}/digits8-images-idx3-ubyte.gz")
    labels = idx(f"{data}/digits8-labels-idx1-ubyte.gz")[1]
    centroids, total, found = rows(f"{out}/centroids.npy"), 0.0, [Counter() for _ in range(10)]
    for i in range(n):
        square, k = nearest([p / 16 for p in pixels[i * h * w : (i + 1) * h * w]], centroids)
        total += square
        found[k][labels[i]] += 1
    restarts = rows(f"{out}/restarts.npy")
    best = max(restarts, key=lambda r: r[1])
    blobs, middle = rows(f"{out}/blobs.npy"), rows(f"{out}/blobs_centroids.npy")
    return {
        "kmeans_inertia_digits8": total / (n * h * w),
        "kmeans_accuracy_digits8": sum(max(c.values(), default=0) for c in found) / n,
        "accuracy_min": min(r[1] for r in restarts),
        "accuracy_max": best[1],
        "inertia_of_accuracy_max": best[0],
        "kmeans_inertia_blobs": sum(nearest(x, middle)[0] for x in blobs) / len(blobs),
    }


def gauss(x, mean, cov):
    """log N(x; mean, cov) in one dimension or two."""
    u = [a - b for a, b in zip(x, mean)]
    if len(u) == 1:
        return -0.5 * (u[0] ** 2 / cov[0] + math.log(2 * math.pi * cov[0]))
    a, b, c = cov[0], cov[1], cov[3]
    det = a * c - b * b
    return -0.5 * ((c * u[0] ** 2 - 2 * b * u[0] * u[1] + a * u[1] ** 2) / det + math.log(det)) - math.log(2 * math.pi)


def log_sum_exp(v):
    top = max(v)
    return top + math.log(sum(math.exp(a - top) for a in v))


def densities(out, d):
    """KL by quadrature over the grid; the kernel's and the mixture's log density anew from the samples and the
    components."""
    grid, found, top = rows(f"{out}/density_{d}d.npy"), {}, {}
    cell = (grid[1][0] - grid[0][0]) ** d
    for e, name in enumerate(("histogram", "kernel", "mixture")):
        best = max(rows(f"{out}/{name}_{d}d.npy"), key=lambda r: r[2])
        found[f"knob_{d}d_{name}"], top[name] = best[0], best[2]
        if name == "mixture":
            parts = rows(f"{out}/components_{d}d.npy")
            for g in grid:
                g[d + 1 + e] = log_sum_exp(
                    [math.log(p[0]) + gauss(g[:d], p[1 : 1 + d], p[1 + d :]) for p in parts if p[0] > 0]
                )
        if name == "kernel" and d == 1:
            samples, h = rows(f"{out}/samples_{d}d.npy"), best[0]
            for g in grid:
                g[d + 1 + e] = log_sum_exp([gauss(g[:d], x, [h * h]) for x in samples]) - math.log(len(samples))
        found[f"kl_{d}d_{name}"] = sum(cell * math.exp(g[d]) * (g[d] - g[d + 1 + e]) for g in grid)
    found[f"kl_{d}d"] = found[f"kl_{d}d_" + max(top, key=top.get)]
    return found


def recompute(out, data):
    values = [r[0] for r in rows(f"{out}/scree.npy")]
    shares = {f"variance_{k}_axes": sum(values[:k]) / sum(values) for k in (2, 10)}
    return {**clusters(out, data), **shares, **densities(out, 1), **densities(out, 2)}
