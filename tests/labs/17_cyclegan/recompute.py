"""Recomputes metrics of lab 17 from its .npy files, and looks that no drawing of the test has an outline that was
trained on. Standard library only."""
import csv
from arrays import npy
from sprites import rows

SHAPE, COLOUR, TEXTURE = 0, 1, 5
SNEAKER, BOOT = 7, 9
WHITEST = 242  # 0.95 of 255: what is lighter in the truth is no part of the drawing


def apart(a, b):
    assert len(a) == len(b)
    return sum(abs(x - y) for x, y in zip(a, b)) / len(a) / 255


def chroma(made, truth):
    inside = [q for q in range(0, len(truth), 3) if min(truth[q : q + 3]) <= WHITEST]
    return sum(max(made[q : q + 3]) - min(made[q : q + 3]) for q in inside) / len(inside)


def recompute(out, data):
    def flat(name):
        return npy(f"{out}/{name}.npy")[1]

    with open(f"{out}/drawings.csv") as file:
        outlines = [int(row["outline"]) for row in csv.DictReader(file)]
    assert outlines and all(
        (o * 2654435761 % 2**32 >> 16) % 10 == 0 for o in outlines
    ), "drawings.csv names one that is trained on"
    found, asked = {}, rows(f"{out}/sprites_attributes.npy")
    for suffix in ("", "_no_cycle", "_no_identity", "_paired"):
        name = f"sprites{suffix}"
        seen = [
            (s, a, wanted)
            for way, wanted in (("ab", 1), ("ba", 0))
            for s, a in zip(rows(f"{out}/{name}_seen_{way}.npy"), asked)
        ]
        found[f"shape_kept{suffix}"] = sum(s[SHAPE] == a[SHAPE] for s, a, _ in seen) / len(seen)
        found[f"colour_kept{suffix}"] = sum(s[COLOUR] == a[COLOUR] for s, a, _ in seen) / len(seen)
        found[f"target_style{suffix}"] = sum(s[TEXTURE] == wanted for s, _, wanted in seen) / len(seen)
        a, b = flat(f"{name}_source_a"), flat(f"{name}_source_b")
        found[f"l1_sprites{suffix}"] = (
            apart(flat(f"{name}_translated_ab"), b) + apart(flat(f"{name}_translated_ba"), a)
        ) / 2
        found[f"cycle_sprites{suffix}"] = (apart(flat(f"{name}_cycle_a"), a) + apart(flat(f"{name}_cycle_b"), b)) / 2
    found["l1_over_pix2pix"] = found["l1_sprites"] / found["l1_sprites_paired"]

    boots, sneakers = flat("boots_judged_ab"), flat("boots_judged_ba")
    right = sum(label == BOOT for label in boots), sum(label == SNEAKER for label in sneakers)
    found["judged_boots"], found["judged_sneakers"] = right[0] / len(boots), right[1] / len(sneakers)
    found["boots_judged"] = sum(right) / (len(boots) + len(sneakers))
    found["cycle_boots"] = sum(apart(flat(f"boots_cycle_{k}"), flat(f"boots_source_{k}")) for k in "ab") / 2

    line, truth = flat("emoji_source_a"), flat("emoji_source_b")
    found["emoji_outline_l1"] = apart(flat("emoji_translated_ba"), line)
    found["emoji_chroma"] = chroma(flat("emoji_translated_ab"), truth) / chroma(truth, truth)
    found["cycle_emoji_a"], found["cycle_emoji_b"] = apart(flat("emoji_cycle_a"), line), apart(
        flat("emoji_cycle_b"), truth
    )
    for touched in ("cleaned", "noisy", "median"):
        found[f"hidden_{touched}"] = apart(flat(f"emoji_{touched}"), truth) / found["cycle_emoji_b"]
    found["hidden_ratio"] = found["hidden_cleaned"]
    found["hidden_control"] = apart(flat("emoji_cleaned_a"), flat("emoji_translated_ab"))
    return found
