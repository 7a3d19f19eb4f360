#!/usr/bin/env python3
"""Tests of the labs themselves: selftest.py BUILD NAME...

For each lab: the reference gets every point and the untouched stub none; every mutant loses exactly the exercise that its first line
names, with that outcome and that text in its message or hint; every variant keeps every point; with the committed reference values
and with fresh seeds. Then the program itself: flags, statuses, the same bytes twice and for any number of threads, broken
data, a full disk, Ctrl-C. What not every lab has, its .toml says in [program]: images = false if it reads none by --data, load = a pattern
of the metrics that --load must bring back ("test_" unless told; "" for a lab without --load). Ends with a line `N passed, N failed`."""
import csv
import filecmp
import glob
import gzip
import importlib.util
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from report import ROOT, GraderError, grade, manifest

passed, failed = 0, 0


def say(ok, what, why=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f"  {'ok  ' if ok else 'FAIL'} {what}" + (f": {why}" if why and not ok else ""), flush=True)


def brief(rows):
    return "; ".join(f"{r['exercise']} {r['state']} {r['points']}/{r['max']} {r['text']} {r['hint']}" for r in rows if r["state"] != "passed")


# ---- the judge's verdicts ----

def expectation(path):
    with open(path) as f:
        m = re.match(r"/\* expect: (.*?) \| (.*?) \| (.*?) \*/", f.readline())
    return m.groups() if m else sys.exit(f"{path}: its first line is not /* expect: EXERCISE | STATE | TEXT */")


def mutant_rejected(rows, exercise, state, text):
    row = next(r for r in rows if r["exercise"] == exercise)
    others = [r for r in rows if r is not row and r["state"] not in ("passed", "waits")]
    said = " ".join((row["text"] + " " + row["hint"]).split())
    return row["state"] == state and row["points"] < row["max"] and any(t in said for t in text.split("|")) and not others


def verdicts(build, name):
    judge, reference = f"{build}/tests/labs/{name}.judge", f"{build}/driver/solutions/{name}"
    golden = f"tests/labs/{name}.golden.txt"

    def run(driver, against, seed):
        try:
            return grade(name, driver, judge, against, seed)
        except GraderError as e:
            return [{"exercise": "grader", "state": "grader error", "points": 0, "max": 1, "text": str(e), "hint": ""}]

    def full(rows):
        return all(r["points"] == r["max"] for r in rows)

    mutants = [(path, expectation(path)) for path in sorted(glob.glob(f"tests/labs/{name}.mutants/*.c"))]
    variants = sorted(glob.glob(f"tests/labs/{name}.variants/*.c"))
    rounds = ((golden, "1"), (reference, "77"))
    jobs = [(reference, reference, seed) for seed in ("1", "2", "20261122")] + [(reference, golden, "1"), (f"{build}/driver/cut/{name}", golden, "1")]
    jobs += [(f"{build}/driver/{path[:-2]}", *r) for path in [path for path, _ in mutants] + variants for r in rounds]
    with ThreadPoolExecutor(os.cpu_count()) as pool:        # each is a process of its own; told in order
        verdict = pool.map(lambda job: run(*job), jobs)
        for seed in ("1", "2", "20261122"):
            rows = next(verdict)
            say(full(rows), f"the reference has every point with seed {seed}", brief(rows))
        rows = next(verdict)
        say(full(rows), "the reference has every point against the committed values", brief(rows))
        rows = next(verdict)
        say(all(r["points"] == 0 and r["state"] in ("not written", "waits") for r in rows), "the untouched stub has 0 points, every exercise not written",
            brief(rows))
        for path, want in mutants:
            for _, seed in rounds:
                rows = next(verdict)
                say(mutant_rejected(rows, *want), f"mutant {os.path.basename(path)[:-2]} (seed {seed}): {want[0]} {want[1]}", brief(rows) or "it passed")
        for path in variants:
            for _, seed in rounds:
                rows = next(verdict)
                say(full(rows), f"variant {os.path.basename(path)[:-2]} (seed {seed}) keeps every point", brief(rows))


# ---- the program ----

def lab(program, *args, **kw):
    return subprocess.run([program, *args], capture_output=True, text=True, cwd=ROOT, timeout=120, **kw)


def metrics(out):
    with open(f"{out}/metrics.csv") as f:
        return {r["name"]: r["value"] for r in csv.DictReader(f)}


def same_folder(a, b):
    """True if both hold the same files with the same bytes; the one line that may differ is wall_s in metrics.csv."""
    names = sorted(os.path.relpath(os.path.join(d, f), a) for d, _, fs in os.walk(a) for f in fs)
    if names != sorted(os.path.relpath(os.path.join(d, f), b) for d, _, fs in os.walk(b) for f in fs):
        return False
    ma, mb = metrics(a), metrics(b)
    ma.pop("wall_s"), mb.pop("wall_s")
    return ma == mb and all(n == "metrics.csv" or filecmp.cmp(f"{a}/{n}", f"{b}/{n}", False) for n in names)


def one_line(text):
    lines = [line for line in text.splitlines() if "hint:" not in line]
    return len(lines) == 1


def usage(program, stub, tmp, traits):
    r = lab(program, "--help")
    say(r.returncode == 0 and all(f"--{f}" in r.stdout for f in "seed epochs batch data out threads quick until load help".split()), "--help names every flag")
    for args in (["--epochs", "many"], ["--epochs", "0"], ["--batch", "-3"], ["--threads", "1e9"], ["--seed", ""], ["--nonsense"], ["--out"],
                 ["--until", "nowhere"], ["stray"]):
        r = lab(program, *args)
        say(r.returncode == 2 and one_line(r.stderr), f"{' '.join(args)}: status 2 and one line", f"{r.returncode}: {r.stderr}")
    r = lab(stub, "--quick", "--out", f"{tmp}/stub")
    last = r.stderr.strip().splitlines()[-1]
    say(r.returncode == 3 and re.search(r"\.c:\d+: \w+ is not written yet", last), "the stub stops with status 3 and names the place", r.stderr)
    for data, what in ((f"{tmp}/missing", "a folder that is not there"), (damaged_data(tmp), "a .gz cut in half")) if traits["images"] else ():
        r = lab(program, "--quick", "--data", data, "--out", f"{tmp}/bad")
        last = r.stderr[r.stderr.rfind(tmp):]
        say(r.returncode == 1 and one_line(last) and "hint:" in last, f"{what}: status 1, one line, a hint", r.stderr)


def damaged_data(tmp):
    folder = f"{tmp}/damaged"
    os.makedirs(folder)
    for path in glob.glob(f"{ROOT}/common/data/*-ubyte.gz"):
        with open(path, "rb") as src, open(f"{folder}/{os.path.basename(path)}", "wb") as dst:
            whole = src.read()
            dst.write(whole[:len(whole) // 2] if "train-images" in path else whole)
    return folder


def plain_data(tmp):
    folder = f"{tmp}/plain"
    os.makedirs(folder)
    for path in glob.glob(f"{ROOT}/common/data/*-ubyte.gz"):
        with gzip.open(path) as src, open(f"{folder}/{os.path.basename(path)[:-3]}", "wb") as dst:
            dst.write(src.read())
    return folder


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def run_and_rerun(program, name, tmp, traits):
    one = f"{tmp}/one"
    r = lab(program, "--quick", "--threads", "1", "--out", one)
    say(r.returncode == 0, "--quick ends well", r.stderr[-300:])
    again = [("again", ["--threads", "1"]), ("with two threads", ["--threads", "2"])]
    if traits["images"]:
        again.append(("from plain files", ["--threads", "2", "--data", plain_data(tmp)]))
    for what, args in again:
        lab(program, "--quick", *args, "--out", f"{tmp}/two")
        say(same_folder(one, f"{tmp}/two"), f"the same bytes {what}")
    lab(program, "--quick", "--seed", "2", "--out", f"{tmp}/three")
    say(not same_folder(one, f"{tmp}/three"), "another seed gives other numbers")
    a = metrics(one)
    if traits["load"]:
        lab(program, "--quick", "--load", one, "--out", f"{tmp}/four")
        b = metrics(f"{tmp}/four")
        kept = [k for k in a if re.match(traits["load"], k)]
        say(kept and all(a[k] == b.get(k) for k in kept), f"--load gives the same {', '.join(kept)} without training", f"{[(k, a[k], b.get(k)) for k in kept]}")
    recompute = f"{ROOT}/tests/labs/{name}.recompute.py"
    spec = importlib.util.spec_from_file_location("recompute", recompute)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for key, got in module.recompute(one, f"{ROOT}/common/data").items():
        say(abs(got - float(a[key])) <= 1e-5 * abs(got) + 1e-7, f"{key} recomputed from the .npy files", f"{got} and {a[key]}")

    r = lab(program, "--quick", "--out", f"{tmp}/full", preexec_fn=small_files)
    left = glob.glob(f"{tmp}/full/*.tmp") + [f for f in glob.glob(f"{tmp}/full/*") if os.path.getsize(f) == 2000]
    say(r.returncode == 1 and "hint:" in r.stderr and not left, "a full disk: status 1, a hint, nothing half-written", f"{r.returncode} {r.stderr[-300:]} {left}")
    p = subprocess.Popen([program, "--quick", "--epochs", "5000", "--out", f"{tmp}/cut"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while "%" not in p.stderr.readline():           # it trains
        pass
    time.sleep(.2)
    p.send_signal(signal.SIGINT)
    _, text = p.communicate(timeout=60)
    reached, left = set(metrics(f"{tmp}/cut")), glob.glob(f"{tmp}/cut/*.tmp")
    say(p.returncode == 0 and "interrupted in step" in text and reached < set(a) and len(reached) > 1 and not left,
        "Ctrl-C ends training and the lab, and what was reached is written", f"{p.returncode} {text[-300:]} {reached} {left}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(peak < 1024 or "san" in program, f"peak memory of any run is below 1 GB", f"{peak:.0f} MB")


def main():
    build, names = sys.argv[1], sys.argv[2:]
    os.environ.setdefault("GOMP_SPINCOUNT", "3000")         # as in the Makefile: a thread that spins beside another process takes minutes
    os.chdir(ROOT)
    for name in names:
        print(f"lab {name}")
        verdicts(build, name)
        with tempfile.TemporaryDirectory() as tmp:
            program = os.path.abspath(f"{build}/solutions/{name}")
            traits = {"images": True, "load": "test_", **manifest(name).get("program", {})}
            usage(program, os.path.abspath(f"{build}/cut/{name}"), tmp, traits)
            run_and_rerun(program, name, tmp, traits)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
