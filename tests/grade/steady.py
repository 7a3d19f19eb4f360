#!/usr/bin/env python3
"""Do the verdicts hold at every seed?  steady.py [--slips] BUILD SEEDS FIRST NAME...

For each lab the reference and every variant must keep all points at SEEDS secret seeds from FIRST on, and at a tenth of these with two
threads and in the builds BUILD-clang and BUILD-O0 where there are any; every mutant must lose points, and in its own exercise alone, at a
fifteenth; with --slips mutants alone are tried, at every seed. What the reference gives at a seed is made once and compared with by all.
Prints a line per verdict that was wrong and one per lab; ends with a line `N verdicts, N wrong, N other hints`: a slip that was caught, but
by another case than the one that knows its name, is told and counted, and is no wrong verdict."""
import glob
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from report import ROOT, GraderError, grade
from selftest import brief, expectation, loses_its_points, mutant_rejected, tries


def right_answers(build, name):
    return [f"{build}/driver/solutions/{name}"] + [f"{build}/driver/{path[:-2]}" for path in sorted(glob.glob(f"tests/labs/{name}.variants/*.c"))]


def right_jobs(build, name, seeds):
    """(what it is, driver, seed, threads, None: it is to keep all points)"""
    some = seeds[:max(1, len(seeds) // 10)]
    ways = [("", build, seeds, "1"), (", two threads", build, some, "2")]
    ways += [(f", {other}", f"{build}-{other}", some, "1") for other in ("clang", "O0") if os.path.exists(f"{build}-{other}/driver/solutions/{name}")]
    for way, where, at, threads in ways:
        for driver in right_answers(where, name):
            yield from ((os.path.basename(driver) + way, driver, seed, threads, None) for seed in at)


def slip_jobs(build, name, seeds):
    """(what it is, driver, seed, threads, what it is to be told)"""
    for path in sorted(glob.glob(f"tests/labs/{name}.mutants/*.c")):
        yield from ((os.path.basename(path)[:-2], f"{build}/driver/{path[:-2]}", seed, "1", expectation(path)) for seed in seeds)


def jobs_of(build, name, seeds, slips_only):
    if slips_only:
        yield from slip_jobs(build, name, seeds)
        return
    yield from right_jobs(build, name, seeds)
    yield from slip_jobs(build, name, seeds[:max(1, len(seeds) // 15)])


def steady(build, name, seeds, slips_only):
    begin, judge, told, wrong, hints = time.time(), f"{build}/tests/labs/{name}.judge", 0, 0, 0
    with tempfile.TemporaryDirectory() as tmp, ThreadPoolExecutor(os.cpu_count()) as pool:
        def transcripts(driver, seed, threads, path):
            with open(path, "w") as f:
                subprocess.run([driver, "all", str(seed)], stdout=f, check=True, env={**os.environ, "DRIVER_THREADS": threads})
            return path

        def verdict(job):
            what, driver, seed, threads, want = job
            own = f"{tmp}/{what} {seed}".replace(",", "")
            try:
                if want is None:                            # all cases in one process; a wrong answer needs one for each
                    rows = grade(name, transcripts(driver, seed, threads, own), judge, f"{tmp}/{seed}", str(seed))
                    os.remove(own)
                    return None if all(r["points"] == r["max"] for r in rows) else f"{what}, seed {seed}, loses points: {brief(rows)}"
                for _ in range(tries(want)):
                    rows = grade(name, driver, judge, f"{tmp}/{seed}", str(seed), want[0])
                    if mutant_rejected(rows, *want):
                        return None
                other = "other hint: " if loses_its_points(rows, want[0]) else ""
                return f"{other}mutant {what}, seed {seed}, should be told {' | '.join(want)}: {brief(rows) or 'it passed'}"
            except (GraderError, subprocess.CalledProcessError) as e:
                return f"{what}, seed {seed}: {e}"

        list(pool.map(lambda seed: transcripts(f"{build}/driver/solutions/{name}", seed, "1", f"{tmp}/{seed}"), seeds))
        for problem in pool.map(verdict, jobs_of(build, name, seeds, slips_only)):
            told += 1
            if problem:
                hints += problem.startswith("other hint: ")
                wrong += not problem.startswith("other hint: ")
                print(f"  {problem}", flush=True)
    print(f"lab {name}: {told} verdicts at {len(seeds)} seeds from {seeds[0]} on, {wrong} wrong, {hints} other hints, {time.time() - begin:.0f} s", flush=True)
    return told, wrong, hints


def main():
    slips_only = "--slips" in sys.argv[1:2]
    args = sys.argv[2 if slips_only else 1:]
    if len(args) < 4:
        sys.exit(__doc__)
    build, count, first, names = args[0], int(args[1]), int(args[2]), args[3:]
    os.chdir(ROOT)
    counts = [steady(build, name, list(range(first, first + count)), slips_only) for name in names]
    told, wrong, hints = map(sum, zip(*counts))
    print(f"{told} verdicts, {wrong} wrong, {hints} other hints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
