"""Recomputes metrics of lab 04 from the .npy files of model/ and model2/ and the test images: standard library only. KL
and reconstruction come from mu, logvar and rec of all test images; that rec is what the decoder's weights make of z =
mu + sd eps is checked for the first few images."""
import math

from arrays import idx, npy

CHECKED = 12


def dense(x, path):
    (n_in, n_out), w = npy(f"{path}.weight.npy")
    y = list(npy(f"{path}.bias.npy")[1])
    assert len(x) == n_in and len(y) == n_out, (path, len(x), n_in, n_out)
    for i, xi in enumerate(x):
        if xi:
            y = [a + xi * b for a, b in zip(y, w[i * n_out : (i + 1) * n_out])]
    return y


def net(x, path):
    return dense([max(h, 0.0) for h in dense(x, f"{path}.dense0")], f"{path}.dense2")


def close(a, b):
    return abs(a - b) <= 1e-3 + 1e-4 * abs(b)


def recompute(out, data):
    (n, h, w), pixels = idx(f"{data}/t10k-images-idx3-ubyte.gz")
    found = {}
    for name, folder in (("d20", "model"), ("d2", "model2")):
        d = f"{out}/{folder}"
        (rows, Z), mu = npy(f"{d}/mu.npy")
        logvar, eps, rec = (npy(f"{d}/{what}.npy")[1] for what in ("logvar", "eps", "rec"))
        assert rows == n == len(rec), (rows, n)
        for i in range(CHECKED):
            x = [p / 255 for p in pixels[i * h * w : (i + 1) * h * w]]
            code, at = net(x, f"{d}/encoder"), slice(i * Z, (i + 1) * Z)
            assert all(
                close(a, b) for a, b in zip(code, list(mu[at]) + list(logvar[at]))
            ), f"{d}: mu and logvar of image {i} are not the encoder's"
            z = [m + math.exp(lv / 2) * e for m, lv, e in zip(mu[at], logvar[at], eps[at])]
            y = net(z, f"{d}/decoder")
            nll = sum(max(t, 0) - p * t + math.log1p(math.exp(-abs(t))) for p, t in zip(x, y))
            assert close(nll, rec[i]), f"{d}: rec of image {i} is {rec[i]}, from the weights {nll}"
        found[f"kl_{name}"] = sum(m * m + math.exp(lv) - lv - 1 for m, lv in zip(mu, logvar)) / 2 / n
        found[f"rec_{name}"] = sum(rec) / n
        found[f"neg_elbo_{name}"] = found[f"kl_{name}"] + found[f"rec_{name}"]
    return found
