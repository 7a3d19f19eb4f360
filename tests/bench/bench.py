#!/usr/bin/env python3
"""make bench: samples per second of one training step, ours and PyTorch's, in turn A B A B, with medians and ratios.

bench.py BENCH OUT [SECONDS [TURNS]]   BENCH is the compiled tests/bench/bench.c. Writes OUT/bench.csv.
Both sides run the processor's best OpenBLAS kernels; ours also the portable ones, the default of every lab: their share
of the best ones' speed is the price of the same digits on every processor. The peer runs when Debian's python3 (or the
one on PATH) can import torch; otherwise its columns stay empty."""
import csv
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = ("linear_ae", "deep_ae", "vae", "gan_2d", "gan_mlp", "dcgan", "pix2pix", "cyclegan")


def python_with_torch():
    for python in ("/usr/bin/python3", "python3"):  # a version manager's python3 may hide Debian's
        try:
            if subprocess.run([python, "-c", "import torch"], capture_output=True).returncode == 0:
                return python
        except OSError:
            pass
    return None


class Runner:
    """A program that answers each line on its stdin with one on its stdout."""

    def __init__(self, args, env):
        self.p = subprocess.Popen(
            args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **env}
        )

    def ask(self, line):
        self.p.stdin.write(line + "\n")
        self.p.stdin.flush()
        answer = self.p.stdout.readline().strip()
        if not answer:
            sys.exit(f"bench: no answer to '{line}'")
        return answer if line == "kernels" else float(answer)


def main():
    bench, out = sys.argv[1], sys.argv[2]
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 0.6
    turns = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    python = python_with_torch()
    if not python:
        print("PyTorch is not there, so only our own speed is measured; on Debian: apt-get install python3-torch")
    rows = []
    for threads in (1, 2):
        ours = Runner([bench, str(threads), "native"], {})
        portable = Runner([bench, str(threads), "portable"], {})
        best, default = ours.ask("kernels"), portable.ask("kernels")
        # the peer at its fastest: its own threads, one for its BLAS, and kernels that OpenBLAS alone might not have
        # picked
        peer = python and Runner(
            [python, f"{HERE}/torch_peer.py", str(threads)],
            {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": best},
        )
        if threads == 1:
            print(
                f"OpenBLAS with its {best} kernels, for both; sgemm at {ours.ask('sgemm 0.5'):.0f} GFLOP/s with one "
                f"thread. "
                f"The default of the labs: {default}, {portable.ask('sgemm 0.5'):.0f} GFLOP/s"
            )
        for model in MODELS:
            a, b, rate, price = [], [], [], []
            for _ in range(turns):
                a.append(ours.ask(f"{model} {seconds}"))
                price.append(portable.ask(f"{model} {seconds}") / a[-1])
                if peer:
                    b.append(peer.ask(f"{model} {seconds}"))
                rate.append(ours.ask("sgemm 0.15"))
            flop, mine, fastest = ours.ask(f"flop {model}"), statistics.median(a), statistics.median(rate)
            products = statistics.median(ours.ask(f"products {model}") / ours.ask("sgemm 0.15") for _ in range(turns))
            row = {
                "model": model,
                "threads": threads,
                "ours_samples_per_s": f"{mine:.0f}",
                "peer_samples_per_s": "",
                "ratio": "",
                "sgemm_share": f"{mine * flop / 1e9 / fastest:.3f}",
                "products_share": f"{products:.3f}",
                "default_share": f"{statistics.median(price):.2f}",
            }
            if peer:  # the ratio of neighbours in time, so that a drift of the machine cancels
                row.update(
                    peer_samples_per_s=f"{statistics.median(b):.0f}",
                    ratio=f"{statistics.median(x / y for x, y in zip(a, b)):.2f}",
                )
            rows.append(row)
            print(
                "{model:<10} {threads} thread(s)  ours {ours_samples_per_s:>7}/s  PyTorch {peer_samples_per_s:>7}/s  "
                "ratio {ratio:>5}  "
                "{sgemm_share} of sgemm, its products alone {products_share}; default kernels {default_share} of "
                "ours".format(**row),
                flush=True,
            )
        for r in (ours, portable, peer):
            if r:
                r.p.stdin.close()
                r.p.wait()
    if python:
        for threads in (1, 2):
            ratios = [float(r["ratio"]) for r in rows if r["threads"] == threads]
            print(
                f"{threads} thread(s): geometric mean of the ratios {statistics.geometric_mean(ratios):.2f}, smallest "
                f"{min(ratios):.2f}"
            )
    os.makedirs(out, exist_ok=True)
    with open(f"{out}/bench.csv.tmp", "w", newline="") as f:
        writer = csv.DictWriter(f, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(f"{out}/bench.csv.tmp", f"{out}/bench.csv")


if __name__ == "__main__":
    main()
