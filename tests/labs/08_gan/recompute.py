"""Recomputes metrics of lab 08 from samples_*.npy and modes_*.npy alone: standard library only."""
from arrays import npy


def recompute(out, data):
    found, seeds = {}, 5
    for kind in ("ring", "grid"):
        (modes, _), table = npy(f"{out}/modes_{kind}.npy")
        (total, _), x = npy(f"{out}/samples_{kind}.npy")
        n, strict, lax, near = total // seeds, [], [], 0
        for s in range(seeds):
            held = [0] * modes
            for i in range(s * n, (s + 1) * n):
                best, k = min(
                    ((x[2 * i] - table[3 * k]) ** 2 + (x[2 * i + 1] - table[3 * k + 1]) ** 2, k) for k in range(modes)
                )
                held[k] += best <= (3 * table[3 * k + 2]) ** 2
            strict.append(sum(h >= 0.5 * n / modes for h in held))
            lax.append(sum(h > 0 for h in held))
            near += sum(held)
            found[f"modes_{kind}_seed{s + 1}"] = strict[-1]
        found[f"modes_{kind}_plain"] = sum(strict) / seeds
        found[f"modes_{kind}_lax"] = sum(lax) / seeds
        found[f"hq_{kind}_plain"] = near / total
        found[f"{kind}_covered"] = sum(m == modes for m in strict)
    return found
