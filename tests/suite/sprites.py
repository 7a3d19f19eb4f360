"""Attributes of sprites as recompute scripts read them from .npy files, and which combinations no training set may
hold. Standard library only."""
from arrays import npy

SHAPE, COLOUR, SIZE, POSITION, ROTATION, TEXTURE, BACKGROUND = range(7)
HELD_OUT = [
    (SHAPE, 0, COLOUR, 6),
    (SHAPE, 1, COLOUR, 4),
    (SHAPE, 2, COLOUR, 1),
    (SHAPE, 3, COLOUR, 5),
    (SHAPE, 4, COLOUR, 0),
    (SHAPE, 5, COLOUR, 3),
    (COLOUR, 2, TEXTURE, 1),
    (COLOUR, 7, TEXTURE, 2),
]


def rows(path):
    (n, d), flat = npy(path)
    return [tuple(flat[i * d : (i + 1) * d]) for i in range(n)]


def held_out(row):
    return any(row[a] == v and row[b] == w for a, v, b, w in HELD_OUT)


def exact(seen, asked):
    return sum(s == a for s, a in zip(seen, asked)) / len(asked)
