#!/usr/bin/env python3
"""A lab that is made up here is graded, without a word about it in the grader: new_lab.py

Copies the suite to a folder of its own, adds lab 99 as a new lab is added (header, solution, cases, judge, points, a
wrong answer), then builds its kit and grades a right, a wrong, a missing and an untouched submission of it. An entry of
mutants.toml that no longer applies must end the build. Ends with a line `N passed, N failed`."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import paths  # noqa: F401, I001  it says where the next ones are
from report import ROOT
from say import counted, say

FILES = {
    "labs/99_made_up.h": """/* 99_made_up.h: twice, and the sum. */
#ifndef LAB_99_MADE_UP_H
#define LAB_99_MADE_UP_H
#include "gen.h"
Mat twice(Mat x, Arena *mem);
float sum(Mat x);
#endif
""",
    "solutions/99_made_up.c": """#include "99_made_up.h"
Mat twice(Mat x, Arena *mem)
{
#ifdef SOLUTION
    Mat y = mat_new(mem, x.n, x.d);
    for (int i = 0; i < x.n * x.d; i++) y.a[i] = 2 * x.a[i];
    return y;
#else
    TODO("y = 2 x");
#endif
}

float sum(Mat x)
{
#ifdef SOLUTION
    double s = 0;
    for (int i = 0; i < x.n * x.d; i++) s += x.a[i];
    return (float)s;
#else
    TODO("the sum");
#endif
}

int main(void) { return 0; }
""",
    "tests/labs/99_made_up/mutants.toml": """[[twice]]
name = "three_times"
old = "2 * x.a[i]"
new = "3 * x.a[i]"
""",
    "tests/labs/99_made_up/cases.c": """#include "driver.h"
#include "99_made_up.h"
static void twice_random(Rng *rng, Arena *mem) { result("y", twice(given("x", random_mat(size_in(2, 9, rng), 3, 1, rng,
mem)), mem)); } static void sum_random(Rng *rng, Arena *mem) { result_value("s", (double)sum(given("x", random_mat(4, 3,
1, rng, mem)))); } const Case cases[] = {{"twice_random", twice_random}, {"sum_random", sum_random}, {0}};
""",
    "tests/labs/99_made_up/judge.c": """#include "judge.h"
AS_REFERENCE(twice_random, 1e-5, 1e-6)
AS_REFERENCE(sum_random, 1e-5, 1e-6)
int main(void)
{
    return judge_main("99_made_up", EXERCISES(
        EXERCISE("twice", twice_random),
        EXERCISE("sum", sum_random)));
}
""",
    "tests/labs/99_made_up/points.toml": """title = "Made up"
[[test]]
id = "twice_random"
exercise = "twice"
title = "random numbers"
points = 2
hint = "y = 2 x"
[[test]]
id = "sum_random"
exercise = "sum"
title = "random numbers"
points = 3
hint = "add"
""",
}


def main():
    with tempfile.TemporaryDirectory(prefix="made-up-") as folder:
        os.chmod(folder, 0o755)
        suite = f"{folder}/suite"
        shutil.copytree(
            ROOT,
            suite,
            symlinks=True,
            ignore=shutil.ignore_patterns(".git", "out", "build", "build-*", "dist", "grades", "__pycache__"),
        )
        for name, text in FILES.items():
            os.makedirs(os.path.dirname(f"{suite}/{name}"), exist_ok=True)
            with open(f"{suite}/{name}", "w") as f:
                f.write(text)

        def make(*words):
            env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
            return subprocess.run(
                ["make", "-sj2", "-C", suite, *words], capture_output=True, text=True, check=False, env=env
            )

        make("labs")
        r = make("references", "SOLVED=99_made_up")
        say(
            r.returncode == 0 and os.path.getsize(f"{suite}/tests/labs/99_made_up/reference.txt") > 100,
            "its reference values are made",
            r.stderr[-500:],
        )
        program = "build/versions/99_made_up/driver"
        r = make(program)
        say(r.returncode == 0, "its wrong answers are built", r.stderr[-500:])
        said = [
            subprocess.run(
                [f"{suite}/{program}", "twice_random", "1"],
                capture_output=True,
                text=True,
                env={**os.environ, **more},
                check=False,
            ).stdout
            for more in ({}, {"DGN_VERSION": "three_times"}, {"DGN_VERSION": "nobody"})
        ]
        say(said[0] and said[1] and said[0] != said[1], "one program is the right answer and the wrong one", str(said))
        say(not said[2], "a version that nobody wrote is none", said[2])
        entries = f"{suite}/tests/labs/99_made_up/mutants.toml"
        for old in ("5 * x.a[i]", "x"):
            with open(entries, "w") as f:
                f.write(f'[[twice]]\nname = "stale"\nold = "{old}"\nnew = "y"\n')
            r = make(program)
            told = "stale: this text stands" in r.stderr and "not once" in r.stderr
            say(
                r.returncode != 0 and told,
                f"an entry whose text is not there once ends the build: {old}",
                r.stderr[-500:],
            )
        os.remove(entries)
        right = "#define SOLUTION\n" + FILES["solutions/99_made_up.c"]
        for student, text in {
            "right": right,
            "wrong": right.replace("2 * x.a[i]", "3 * x.a[i]"),
            "untouched": open(f"{suite}/labs/99_made_up.c").read(),
        }.items():
            os.makedirs(f"{folder}/class/{student}")
            with open(f"{folder}/class/{student}/99_made_up.c", "w") as f:
                f.write(text)
        os.makedirs(f"{folder}/class/missing")
        r = make("grade", "LAB=99", f"SUBMISSIONS={folder}/class", f"OUT={folder}/out")
        say(r.returncode == 0, "make grade LAB=99", r.stderr[-500:])
        scores = (
            {
                s: json.load(open(f"{folder}/out/results/{s}.json"))["score"]
                for s in ("right", "wrong", "untouched", "missing")
            }
            if r.returncode == 0
            else {}
        )
        say(
            scores == {"right": 5, "wrong": 3, "untouched": 0, "missing": 0},
            "right 5, wrong 3, untouched and missing 0 points",
            f"{scores}",
        )
    return counted()


if __name__ == "__main__":
    sys.exit(main())
