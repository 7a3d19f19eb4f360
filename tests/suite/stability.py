#!/usr/bin/env python3
"""Do the verdicts hold at every seed?  stability.py [--mutants] BUILD SEEDS FIRST NAME...

For each lab the reference and every variant must keep all points at SEEDS secret seeds from FIRST on, and at a tenth of
these with two threads and in the builds BUILD-clang and BUILD-O0 where there are any; every mutant must lose points,
and in its own exercise alone, at a fifteenth; with --mutants mutants alone are tried, at every seed. What the reference
gives at a seed is made once and compared with by all. Prints a line per verdict that was wrong and one per lab; ends
with a line `N verdicts, N wrong, N other hints`: a mistake that was caught, but by another case than the one that knows
its name, is told and counted, and is no wrong verdict."""
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from answers import (
    ROOT,
    GraderError,
    Mutant,
    all_points,
    brief,
    caught,
    graded,
    loses_its_points,
    mutants,
    program,
    variants,
)


@dataclass(frozen=True)
class Job:
    what: str
    driver: str
    version: str
    seed: int
    threads: str = "1"
    mutant: Mutant = None  # None: it is to keep all points


def right_answers(build, name):
    return [(f"{build}/driver/solutions/{name}", None)] + [(program(build, name), v) for v in variants(name)]


def right_jobs(build, name, seeds):
    some = seeds[: max(1, len(seeds) // 10)]
    ways = [("", build, seeds, "1"), (", two threads", build, some, "2")]
    ways += [
        (f", {other}", f"{build}-{other}", some, "1")
        for other in ("clang", "O0")
        if os.path.exists(f"{build}-{other}/driver/solutions/{name}")
    ]
    for way, where, at, threads in ways:
        for driver, version in right_answers(where, name):
            yield from (Job((version or "reference") + way, driver, version, seed, threads) for seed in at)


def mutant_jobs(build, name, seeds):
    for mutant in mutants(name):
        yield from (Job(mutant.name, program(build, name), mutant.name, seed, mutant=mutant) for seed in seeds)


def jobs_of(build, name, seeds, mutants_only):
    if not mutants_only:
        yield from right_jobs(build, name, seeds)
        seeds = seeds[: max(1, len(seeds) // 15)]
    yield from mutant_jobs(build, name, seeds)


def transcripts(job, path):
    """All cases in one process, into a file. (A wrong answer needs a process for each.)"""
    env = {**os.environ, "DRIVER_THREADS": job.threads, **({"DGN_VERSION": job.version} if job.version else {})}
    with open(path, "w", encoding="ascii") as f:
        subprocess.run([job.driver, "all", str(job.seed)], stdout=f, check=True, env=env)
    return path


def problem_of(build, name, job, tmp):
    """What is wrong with the verdict on one answer at one seed; None if nothing is."""
    reference = f"{tmp}/{job.seed}"
    try:
        if job.mutant is None:
            own = transcripts(job, f"{tmp}/{job.what} {job.seed}".replace(",", ""))
            rows = graded(build, name, own, reference, str(job.seed))
            os.remove(own)
            return None if all_points(rows) else f"{job.what}, seed {job.seed}, loses points: {brief(rows)}"
        for _ in range(job.mutant.tries):
            rows = graded(build, name, job.driver, reference, str(job.seed), job.mutant.exercise, job.version)
            if caught(rows, job.mutant):
                return None
        other = "other hint: " if loses_its_points(rows, job.mutant.exercise) else ""
        wanted = f"{job.mutant.exercise} | {job.mutant.state} | {job.mutant.hint}"
        return f"{other}mutant {job.what}, seed {job.seed}, should be told {wanted}: {brief(rows) or 'it passed'}"
    except (GraderError, subprocess.CalledProcessError) as e:
        return f"{job.what}, seed {job.seed}: {e}"


def stability(build, name, seeds, mutants_only):
    begin, told, wrong, hints = time.time(), 0, 0, 0
    with tempfile.TemporaryDirectory() as tmp, ThreadPoolExecutor(os.cpu_count()) as pool:
        list(
            pool.map(
                lambda seed: transcripts(
                    Job("reference", f"{build}/driver/solutions/{name}", None, seed), f"{tmp}/{seed}"
                ),
                seeds,
            )
        )
        for problem in pool.map(
            lambda job: problem_of(build, name, job, tmp), jobs_of(build, name, seeds, mutants_only)
        ):
            told += 1
            if problem:
                hints += problem.startswith("other hint: ")
                wrong += not problem.startswith("other hint: ")
                print(f"  {problem}", flush=True)
    print(
        f"lab {name}: {told} verdicts at {len(seeds)} seeds from {seeds[0]} on, {wrong} wrong, {hints} other hints, "
        f"{time.time() - begin:.0f} s",
        flush=True,
    )
    return told, wrong, hints


def main():
    mutants_only = "--mutants" in sys.argv[1:2]
    args = sys.argv[2 if mutants_only else 1 :]
    if len(args) < 4:
        sys.exit(__doc__)
    build, count, first, names = args[0], int(args[1]), int(args[2]), args[3:]
    os.chdir(ROOT)
    counts = [stability(build, name, list(range(first, first + count)), mutants_only) for name in names]
    told, wrong, hints = map(sum, zip(*counts))
    print(f"{told} verdicts, {wrong} wrong, {hints} other hints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
