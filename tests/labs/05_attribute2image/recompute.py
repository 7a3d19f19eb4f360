"""Recomputes metrics of lab 05 from its .npy files: standard library only. What the readers saw (read.npy) against what
was asked (attributes.npy), and the spread of pictures of the same sprites; that samples.npy is what the decoder's
weights make of the noise and the attributes is checked for the first few pictures."""
import math

from arrays import npy

VALUES, CHECKED, Z = (6, 8, 3, 5, 2, 3, 4), 2, 5


def dense(x, path, kind):
    (n_in, n_out), w = npy(f"{path}.{kind}.weight.npy")
    y = list(npy(f"{path}.{kind}.bias.npy")[1])
    assert len(x) == n_in and len(y) == n_out, (path, len(x), n_in, n_out)
    for i, xi in enumerate(x):
        if xi:
            y = [a + xi * b for a, b in zip(y, w[i * n_out : (i + 1) * n_out])]
    return y


def layer_norm(x, path, kind):
    gain, shift = npy(f"{path}.{kind}.weight.npy")[1], npy(f"{path}.{kind}.bias.npy")[1]
    mean = sum(x) / len(x)
    sd = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x) + 1e-5)
    return [g * (v - mean) / sd + s for v, g, s in zip(x, gain, shift)]


def leaky(x):
    return [max(v, 0.1 * v) for v in x]


def sigma(x):
    return [1 / (1 + math.exp(-v)) for v in x]


def deep(x, path):
    h = leaky(layer_norm(dense(x, path, "dense0"), path, "layernorm1"))
    h = leaky(layer_norm(dense(h, path, "dense3"), path, "layernorm4"))
    return sigma(dense(h, path, "dense6"))


def shallow(x, path):
    return dense(leaky(dense(x, path, "dense0")), path, "dense2")


def picture(folder, value, eps):
    """What the layered model draws: attributes (7) and noise (Z) to 3072 numbers."""
    a = [float(v == w) for v, n in zip(value, VALUES) for w in range(n)]
    expected = shallow(a, f"{folder}/prior")
    z = [m + math.exp(lv / 2) * e for m, lv, e in zip(expected[:Z], expected[Z:], eps)]
    gate, fore, back = deep(z + a, f"{folder}/gate"), sigma(shallow(a, f"{folder}/fore")), deep(z + a, f"{folder}/back")
    return [gate[i // 3] * f + (1 - gate[i // 3]) * b for i, (f, b) in enumerate(zip(fore, back))]


def spread(path):
    (n, *_), x = npy(path)
    d = len(x) // n
    times = 64 if n > 100 else 16
    total = 0
    for start in range(0, n, times):
        rows = [x[i * d : (i + 1) * d] for i in range(start, start + times)]
        for column in zip(*rows):
            mean = sum(column) / times
            total += sum(v * v for v in column) / times - mean * mean
    return math.sqrt(total / (n // times) / d)


def recompute(out, data):
    (n, attributes), asked = npy(f"{out}/attributes.npy")
    held, eps = npy(f"{out}/heldout.npy")[1], npy(f"{out}/eps.npy")[1]
    pixels = npy(f"{out}/samples.npy")[1]
    d = len(pixels) // n
    for i in range(CHECKED):
        x = picture(f"{out}/layers", asked[i * attributes : (i + 1) * attributes], eps[i * Z : (i + 1) * Z])
        off = max(abs(255 * v - p) for v, p in zip(x, pixels[i * d : (i + 1) * d]))
        assert off < 1.01, f"samples.npy: picture {i} is {off:.2f} levels from what the weights draw"
    found = {"diversity": spread(f"{out}/within.npy") / spread(f"{out}/within_real.npy")}
    for tag, name in (("", "read.npy"), ("flat_", "flat_read.npy")):
        seen = npy(f"{out}/{name}")[1]
        same = [[asked[i * attributes + k] == seen[i * attributes + k] for k in range(attributes)] for i in range(n)]
        known = [s for s, h in zip(same, held) if not h]
        fresh = [s for s, h in zip(same, held) if h]
        found[f"{tag}attr_acc_min"] = min(sum(s[k] for s in known) / len(known) for k in range(attributes))
        found[f"{tag}all_correct"] = sum(map(all, known)) / len(known)
        found[f"{tag}heldout_all_correct"] = sum(map(all, fresh)) / len(fresh)
    return found
