"""Answers whose verdict is known: the solution of a lab, its untouched stub, wrong versions of its exercises and
unusual right ones.

A wrong answer is an entry of tests/labs/NAME/mutants.toml, or a file of mutants/ whose first line says what its report
must tell. All wrong and unusual answers to a lab are one program, build/versions/NAME/driver; DGN_VERSION says which of
them it is (see versions.py)."""
import glob
import os
import re
import sys
import tomllib
from dataclasses import dataclass

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from report import ROOT, GraderError, grade, manifest, run_judge  # noqa: E402


@dataclass(frozen=True)
class Mutant:
    """A wrong answer: what it is called, the exercise that loses its points, that exercise's state, and what the report
    must say of it: one of the texts that bars separate, and never the last one."""

    name: str
    exercise: str
    state: str = "wrong"
    hint: str = ""
    hint_not: str = ""
    function: str = ""  # whose text is changed
    old: tuple = ()  # what is replaced in the solution, by what; none where it is a file
    new: tuple = ()

    @property
    def tries(self):
        """Two threads that race are seen only when they meet, and on a busy machine they may not."""
        return 4 if "two threads" in self.hint else 1


def listed(value):
    return tuple(value) if isinstance(value, list) else (value,)


def table(name):
    """The wrong answers of mutants.toml."""
    path = f"tests/labs/{name}/mutants.toml"
    if not os.path.exists(path):
        return []
    with open(path, "rb") as f:
        functions = tomllib.load(f)
    return [
        Mutant(
            **{
                "exercise": function,
                **entry,
                "function": function,
                "old": listed(entry["old"]),
                "new": listed(entry["new"]),
            }
        )
        for function, entries in functions.items()
        for entry in entries
    ]


def from_file(path):
    with open(path, encoding="utf-8") as f:
        m = re.match(r"/\* expect: (.*?) \| (.*?) \| (.*?)(?: \| not (.*?))? \*/", f.readline())
    if not m:
        sys.exit(f"{path}: its first line is not /* expect: EXERCISE | STATE | TEXT [| not TEXT] */")
    return Mutant(os.path.basename(path)[:-2], *m.groups(""))


def files(name, kind):
    return sorted(glob.glob(f"tests/labs/{name}/{kind}/*.c"))


def mutants(name):
    return sorted(table(name) + [from_file(path) for path in files(name, "mutants")], key=lambda mutant: mutant.name)


def variants(name):
    return [os.path.basename(path)[:-2] for path in files(name, "variants")]


def program(build, name):
    return f"{build}/versions/{name}/driver"


def graded(build, name, driver, reference, seed="1", only=None, version=None):
    """The report's rows: on a driver, or on a version of the lab."""
    more = {"DGN_VERSION": version} if version else {}
    judge = f"{build}/tests/labs/{name}/judge"
    return grade(name, run_judge(driver, judge, reference, seed, [only] if only else None, more_env=more), only)


def all_points(rows):
    return all(r["points"] == r["max"] for r in rows)


def loses_its_points(rows, exercise):
    """Whether this exercise is the only one that loses points."""
    return [r["exercise"] for r in rows if r["state"] not in ("passed", "waits")] == [exercise]


def caught(rows, mutant):
    """Whether the report gives a wrong answer what it must: the state, and the hint."""
    row = next(r for r in rows if r["exercise"] == mutant.exercise)
    said = " ".join((row["text"] + " " + row["hint"]).split())
    named = any(text in said for text in mutant.hint.split("|")) and not (mutant.hint_not and mutant.hint_not in said)
    return loses_its_points(rows, mutant.exercise) and row["state"] == mutant.state and named


def brief(rows):
    return "; ".join(
        f"{r['exercise']} {r['state']} {r['points']}/{r['max']} {r['text']} {r['hint']}"
        for r in rows
        if r["state"] != "passed"
    )
