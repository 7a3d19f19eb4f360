"""Recomputes metrics of lab 10 from samples.npy, judged.npy and the test labels alone: standard library only."""
from arrays import idx, npy


def sharpness(pixels, n, h, w):
    total = 0.0
    for i in range(n):
        x = [p / 255 for p in pixels[i * h * w : (i + 1) * h * w]]
        lap = [
            x[k - w] + x[k + w] + x[k - 1] + x[k + 1] - 4 * x[k]
            for y in range(1, h - 1)
            for k in range(y * w + 1, y * w + w - 1)
        ]
        mean = sum(lap) / len(lap)
        total += sum((v - mean) ** 2 for v in lap) / len(lap)
    return total / n


def recompute(out, data):
    shape, pixels = npy(f"{out}/samples.npy")
    _, judged = npy(f"{out}/judged.npy")
    _, labels = idx(f"{data}/t10k-labels-idx1-ubyte.gz")
    assert len(judged) == shape[0] and len(pixels) == shape[0] * shape[1] * shape[2]
    ours = [judged.count(k) / len(judged) for k in range(10)]
    real = [labels.count(k) / len(labels) for k in range(10)]
    return {
        "class_tv": sum(abs(a - b) for a, b in zip(ours, real)) / 2,
        "class_min": min(ours),
        "sharpness_gan": sharpness(pixels, min(500, shape[0]), shape[1], shape[2]),
    }
