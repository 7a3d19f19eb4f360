#!/usr/bin/env python3
"""Tests of the judges: verdicts.py BUILD NAME...

For each lab: the reference gets every point and the untouched stub none; every wrong answer loses the points of its own
exercise alone, and the report says what it must; every variant keeps every point; with the committed reference values,
and the right ones at other seeds, too (wrong ones: stability.py). Every test tries a sentence of its exercise's
contract. Ends with a line `N passed, N failed`."""
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from answers import ROOT, GraderError, all_points, brief, caught, graded, manifest, mutants, program, variants
from say import counted, say

OTHER_SEEDS = "77", "20261122"


def contract(name):
    """Each exercise's table of sentences and tests quotes its contract, names tests that exist, and each of the
    exercise's tests."""
    toml = manifest(name)
    ids = {t["id"] for t in toml["test"]}
    with open(f"labs/{name}.h") as f:
        text = " ".join(re.sub(r"\n \* ?", "\n", f.read()).split())
    problems = []
    for exercise in dict.fromkeys(t["exercise"] for t in toml["test"] if t["exercise"] != "together"):
        table = toml.get("contract", {}).get(exercise, {})
        tried = {test for tests in table.values() for test in tests.split()}
        own = {t["id"] for t in toml["test"] if t["exercise"] == exercise}
        problems += [
            f"{exercise}: the contract does not say '{words}'" for words in table if " ".join(words.split()) not in text
        ]
        problems += [f"{exercise}: no test {test}" for test in sorted(tried - ids)]
        problems += [f"{exercise}: which sentence does {test} try?" for test in sorted(own - tried)]
    say(not problems, "every test tries a sentence of the contract", "; ".join(problems))


def sanitized(build, name):
    """Sanitizers look at right answers: all cases in one process, which ends at the first thing that they find; then
    once at the judge."""
    reference = f"{build}/driver/solutions/{name}"
    for driver, version in [(reference, None), *((program(build, name), v) for v in variants(name))]:
        for seed in ("1", "77"):
            env = {**os.environ, **({"DGN_VERSION": version} if version else {})}
            r = subprocess.run(
                [driver, "all", seed],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                env=env,
            )
            say(
                r.returncode == 0,
                f"{version or 'the reference'} runs clean with seed {seed}",
                f"status {r.returncode}: {r.stderr[:1500]}",
            )
    rows = graded(build, name, reference, f"tests/labs/{name}/reference.txt")
    say(all_points(rows), "the reference has every point against the committed values", brief(rows))


def verdicts(build, name):
    reference, versions, committed = (
        f"{build}/driver/solutions/{name}",
        program(build, name),
        f"tests/labs/{name}/reference.txt",
    )
    wrong = mutants(name)
    first = {
        m.exercise: m for m in reversed(wrong)
    }  # each exercise's first mutant is shown to all exercises; of the others
    # what is not theirs is the reference's own: see version.h
    with tempfile.TemporaryDirectory() as tmp, ThreadPoolExecutor(os.cpu_count()) as pool:

        def rows_of(*args, **more):
            try:
                return graded(build, name, *args, **more)
            except GraderError as e:
                return [
                    {"exercise": "grader", "state": "grader error", "points": 0, "max": 1, "text": str(e), "hint": ""}
                ]

        def rows_of_mutant(mutant):
            only = None if first[mutant.exercise] == mutant else mutant.exercise
            for _ in range(mutant.tries):
                rows = rows_of(versions, committed, only=only, version=mutant.name)
                if caught(rows, mutant):
                    break
            return rows

        def transcripts(seed):
            """What the reference gives at a seed, in a file."""
            with open(f"{tmp}/{seed}", "w", encoding="ascii") as f:
                subprocess.run([reference, "all", seed], stdout=f, check=True)
            return f"{tmp}/{seed}"

        rounds = [("1", committed), *((seed, transcripts(seed)) for seed in OTHER_SEEDS)]
        right = [("the reference", reference, None, seed, against) for seed, against in rounds]
        right += [(f"variant {v}", versions, v, seed, against) for v in variants(name) for seed, against in rounds[:2]]
        untouched = pool.submit(rows_of, f"{build}/driver/cut/{name}", committed)
        rows_right = pool.map(lambda job: rows_of(job[1], job[4], job[3], version=job[2]), right)
        rows_wrong = pool.map(rows_of_mutant, wrong)
        for (what, _, _, seed, _), rows in zip(right, rows_right):
            say(all_points(rows), f"{what} has every point with seed {seed}", brief(rows))
        rows = untouched.result()
        say(
            all(r["points"] == 0 and r["state"] in ("not written", "waits") for r in rows),
            "the untouched stub has 0 points, every exercise not written",
            brief(rows),
        )
        for mutant, rows in zip(wrong, rows_wrong):
            say(
                caught(rows, mutant),
                f"mutant {mutant.name}: {mutant.exercise} {mutant.state}",
                brief(rows) or "it passed",
            )


def main():
    build, names = sys.argv[1], sys.argv[2:]
    os.chdir(ROOT)
    for name in names:
        print(f"judge {name}")
        contract(name)
        (sanitized if "san" in build else verdicts)(build, name)
    return counted()


if __name__ == "__main__":
    sys.exit(main())
