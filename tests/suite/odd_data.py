#!/usr/bin/env python3
"""Folders of IDX files as people have them, made from the shipped images: odd_data.py DIR [NAME...]

small     600 training and 200 test images, as many as the next four have
size32    images of 32 x 32                         size12    images of 12 x 12
one       images of one class alone                 black     images without a single bright pixel
few       60 images, fewer than a batch             dotted    train-images.idx3-ubyte, as some unpackers name it
prefixed  emnist-letters-train-images-idx3-ubyte.gz and emnist-letters-test-..., as EMNIST comes
page      a web page under the name of the images   halved    a .gz that was cut in half        plain     not
compressed"""
import glob
import gzip
import os
import struct
import sys
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETS = {"train": "train", "test": "t10k"}


def shipped(which):
    """(h, w, images as a list of bytes, labels as a list of numbers) of the shipped subset of Fashion-MNIST."""
    with gzip.open(f"{ROOT}/common/data/{SETS[which]}-images-idx3-ubyte.gz") as f:
        n, h, w = struct.unpack(">4xIII", f.read(16))
        images = [f.read(h * w) for _ in range(n)]
    with gzip.open(f"{ROOT}/common/data/{SETS[which]}-labels-idx1-ubyte.gz") as f:
        f.read(8)
        return h, w, images, list(f.read(n))


def resized(image, h, w, side):
    return bytes(image[y * h // side * w + x * w // side] for y in range(side) for x in range(side))


def write(folder, stem, h, w, images, labels, names=("{}-images-idx3-ubyte", "{}-labels-idx1-ubyte"), gz=True):
    files = (
        (names[0], struct.pack(">IIII", 0x803, len(images), h, w) + b"".join(images)),
        (names[1], struct.pack(">II", 0x801, len(labels)) + bytes(labels)),
    )
    for name, content in files:
        path = f"{folder}/{name.format(stem)}"
        with gzip.open(path + ".gz", "wb", 1) if gz else open(path, "wb") as f:
            f.write(content)


def png(path, w, h, channels, shade):
    """A PNG of one stripe after the other, grey or in colour."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    lines = b"".join(b"\0" + bytes((shade + 40 * y + 13 * x) % 256 for x in range(w * channels)) for y in range(h))
    with open(path, "wb") as f:
        f.write(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 0 if channels == 1 else 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines))
            + chunk(b"IEND", b"")
        )


def png_folder(folder, n=24, w=16, h=16, channels=3):
    os.makedirs(folder)
    for i in range(n):
        png(f"{folder}/{i:03}.png", w, h, channels, 10 * i)
    return folder


def make(root, name):
    """Makes ROOT/NAME, one of the folders that the text above lists, and returns its path."""
    folder = f"{root}/{name}"
    os.makedirs(folder)
    for which, stem in SETS.items():
        h, w, images, labels = shipped(which)
        if name in ("small", "size32", "size12", "black", "few"):
            n = 60 if name == "few" else 600 if which == "train" else 200
            images, labels = images[:n], labels[:n]
        if name in ("small", "few"):
            write(folder, stem, h, w, images, labels)
        elif name in ("size32", "size12"):
            side = int(name[4:])
            write(folder, stem, side, side, [resized(i, h, w, side) for i in images], labels)
        elif name == "one":
            ours = [i for i, label in zip(images, labels) if label == 3]
            write(folder, stem, h, w, ours, [0] * len(ours))
        elif name == "black":
            write(folder, stem, h, w, [bytes(h * w)] * len(images), labels)
        elif name == "dotted":
            write(folder, stem, h, w, images, labels, ("{}-images.idx3-ubyte", "{}-labels.idx1-ubyte"), gz=False)
        elif name == "prefixed":
            write(
                folder,
                which,
                h,
                w,
                images,
                labels,
                ("emnist-letters-{}-images-idx3-ubyte", "emnist-letters-{}-labels-idx1-ubyte"),
            )
        elif name == "plain":
            write(folder, stem, h, w, images, labels, gz=False)
        elif name in ("page", "halved"):
            write(folder, stem, h, w, images, labels)
            path = f"{folder}/{stem}-images-idx3-ubyte"
            if name == "page":
                os.remove(path + ".gz")
                with open(path, "w", encoding="ascii") as f:
                    f.write(
                        "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body>gone</body></html>\n"
                    )
            else:
                size = os.path.getsize(path + ".gz")
                os.truncate(path + ".gz", size // 2)
        else:
            sys.exit(f"odd_data: no data set '{name}'")
    return folder


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[2:] or "small size32 size12 one black few dotted prefixed page halved plain".split()
    for each in names:
        print(make(sys.argv[1], each))
