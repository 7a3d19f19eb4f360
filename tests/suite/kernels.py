#!/usr/bin/env python3
"""Which kernels does every kind of program run on a processor that OpenBLAS does not know?  kernels.py BUILD

OPENBLAS_CORETYPE with DGN_IGNORE_CORETYPE stands for what OpenBLAS picked by itself (see common/kernels.c); with
OPENBLAS_VERBOSE=2 it names each set that it takes into use, so the last one named is what the program computes with.
Ends with a line `N passed, N failed`."""
import os
import re
import shutil
import subprocess
import sys

from answers import ROOT
from say import counted, say

LAB = "08_gan"


def cores(command, **env):
    """The kernels that the programs of a command took into use, in order."""
    settings = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "GOMP_SPINCOUNT")}
    r = subprocess.run(
        command,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**settings, "OPENBLAS_VERBOSE": "2", **env},
    )
    return re.findall(r"^Core: (\w+)", r.stderr + r.stdout, re.M)


def level():
    """What this processor can do: 2 with AVX2, 3 with AVX-512, less without."""
    with open("/proc/cpuinfo") as f:
        flags = set(next((line for line in f if line.startswith("flags")), "").split())
    return 3 if {"avx512f", "avx512dq", "avx512bw", "avx512vl"} <= flags else 2 if {"avx2", "fma"} <= flags else 0


def main():
    os.chdir(ROOT)
    build = sys.argv[1]
    print("kernels")
    if level() < 2:
        print("  this processor has no AVX2: OpenBLAS's own pick stays, and there is nothing to see")
        return counted()
    driver, judge = f"{build}/driver/solutions/{LAB}", f"{build}/tests/labs/{LAB}/judge"
    case = next(line.split()[1] for line in open(f"tests/labs/{LAB}/reference.txt") if line.startswith("case "))
    programs = {
        "a lab": [f"{build}/solutions/{LAB}", "--help"],
        "an unwritten lab": [f"{build}/cut/{LAB}", "--help"],
        "a driver": [driver, case, "1"],
        "the benchmark": [f"{build}/tests/bench/bench", "1", "portable"],
    }
    for what, command in programs.items():
        for old in ("Prescott", "Nehalem"):
            told = cores(command, DGN_IGNORE_CORETYPE="1", OPENBLAS_CORETYPE=old)
            say(
                told and told[0] == old and told[-1] == "Haswell",
                f"{what}: Haswell, where OpenBLAS picked {old}",
                str(told),
            )
    told = cores(programs["a lab"], OPENBLAS_CORETYPE="Nehalem")
    say(told and set(told) == {"Nehalem"}, "a lab: the user's own choice stays", str(told))
    told = cores(
        [judge],
        JUDGE_DRIVER=driver,
        JUDGE_REFERENCE=driver,
        JUDGE_SEED="1",
        DGN_IGNORE_CORETYPE="1",
        OPENBLAS_CORETYPE="Prescott",
    )
    say(told and told[-1] == "Haswell", "a judge, and the drivers that it starts", str(told))
    told = cores([f"{build}/tests/bench/bench", "1", "native"], DGN_IGNORE_CORETYPE="1", OPENBLAS_CORETYPE="Prescott")
    say(
        told and told[-1] == ("SkylakeX" if level() == 3 else "Haswell"),
        "the benchmark: this processor's best",
        str(told),
    )
    watchers = {
        "valgrind": ["valgrind", "-q"],
        "gdb": ["gdb", "-q", "-batch", "-ex", "run", "--args"],
        "strace": ["strace", "-f", "-o", "/dev/null"],
        "bwrap": ["bwrap", "--ro-bind", "/", "/", "--tmpfs", "/proc"],
    }
    for what, prefix in watchers.items():
        works = shutil.which(what) and subprocess.run([*prefix, "/bin/true"], capture_output=True).returncode == 0
        if works and "san" not in build:
            told = cores(
                [*prefix, *programs["a driver"]],
                DGN_IGNORE_CORETYPE="1",
                OPENBLAS_CORETYPE="Prescott",
                OMP_NUM_THREADS="2",
            )
            say(
                told and told[-1] == "Haswell",
                f"under {what}, without /proc" if what == "bwrap" else f"under {what}",
                str(told),
            )
    return counted()


if __name__ == "__main__":
    sys.exit(main())
