"""Recomputes metrics of lab 11 from its .npy files: standard library only. What the readers saw (*_read.npy) against
what should be seen (triples_attributes.npy); that fresh.npy is what the weights make of fresh_z.npy is checked for the
first few pictures."""
import math
import os

from arrays import npy

UNCLEAR, CHECKED, HALF = 255, 3, 16


def weights(path):
    (n_in, n_out), w = npy(f"{path}.weight.npy")
    return n_in, n_out, w, npy(f"{path}.bias.npy")[1]


def dense(x, path):
    n_in, n_out, w, y = weights(path)
    assert len(x) == n_in and len(y) == n_out, (path, len(x), n_in, n_out)
    y = list(y)
    for i, xi in enumerate(x):
        y = [a + xi * b for a, b in zip(y, w[i * n_out : (i + 1) * n_out])]
    return y


def batch_norm(x, path):
    gain, shift, run = (npy(f"{path}.{part}.npy")[1] for part in ("weight", "bias", "running"))
    mean, var = run[: len(x)], run[len(x) :]
    return [g * (v - m) / math.sqrt(s + 1e-5) + b for v, g, b, m, s in zip(x, gain, shift, mean, var)]


def sigma(v):
    return 1 / (1 + math.exp(-v))


def picture(out, z):
    """What G draws: noise to 32 x 32 x 3 numbers in [0,1]."""
    w = z
    for k in (0, 3, 6):
        w = [max(v, 0.2 * v) for v in batch_norm(dense(w, f"{out}/map.dense{k}"), f"{out}/map.batchnorm{k + 1}")]
    w = [math.tanh(v) for v in dense(w, f"{out}/map.dense9")]
    field, rgb = dense(w, f"{out}/form.dense0"), [sigma(v) for v in dense(w, f"{out}/colour.dense0")]

    def taps(at):
        near, far = at // 2, at // 2 + (1 if at % 2 else -1)
        return near, far if 0 <= far < HALF else near

    x = []
    for i in range(2 * HALF):
        for j in range(2 * HALF):
            (a, b), (c, d) = taps(i), taps(j)
            gate = sigma(
                0.75 * (0.75 * field[a * HALF + c] + 0.25 * field[a * HALF + d])
                + 0.25 * (0.75 * field[b * HALF + c] + 0.25 * field[b * HALF + d])
            )
            x += [rgb[3 + k] + gate * (rgb[k] - rgb[3 + k]) for k in range(3)]
    return x


def clear(path):
    (n, a), seen = npy(path)
    return sum(seen[i * a] != UNCLEAR for i in range(n)) / n


def sharpness(path):
    (n, h, w), pixels = npy(path)
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
    (n, dims), z = npy(f"{out}/fresh_z.npy")
    pixels = npy(f"{out}/fresh.npy")[1]
    d = len(pixels) // n
    for i in range(CHECKED):
        x = picture(out, z[i * dims : (i + 1) * dims])
        off = max(abs(255 * v - p) for v, p in zip(x, pixels[i * d : (i + 1) * d]))
        assert off < 1.01, f"fresh.npy: picture {i} is {off:.2f} levels from what the weights draw"
    fresh = clear(f"{out}/fresh_read.npy")
    found = {"fresh_clear": fresh}
    for way in ("lerp", "slerp", "lerp_w", "blend") if fresh > 0 else ():
        found["midpoint_" + ("confident" if way == "slerp" else way)] = clear(f"{out}/midpoints_{way}_read.npy") / fresh
    if os.path.exists(f"{out}/triples_read.npy"):
        (n, four, a), asked = npy(f"{out}/triples_attributes.npy")
        wanted = [asked[(4 * i + 3) * a : (4 * i + 4) * a] for i in range(n)]
        seen = npy(f"{out}/triples_read.npy")[1]
        found["arith_success"] = sum(seen[(4 * i + 3) * a : (4 * i + 4) * a] == wanted[i] for i in range(n)) / n
        for name, file in (("arith_z", "triples_z_read"), ("arith_control", "triples_control_read")):
            seen = npy(f"{out}/{file}.npy")[1]
            found[name] = sum(seen[i * a : (i + 1) * a] == wanted[i] for i in range(n)) / n
    ends = sharpness(f"{out}/garments_ends.npy")
    for way in ("lerp", "slerp", "blend"):
        found[f"sharpness_{way}"] = sharpness(f"{out}/garments_{way}.npy") / ends
    return found
