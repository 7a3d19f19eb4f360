"""Recomputes metrics of lab 03 from its .npy files, the test images and the labels alone: standard library only."""
import math

from arrays import idx, rows


def squares(rows, others):
    return sum(sum((a - b) ** 2 for a, b in zip(p, q)) for p, q in zip(rows, others)) / min(len(rows), len(others))


def neighbours(known, known_label, x, label, k):
    right = 0
    for p, y in zip(x, label):
        near = sorted((math.dist(p, q), i) for i, q in enumerate(known))[:k]
        classes = [known_label[i] for _, i in near]
        right += max(classes, key=classes.count) == y  # the first of equals: the nearest
    return right / len(x)


def pca(x, mean, axes, k):
    columns = [[axis[j] for axis in axes] for j in range(k)]
    centred = [[a - m for a, m in zip(p, mean)] for p in x]
    code = [[sum(a * v for a, v in zip(p, col)) for col in columns] for p in centred]
    return code, [[m + sum(z[j] * columns[j][i] for j in range(k)) for i, m in enumerate(mean)] for z in code]


def recompute(out, data):
    (n, h, w), pixels = idx(f"{data}/t10k-images-idx3-ubyte.gz")
    (_, label), (_, train_label) = idx(f"{data}/t10k-labels-idx1-ubyte.gz"), idx(f"{data}/train-labels-idx1-ubyte.gz")
    d = h * w
    x = [[p / 255 for p in pixels[i * d : (i + 1) * d]] for i in range(n)]
    _, copy2 = pca(x, rows(f"{out}/pca_mean.npy")[0], rows(f"{out}/pca_axes.npy"), 2)
    found = {
        "test_sse_30": squares(x, rows(f"{out}/recon_30.npy")),
        "test_sse_2": squares(x, rows(f"{out}/recon_2.npy")),
        "pca_sse_2": squares(x, copy2),
        "denoise_sse_noisy": squares(x, rows(f"{out}/noisy.npy")),
        "denoise_sse_repair": squares(x, rows(f"{out}/denoised.npy")),
        "knn_2d": neighbours(rows(f"{out}/codes_2_train.npy"), train_label, rows(f"{out}/codes_2.npy"), label, 15),
    }
    found["mse_ratio_2d"] = found["test_sse_2"] / found["pca_sse_2"]
    guesses = rows(f"{out}/guesses.npy")  # the last three tables: all labels; raw, pca, ae
    for kind, guess in zip(("raw", "pca", "ae"), guesses[-3:]):
        found[f"few_{kind}_{len(train_label)}"] = sum(a == b for a, b in zip(guess, label)) / len(label)
    found[f"few_gain_{len(train_label)}"] = found[f"few_ae_{len(train_label)}"] - found[f"few_raw_{len(train_label)}"]
    return found
