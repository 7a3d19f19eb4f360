#!/usr/bin/env python3
"""How the files beside this script were made. Needs Debian's dataset-fashion-mnist and python3-sklearn; run it in this folder.

Fashion-MNIST: of each class the first 200 training and the first 50 test images, in the order of the original files.
digits8: scikit-learn's copy of the UCI test set of optically recognised digits, 1,797 images of 8 x 8, values 0..16."""
import csv, gzip, struct

SOURCE = "/usr/share/datasets/fashion-mnist/"
DIGITS = "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz"


def write(name, magic, sizes, payload):
    with open(name, "wb") as f, gzip.GzipFile("", "wb", 9, f, 0) as z:      # no name, no time: the same bytes every time
        z.write(struct.pack(f">{1 + len(sizes)}I", magic, *sizes) + payload)


def subset(which, per_class):
    images = gzip.open(SOURCE + which + "-images-idx3-ubyte.gz").read()[16:]
    labels = gzip.open(SOURCE + which + "-labels-idx1-ubyte.gz").read()[8:]
    taken, left = [], [per_class] * 10
    for i, y in enumerate(labels):
        if left[y]:
            left[y] -= 1
            taken.append(i)
    write(which + "-images-idx3-ubyte.gz", 2051, [len(taken), 28, 28], b"".join(images[784 * i:784 * (i + 1)] for i in taken))
    write(which + "-labels-idx1-ubyte.gz", 2049, [len(taken)], bytes(labels[i] for i in taken))


subset("train", 200)
subset("t10k", 50)
rows = [[int(float(v)) for v in r] for r in csv.reader(gzip.open(DIGITS, "rt"))]
write("digits8-images-idx3-ubyte.gz", 2051, [len(rows), 8, 8], bytes(v for r in rows for v in r[:64]))
write("digits8-labels-idx1-ubyte.gz", 2049, [len(rows)], bytes(r[64] for r in rows))
