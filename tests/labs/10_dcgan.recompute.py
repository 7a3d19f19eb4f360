"""Recomputes metrics of lab 10 from samples.npy, judged.npy and the test labels alone: standard library only."""
import gzip
import struct


def npy_u8(path):
    with open(path, "rb") as f:
        raw = f.read()
    start = 10 + struct.unpack("<H", raw[8:10])[0]
    header = eval(raw[10:start], {"__builtins__": {}}, {"False": False})    # noqa: S307, the header is a literal dict by its format
    assert header["descr"] in ("|u1", "u1"), header
    return header["shape"], raw[start:]


def sharpness(pixels, n, h, w):
    total = 0.0
    for i in range(n):
        x = [p / 255 for p in pixels[i * h * w:(i + 1) * h * w]]
        lap = [x[k - w] + x[k + w] + x[k - 1] + x[k + 1] - 4 * x[k] for y in range(1, h - 1) for k in range(y * w + 1, y * w + w - 1)]
        mean = sum(lap) / len(lap)
        total += sum((v - mean) ** 2 for v in lap) / len(lap)
    return total / n


def recompute(out, data):
    shape, pixels = npy_u8(f"{out}/samples.npy")
    _, judged = npy_u8(f"{out}/judged.npy")
    with gzip.open(f"{data}/t10k-labels-idx1-ubyte.gz") as f:
        labels = f.read()[8:]
    assert len(judged) == shape[0] and len(pixels) == shape[0] * shape[1] * shape[2]
    ours = [judged.count(k) / len(judged) for k in range(10)]
    real = [labels.count(k) / len(labels) for k in range(10)]
    return {"class_tv": sum(abs(a - b) for a, b in zip(ours, real)) / 2, "class_min": min(ours),
            "sharpness_gan": sharpness(pixels, min(500, shape[0]), shape[1], shape[2])}
