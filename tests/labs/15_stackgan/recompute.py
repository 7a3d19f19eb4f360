"""Recomputes metrics of lab 15 from its .npy files, and lists what the training set holds: no combination that is held
out may be among them. Standard library only."""
from arrays import npy
from sprites import exact, held_out, rows

SOME = 500  # pictures whose edges are measured again: bytes are slow in Python


def energy(path, n):
    (all_of_them, h, w, c), flat = npy(path)
    line, size, total = w * c, h * w * c, 0
    for i in range(min(n, all_of_them)):
        x = flat[i * size : (i + 1) * size]
        total += sum(
            (a - b) ** 2
            for r in range(h)
            for a, b in zip(x[r * line : (r + 1) * line - c], x[r * line + c : (r + 1) * line])
        )
        total += sum((a - b) ** 2 for a, b in zip(x, x[line:]))
    return total


def recompute(out, data):
    train = set(rows(f"{out}/train.npy"))
    assert train and not any(map(held_out, train)), "train.npy holds a combination that is held out"
    asked, new = rows(f"{out}/attributes.npy"), rows(f"{out}/heldout_attributes.npy")
    assert all(map(held_out, new)) and not any(
        map(held_out, asked)
    ), "what was asked is not of the kind that it should be"
    small, large, truth = npy(f"{out}/stage1.npy")[0], npy(f"{out}/stage2.npy")[0], npy(f"{out}/truth.npy")[0]
    assert (
        small == (len(asked), 16, 16, 3) and large == truth and large[0] == len(asked)
    ), f"stage1 {small}, stage2 {large}, truth {truth}"
    found = {
        "exact_match": exact(rows(f"{out}/stage2_seen.npy"), asked),
        "exact_match_stage1": exact(rows(f"{out}/stage1_seen.npy"), asked),
        "exact_match_heldout": exact(rows(f"{out}/heldout_seen.npy"), new),
        "exact_match_plain": exact(rows(f"{out}/plain_seen.npy"), asked),
        "exact_match_plain_heldout": exact(rows(f"{out}/plain_heldout_seen.npy"), new),
    }
    if len(asked) <= SOME:  # a quick run: all of them
        found["edge_energy_ratio"] = energy(f"{out}/stage2.npy", SOME) / energy(f"{out}/truth.npy", SOME)
    return found
