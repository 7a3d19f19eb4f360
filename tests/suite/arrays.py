"""The files that labs read and write, for tests that recompute a metric: standard library only."""
import ast
import gzip
import struct
from array import array


def npy(path):
    """(shape, all numbers in row order) of an .npy file of float32 or uint8."""
    with open(path, "rb") as f:
        raw = f.read()
    start = 10 + struct.unpack("<H", raw[8:10])[0]
    header = ast.literal_eval(raw[10:start].decode().strip())
    assert header["descr"] in ("<f4", "|u1") and not header["fortran_order"], header
    numbers = array("f" if header["descr"] == "<f4" else "B")
    numbers.frombytes(raw[start:])
    return header["shape"], numbers


def rows(path):
    """The rows of an .npy file of two dimensions."""
    (n, d), numbers = npy(path)
    return [numbers[i * d : (i + 1) * d] for i in range(n)]


def idx(path):
    """(sizes, bytes) of a compressed IDX file: (n, h, w) of images, (n,) of labels."""
    with gzip.open(path) as f:
        raw = f.read()
    rank = raw[3]
    return struct.unpack(f">{rank}I", raw[4 : 4 + 4 * rank]), raw[4 + 4 * rank :]
