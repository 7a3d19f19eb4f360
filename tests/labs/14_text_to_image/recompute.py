"""Recomputes metrics of lab 14 from its .npy files, and lists what the training set holds: no combination that is held
out may be among them. Standard library only."""
from arrays import npy
from sprites import exact, held_out, rows

OTHERS = 99


def precision(seen, asked):
    n, best = len(asked), 0
    for i in range(n):
        fits = sum(s == a for s, a in zip(seen[i], asked[i]))
        others = (asked[(i + j) % n] for j in range(1, min(OTHERS, n - 1) + 1))
        best += all(sum(s == a for s, a in zip(seen[i], other)) < fits for other in others if other != asked[i])
    return best / n


def recompute(out, data):
    train = set(rows(f"{out}/train.npy"))
    assert train and not any(map(held_out, train)), "train.npy holds a combination that is held out"
    asked, seen = rows(f"{out}/attributes.npy"), rows(f"{out}/seen.npy")
    new, new_seen = rows(f"{out}/heldout_attributes.npy"), rows(f"{out}/heldout_seen.npy")
    assert all(map(held_out, new)) and not any(
        map(held_out, asked)
    ), "what was asked is not of the kind that it should be"
    shape, _ = npy(f"{out}/samples.npy")
    with open(f"{out}/captions.txt", encoding="utf-8") as f:
        assert len(f.read().splitlines()) == len(asked) == shape[0], "a caption for each sample"
    found = {
        "exact_match": exact(seen, asked),
        "exact_match_heldout": exact(new_seen, new),
        "r_precision": precision(seen, asked),
        "exact_match_without": exact(rows(f"{out}/without_mismatch_seen.npy"), asked),
    }
    return found | {"mismatch_gain": found["exact_match"] - found["exact_match_without"]}
