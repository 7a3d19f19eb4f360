"""Recomputes metrics of lab 02 from the held-out points, the codes and the weights alone: standard library only."""
import math

from arrays import rows


def through(out, net, x, act):
    """Six layers; the code (after the third) and the output are not bent."""
    for layer in range(6):
        columns = list(zip(*rows(f"{out}/model/{net}.dense{layer}.weight.npy")))
        bias = rows(f"{out}/model/{net}.dense{layer}.bias.npy")[0]
        x = [[sum(map(float.__mul__, row, c)) + b for c, b in zip(columns, bias)] for row in x]
        if layer not in (2, 5):
            x = [[act(a) for a in row] for row in x]
    return x


def mean_square(x, y):
    return sum((a - b) ** 2 for p, q in zip(x, y) for a, b in zip(p, q)) / (len(x) * len(x[0]))


def ranks(column):
    order = sorted(range(len(column)), key=lambda i: column[i][0])
    rank = [0] * len(column)
    for r, i in enumerate(order):
        rank[i] = r
    return rank


def recompute(out, data):
    found = {}
    for curve in ("half_circle", "sine", "spiral"):
        test = rows(f"{out}/test_{curve}.npy")
        linear = found[f"pca_mse_{curve}"] = mean_square(test, rows(f"{out}/pca_{curve}.npy"))
        error = found[f"test_mse_{curve}"] = mean_square(test, through(out, curve, test, math.tanh))
        found[f"mse_ratio_{curve}"] = error / linear
        t, z = ranks(rows(f"{out}/arc_{curve}.npy")), ranks(rows(f"{out}/codes_{curve}.npy"))
        n = len(t)
        rho = 1 - 6 * sum((a - b) ** 2 for a, b in zip(t, z)) / (n * (n * n - 1))
        found["code_order" + ("" if curve == "half_circle" else f"_{curve}")] = abs(rho)
    digits = rows(f"{out}/test_digits.npy")
    for k in (1, 16):
        found[f"test_mse_digits_k{k}"] = mean_square(
            digits, through(out, f"digits_k{k}", digits, lambda a: a if a > 0 else 0.1 * a)
        )
    return found
