"""Recomputes metrics of lab 16 from its .npy files, and looks that no drawing of the test has an outline that was
trained on. Standard library only."""
import csv
from arrays import npy

HUES = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]
WHITE = [0, 0.3, 0.6]
COLOURS = [(0, 0, 0)] + [
    tuple(round(510 * (w + (1 - w) * k)) for k in hue) for hue in HUES for w in WHITE
]  # halves of a byte's steps
WHITEST = 242  # 0.95 of 255: what is lighter in the truth is no part of the drawing
SIDE, LINE = 32, 96


def flat(path):
    shape, values = npy(path)
    assert shape[1:] == (SIDE, SIDE, 3), f"{path}: {shape}"
    return values


def chroma(made, truth):
    inside = [q for q in range(0, len(truth), 3) if min(truth[q : q + 3]) <= WHITEST]
    return sum(max(made[q : q + 3]) - min(made[q : q + 3]) for q in inside) / len(inside)


def hues(made, truth):
    found = []
    for i in range(0, len(truth), SIDE * LINE):
        inside = [q for q in range(i, i + SIDE * LINE, 3) if min(truth[q : q + 3]) <= WHITEST]
        mean = [sum(made[q + k] for q in inside) / len(inside) for k in range(3)]
        found.append([m - sum(mean) / 3 for m in mean])
    middle = [sum(h[k] for h in found) / len(found) for k in range(3)]
    return (sum((h[k] - middle[k]) ** 2 for h in found for k in range(3)) / len(found)) ** 0.5


def edges(x):
    right = sum((x[i + 3] - x[i]) ** 2 for line in range(0, len(x), LINE) for i in range(line, line + LINE - 3))
    below = sum(
        (x[i + LINE] - x[i]) ** 2
        for tile in range(0, len(x), SIDE * LINE)
        for i in range(tile, tile + (SIDE - 1) * LINE)
    )
    return right + below


def label(rgb, seen={}):
    if rgb not in seen:
        seen[rgb] = min(range(len(COLOURS)), key=lambda c: sum((2 * a - b) ** 2 for a, b in zip(rgb, COLOURS[c])))
    return seen[rgb]


def right(made, truth):
    n = range(0, len(truth), 3)
    return sum(label(tuple(made[q : q + 3])) == label(tuple(truth[q : q + 3])) for q in n) / len(n)


def recompute(out, data):
    with open(f"{out}/drawings.csv") as file:
        outlines = [int(row["outline"]) for row in csv.DictReader(file)]
    assert outlines and all(
        (o * 2654435761 % 2**32 >> 16) % 10 == 0 for o in outlines
    ), "drawings.csv names one that is trained on"
    truth, found = flat(f"{out}/emoji_truth.npy"), {}
    for loss in ("l1", "gan", "l1gan"):
        made = flat(f"{out}/emoji_{loss}.npy")
        found[f"chroma_{loss}"] = chroma(made, truth) / chroma(truth, truth)
        found[f"hues_{loss}"] = hues(made, truth) / hues(truth, truth)
        found[f"l1_{loss}"] = sum(abs(a - b) for a, b in zip(made, truth)) / len(truth) / 255
        found[f"edges_{loss}"] = edges(made) / edges(truth)
    truth = flat(f"{out}/labels_truth.npy")
    for loss in ("l1", "gan", "l1gan"):
        found[f"labelled_{loss}"] = right(flat(f"{out}/labels_{loss}.npy"), truth)
    found["labels_pixel_acc"] = found["labelled_l1"]
    truth = flat(f"{out}/scenes_truth.npy")
    found["scene_edges_l1gan"] = edges(flat(f"{out}/scenes_l1gan.npy")) / edges(truth)
    return found
