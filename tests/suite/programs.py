#!/usr/bin/env python3
"""Tests of the labs' programs: programs.py [--deep] BUILD NAME...

Flags and statuses, a quick run and its files, a missing folder, a full disk, Ctrl-C. The quick run's files stay in
BUILD/quick/NAME. With --deep what takes longer, in which that run plays a part again: the same bytes for any number of
threads, other seeds, odd and broken data, every flag of its own. Sanitizers see all of it, on less data. What not every
lab has, its points.toml says in [program]; see TRAITS. Ends with a line `N passed, N failed`."""
import csv
import filecmp
import glob
import importlib.util
import math
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import odd_data
from answers import ROOT, manifest
from say import counted, say

# What a lab is like, unless its points.toml says otherwise in [program].
TRAITS = {
    "images": True,  # it reads images by --data
    "load": "test_",  # a pattern of the metrics that --load must bring back; "" for a lab without --load
    "refuses": [],  # flags that end with status 2
    "takes": [],  # flags that end well
    "folders": False,  # it takes two folders of PNG files, --a and --b
}
# Seconds after which a program hangs. No measure: under sanitizers, four at once on two slow cores, one takes minutes.
HUNG = 900


def lab(program, *args, **kw):
    return subprocess.run([program, *args], capture_output=True, text=True, cwd=ROOT, timeout=HUNG, **kw)


def metrics(out):
    with open(f"{out}/metrics.csv") as f:
        return {r["name"]: r["value"] for r in csv.DictReader(f)}


def same_folder(a, b):
    """True if both hold the same files with the same bytes; what the clock said may differ: wall_s in metrics.csv, and
    seconds.csv."""
    names = sorted(os.path.relpath(os.path.join(d, f), a) for d, _, fs in os.walk(a) for f in fs)
    if names != sorted(os.path.relpath(os.path.join(d, f), b) for d, _, fs in os.walk(b) for f in fs):
        return False
    ma, mb = metrics(a), metrics(b)
    ma.pop("wall_s"), mb.pop("wall_s")
    return ma == mb and all(
        n in ("metrics.csv", "seconds.csv") or filecmp.cmp(f"{a}/{n}", f"{b}/{n}", False) for n in names
    )


def sentence(text):
    """What a program said when it died: one line, and below it, set in, a hint and the step it was in."""
    lines = text.strip("\n").splitlines()
    while lines and lines[-1].startswith("  "):
        lines.pop()
    return lines[-1] if lines else ""


def one_line(text):
    return len([line for line in text.splitlines() if not line.startswith("  ")]) == 1


def usage(program, stub, tmp, traits):
    r = lab(program, "--help")
    say(
        r.returncode == 0
        and all(
            f"--{f}" in r.stdout for f in "seed epochs batch data out threads kernels quick until load help".split()
        ),
        "--help names every flag",
    )
    for args in (
        ["--epochs", "many"],
        ["--epochs", "0"],
        ["--batch", "-3"],
        ["--threads", "1e9"],
        ["--kernels", "fast"],
        ["--seed", ""],
        ["--nonsense"],
        ["--out"],
        ["--until", "nowhere"],
        ["stray"],
        *traits["refuses"],
    ):
        r = lab(program, *args)
        say(
            r.returncode == 2 and one_line(r.stderr),
            f"{' '.join(args)}: status 2 and one line",
            f"{r.returncode}: {r.stderr}",
        )
    r = lab(stub, "--quick", "--out", f"{tmp}/stub")
    last = r.stderr.strip().splitlines()[-1]
    say(
        r.returncode == 3 and re.search(r"\.c:\d+: \w+ is not written yet", last),
        "the stub stops with status 3 and names the place",
        r.stderr,
    )


def own_flags(program, tmp, traits):
    for args in traits["takes"]:
        out = f"{tmp}/{'_'.join(args).strip('-')}"
        r = short(program, out, *args)
        say(
            r.returncode == 0 and len(metrics(out)) > 1,
            f"{' '.join(args)}: ends well",
            f"{r.returncode}: {r.stderr[-300:]}",
        )


def two_folders(program, tmp):
    """Two folders of PNG files; then one of them as it should not be, each told with the file's name."""
    good = odd_data.png_folder(f"{tmp}/good")
    r = short(program, f"{tmp}/pngs", "--a", good, "--b", odd_data.png_folder(f"{tmp}/wide", 9, 24, 16))
    say(
        r.returncode == 1 and one_line(r.stderr) and "wide/000.png: 24 x 16 pixels" in r.stderr and "hint:" in r.stderr,
        "--b of another size: told in a line",
        r.stderr,
    )
    for n, (w, h), channels in (24, (16, 16), 3), (4, (24, 16), 1), (9, (64, 64), 3):
        a, b = (odd_data.png_folder(f"{tmp}/{name}{n}", n, w, h, channels) for name in "ab")
        r = short(program, f"{tmp}/pngs{n}", "--a", a, "--b", b)
        say(
            r.returncode == 0 and os.path.exists(f"{tmp}/pngs{n}/folders_translated_ab.npy"),
            f"{n} pictures of {w} x {h} x {channels}: ends well",
            r.stderr[-300:],
        )
    for what, damage, told in (
        ("an empty folder", lambda f: [os.remove(x) for x in glob.glob(f"{f}/*")], "bad: no PNG file"),
        ("a broken file", lambda f: os.truncate(f"{f}/007.png", 60), "bad/007.png: is damaged"),
        ("a file of another size", lambda f: odd_data.png(f"{f}/007.png", 16, 8, 3, 0), "bad/007.png: 16 x 8 pixels"),
        (
            "a grey one among coloured ones",
            lambda f: odd_data.png(f"{f}/007.png", 16, 16, 1, 0),
            "bad/007.png: is grey",
        ),
        (
            "larger ones than it takes",
            lambda f: odd_data.png(f"{f}/000.png", 128, 128, 3, 0),
            "bad/000.png: 128 x 128 pixels",
        ),
    ):
        bad = odd_data.png_folder(f"{tmp}/bad")
        damage(bad)
        r = short(program, f"{tmp}/pngs", "--a", good, "--b", bad)
        say(
            r.returncode == 1 and one_line(r.stderr) and told in r.stderr and "hint:" in r.stderr,
            f"{what}: told in a line that names it",
            r.stderr,
        )
        shutil.rmtree(bad)
    odd = odd_data.png_folder(f"{tmp}/odd", 9, 20, 20)
    r = short(program, f"{tmp}/pngs", "--a", odd, "--b", odd)
    say(
        r.returncode == 1 and "odd/000.png: 20 x 20 pixels" in r.stderr and "hint:" in r.stderr,
        "sides that cannot be halved three times: told in a line",
        r.stderr,
    )


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def short(program, out, *args, **kw):
    """One epoch and no more: enough for what does not depend on how well a lab has learned."""
    return lab(program, "--quick", "--epochs", "1", "--threads", "1", "--out", out, *args, **kw)


def odd_run(program, tmp, data):
    """A short run on odd data: (it ended well, or told in one sentence with a hint what it needs; what it said)."""
    folder = f"{tmp}/missing" if data == "missing" else odd_data.make(f"{tmp}/data", data)
    out = f"{tmp}/on-{data}"
    r = short(program, out, "--data", folder)
    if r.returncode == 0:
        values = [v for name, v in metrics(out).items() if name != "kernels"]
        return all(math.isfinite(float(v)) for v in values) and len(values) > 1, f"{values}"
    told = sentence(r.stderr)
    clear = (
        "hint:" in r.stderr
        and re.search("folder|image|pixel|classes|sample|number", told)
        and "net " not in told
        and "mat_" not in told
    )
    return r.returncode == 1 and clear, f"{r.returncode}: {r.stderr[-300:]}"


def interrupted_run(program, tmp):
    """Ctrl-C a moment after training has begun: (status, last words)."""
    p = subprocess.Popen(
        [program, "--quick", "--threads", "1", "--epochs", "5000", "--out", f"{tmp}/cut"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while "%" not in p.stderr.readline():  # it trains
        pass
    time.sleep(0.2)
    p.send_signal(signal.SIGINT)
    _, text = p.communicate(timeout=HUNG)
    return p.returncode, text[-300:]


def recomputed(name, out):
    path = f"{ROOT}/tests/labs/{name}/recompute.py"
    spec = importlib.util.spec_from_file_location("recompute", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.recompute(out, f"{ROOT}/common/data")


# Which odd data a lab is run on. Under sanitizers it is the few that take another way through the code.
ODD_DATA = {
    "short": ["missing"],
    "deep": ["halved", "small", "size32", "size12", "one", "black", "few"],
    "sanitized": ["missing", "halved", "size32", "black"],
}


def start(program, tmp, traits, depth, pool):
    """Every run that the checks below look at, as {what: its future}; the long ones first. Sanitizers see all they can
    in a short one on small data."""
    small = "small" if depth == "sanitized" else "plain"
    plain = ["--data", odd_data.make(f"{tmp}/data", small)] if traits["images"] and depth != "deep" else []
    brief = ["--epochs", "1"] if depth == "sanitized" else []
    runs = {}
    if depth == "deep":
        runs |= {
            "one": pool.submit(lab, program, "--quick", "--threads", "1", "--out", f"{tmp}/one"),
            "seed1": pool.submit(short, program, f"{tmp}/seed1", "--seed", "1"),
            "seed2": pool.submit(short, program, f"{tmp}/seed2", "--seed", "2"),
        }
    else:
        runs |= {
            "two": pool.submit(lab, program, "--quick", *brief, "--threads", "2", *plain, "--out", f"{tmp}/two"),
            "full disk": pool.submit(short, program, f"{tmp}/full", *plain, preexec_fn=small_files),
            "ctrl-c": pool.submit(interrupted_run, program, tmp),
        }
    for data in ODD_DATA[depth] if traits["images"] else ():
        runs[f"--data {data}"] = pool.submit(odd_run, program, tmp, data)
    return runs


def quick_run(name, two, depth, run):
    """It ends well, and its metrics are those of its files."""
    r = run.result()
    say(r.returncode == 0, "--quick ends well", r.stderr[-300:])
    a = metrics(two)
    for key, got in recomputed(name, two).items() if depth != "sanitized" else ():
        say(
            abs(got - float(a[key])) <= 1e-5 * abs(got) + 1e-7,
            f"{key} recomputed from the .npy files",
            f"{got} and {a[key]}",
        )


def disturbed(tmp, runs):
    """A full disk, Ctrl-C."""
    r = runs["full disk"].result()
    left = glob.glob(f"{tmp}/full/*.tmp") + [f for f in glob.glob(f"{tmp}/full/*") if os.path.getsize(f) == 2000]
    say(
        r.returncode == 1 and "hint:" in r.stderr and not left,
        "a full disk: status 1, a hint, nothing half-written",
        f"{r.returncode} {r.stderr[-300:]} {left}",
    )
    status, text = runs["ctrl-c"].result()
    reached, left = set(metrics(f"{tmp}/cut")), glob.glob(f"{tmp}/cut/*.tmp")
    say(
        status == 0
        and "interrupted in step" in text
        and reached < set(metrics(f"{tmp}/two"))
        and len(reached) > 1
        and not left,
        "Ctrl-C ends training and the lab, and what was reached is written",
        f"{status} {text} {reached} {left}",
    )


def repeated(tmp, two, traits, runs):
    """The quick run again, with one thread and from the shipped files; then other seeds."""
    runs["one"].result()
    say(
        same_folder(f"{tmp}/one", two),
        "the same bytes again, with two threads" + (", from plain files" if traits["images"] else ""),
    )
    ended = [runs[seed].result().returncode for seed in ("seed1", "seed2")]
    say(
        ended == [0, 0] and not same_folder(f"{tmp}/seed1", f"{tmp}/seed2"),
        "another seed gives other numbers",
        f"statuses {ended}",
    )


def loaded(program, tmp, two, traits, depth):
    """What can be had from a run's files alone."""
    data = ["--data", f"{tmp}/data/small"] if depth == "sanitized" and traits["images"] else []
    lab(program, "--quick", "--threads", "1", *data, "--load", two, "--out", f"{tmp}/loaded")
    a, b = metrics(two), metrics(f"{tmp}/loaded")
    kept = [k for k in a if re.match(traits["load"], k)]
    say(
        kept and all(a[k] == b.get(k) for k in kept),
        f"--load gives the same {', '.join(kept)} without training",
        f"{[(k, a[k], b.get(k)) for k in kept]}",
    )


def run_and_rerun(program, name, tmp, two, traits, depth):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = start(program, tmp, traits, depth, pool)
        if depth != "deep":
            quick_run(name, two, depth, runs["two"])
            disturbed(tmp, runs)
        else:
            repeated(tmp, two, traits, runs)
        if traits["load"] and depth != "short":
            loaded(program, tmp, two, traits, depth)
        for what, run in runs.items():
            if what.startswith("--data"):
                ok, why = run.result()
                say(ok, f"{what}: it works, or tells in a line what it needs", why)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(peak < 1024 or depth == "sanitized", "peak memory of any run is below 1 GB", f"{peak:.0f} MB")


def keep(run, folder):
    """What a run wrote, where others look for it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(run, folder)


def main():
    deep = "--deep" in sys.argv[1:2]
    build, names = sys.argv[1 + deep], sys.argv[2 + deep :]
    os.chdir(ROOT)
    depth = "sanitized" if "san" in build else "deep" if deep else "short"
    for name in names:
        print(f"program {name}, in depth" if deep else f"program {name}")
        with tempfile.TemporaryDirectory() as tmp:
            program, quick = os.path.abspath(f"{build}/solutions/{name}"), os.path.abspath(f"{build}/quick/{name}")
            traits = {**TRAITS, **manifest(name).get("program", {})}
            if depth != "deep":
                usage(program, os.path.abspath(f"{build}/cut/{name}"), tmp, traits)
            if depth != "short":
                own_flags(program, tmp, traits)
            if traits["folders"] and depth != "short":
                two_folders(program, tmp)
            run_and_rerun(program, name, tmp, quick if depth == "deep" else f"{tmp}/two", traits, depth)
            if depth == "short":
                keep(f"{tmp}/two", quick)
    return counted()


if __name__ == "__main__":
    sys.exit(main())
