"""Recomputes metrics of lab 01 from mean.npy, weights_k*.npy and the test images alone: standard library only, so small
k only."""
from arrays import idx, npy


def recompute(out, data):
    (n, h, w), pixels = idx(f"{data}/t10k-images-idx3-ubyte.gz")
    d, mean = h * w, npy(f"{out}/mean.npy")[1]
    found = {}
    for k in (1, 2, 4):
        shape, weights = npy(f"{out}/weights_k{k}.npy")
        assert shape == (d, k), shape
        columns = [weights[b::k] for b in range(k)]
        total = 0.0
        for i in range(n):
            x = [p / 255 - m for p, m in zip(pixels[i * d : (i + 1) * d], mean)]
            xhat = [0.0] * d
            for col in columns:
                z = sum(a * b for a, b in zip(x, col))
                xhat = [v + z * c for v, c in zip(xhat, col)]
            total += sum((a - b) ** 2 for a, b in zip(x, xhat))
        found[f"test_mse_k{k}"] = total / (n * d)
    return found
