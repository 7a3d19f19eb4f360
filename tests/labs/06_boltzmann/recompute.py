"""Recomputes metrics of lab 06 from its .npy files: standard library only. log Z is summed again over all states of the
hidden units, in Gray's order, so that from one to the next a single unit changes; the rivals' means come from what they
gave each test image."""
import math

from arrays import npy


def softplus(x):
    return max(x, 0) + math.log1p(math.exp(-abs(x)))


def log_partition(W, b, c, d, H):
    x, field, top, total = list(b), 0.0, -math.inf, 0.0
    columns = [W[j::H] for j in range(H)]
    state = 0
    for s in range(1 << H):
        # the product of 64 numbers between 1 and 2 is no larger than 2^64
        product = 1.0
        for v in x:
            product *= 1 + math.exp(-abs(v))
        term = field + sum(v for v in x if v > 0) + math.log(product)
        if term > top:
            total, top = total * math.exp(top - term) + 1, term
        else:
            total += math.exp(term - top)
        j = ((s + 1) & -(s + 1)).bit_length() - 1
        if j >= H:
            break
        sign = -1 if state >> j & 1 else 1
        state ^= 1 << j
        field += sign * c[j]
        x = [v + sign * w for v, w in zip(x, columns[j])]
    return top + math.log(total)


def recompute(out, data):
    (d, H), W = npy(f"{out}/W.npy")
    b, c = npy(f"{out}/b.npy")[1], npy(f"{out}/c.npy")[1]
    (n, _), v = npy(f"{out}/digits_test.npy")
    (m, _), train = npy(f"{out}/digits_train.npy")
    log_z, ll, alone = log_partition(W, b, c, d, H), 0.0, 0.0
    lit = [sum(train[k::d]) for k in range(d)]
    p = [(s + 0.5) / (m + 1) for s in lit]
    for i in range(n):
        x = v[i * d : (i + 1) * d]
        on = [k for k in range(d) if x[k]]
        ll += sum(b[k] for k in on) + sum(softplus(c[j] + sum(W[k * H + j] for k in on)) for j in range(H)) - log_z
        alone += sum(math.log(q) if t else math.log(1 - q) for t, q in zip(x, p))
    found = {"exact_ll_digits8": ll / n, "independent_ll": alone / n, "log_z": log_z}
    for name in ("mixture_ll", "vae_elbo", "vae_bound"):
        each = npy(f"{out}/{name}.npy")[1]
        found[name] = sum(each) / len(each)
    return found
