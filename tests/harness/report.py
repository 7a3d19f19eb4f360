#!/usr/bin/env python3
"""The exercise report: report.py NAME DRIVER JUDGE REFERENCE [SOURCE]

Runs the judge of lab NAME (tests/labs/NAME/judge.c, built) on DRIVER, which holds the student's code, against
REFERENCE, a driver or a file of committed transcripts, and prints a line per exercise. Points, titles and hints come
from tests/labs/NAME/points.toml. Exit status: 0 all points, 1 not all, 2 the report itself failed."""
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

try:
    import tomllib
except ImportError:
    sys.exit("report: python 3.11 or newer is needed (tomllib)\n  hint: make setup")

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NS = "{http://check.sourceforge.net/ns}"
PUBLIC_SEED = "1"


running = set()  # judges, for Ctrl-C


class GraderError(Exception):
    pass


# What many tests would say, each with something of its own behind it: kind = "sizes" in points.toml.
KINDS = {
    "sizes": "which bound, stride or constant fits only the sizes that the lab itself has?",
    "together": "each part passes alone? then look at",
}


def read_points(path):
    """points.toml, with each test's hint in full."""
    with open(path, "rb") as f:
        points = tomllib.load(f)
    for test in points["test"]:
        test["hint"] = " ".join(words for words in (KINDS.get(test.get("kind")), test.get("hint")) if words)
    return points


def manifest(name):
    return read_points(f"{ROOT}/tests/labs/{name}/points.toml")


def run_judge(driver, judge, reference, seed=PUBLIC_SEED, only=None, threads="1", more_env=None, patience=None):
    """Runs the judge's tests, all or those of the exercises `only`; returns {test id: None if it passed, else its
    message}. patience: seconds after which the judge itself has failed."""
    with tempfile.TemporaryDirectory() as tmp:
        env = {
            "PATH": "/usr/bin:/bin",
            "CK_XML_LOG_FILE_NAME": f"{tmp}/log.xml",
            "JUDGE_DRIVER": os.path.abspath(driver),
            "JUDGE_REFERENCE": os.path.abspath(reference),
            "JUDGE_SEED": seed,
            "DRIVER_THREADS": threads,
            "OMP_NUM_THREADS": threads,
            "TMPDIR": tmp,
            "ASAN_OPTIONS": "detect_leaks=0",  # a judge frees nothing: each of its tests is a process of its own
            **(more_env or {}),
        }
        if only:
            env["JUDGE_ONLY"] = f",{','.join(only)},"
        # in a session of its own: Check answers a signal by killing its whole process group
        with subprocess.Popen(
            [os.path.abspath(judge)],
            env=env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as p:
            running.add(p)
            try:
                error = p.communicate(timeout=patience)[1]
            except subprocess.TimeoutExpired as e:
                os.killpg(p.pid, signal.SIGKILL)
                raise GraderError(f"the judge did not end within {patience} s") from e
            finally:
                running.discard(p)
        if patience and p.returncode < 0:
            raise GraderError(f"the judge was killed by signal {-p.returncode}")
        try:
            tests = ET.parse(f"{tmp}/log.xml").getroot().iter(NS + "test")
            return {
                t.findtext(NS + "id"): None if t.get("result") == "success" else t.findtext(NS + "message")
                for t in tests
            }
        except (OSError, ET.ParseError) as e:
            raise GraderError(f"the judge left no log: {e}; {error.strip()}") from e


def outcome(message):
    """Splits a judge's message into (state, text, hint)."""
    if message is None:
        return "passed", "", ""
    state, _, text = message.removeprefix("[").partition("] ")
    if not message.startswith("[") or state == "grader":
        raise GraderError(message)
    text, _, hint = text.partition("\nhint: ")
    return state, text.split("\n  hint: ")[0].strip(), hint or text.partition("\n  hint: ")[2].strip()


def side_by_side(exercises, *args):
    """run_judge for each exercise, as many at a time as there are processors."""
    messages = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for some in pool.map(lambda exercise: run_judge(*args, only=[exercise]), exercises):
                messages.update(some)
        except KeyboardInterrupt:
            for p in list(running):
                p.terminate()
            pool.shutdown(cancel_futures=True)
            raise
    return messages


def grade(name, messages, only=None):
    """One dict per exercise, or for the only one asked for: state, points, max, and the first failed test's title, text
    and hint. messages: what run_judge returned."""
    tests = [t for t in manifest(name)["test"] if only in (None, t["exercise"])]
    if {t["id"] for t in tests} != set(messages):
        raise GraderError(
            f"points.toml of {name} and the judge disagree on the tests: "
            f"{sorted({t['id'] for t in tests} ^ set(messages))}"
        )
    rows = {}
    for t in tests:
        row = rows.setdefault(
            t["exercise"],
            {"exercise": t["exercise"], "state": "passed", "points": 0, "max": 0, "title": "", "text": "", "hint": ""},
        )
        state, text, hint = outcome(messages[t["id"]])
        unready = [e for e in t.get("needs", []) if e in rows and rows[e]["state"] != "passed"]
        row["max"] += t["points"]
        if state == "passed":
            row["points"] += t["points"]
        elif row["state"] == "passed":
            if unready:
                state, text, hint = "waits", "for " + ", ".join(unready), ""
            row.update(
                state=state,
                title=t["title"],
                text=text,
                hint=hint or ("" if state in ("not written", "waits") else t["hint"]),
            )
    return list(rows.values())


def show(name, rows, source):
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    paint = (lambda code, s: f"\033[{code}m{s}\033[0m") if colour else (lambda code, s: s)
    codes = {"passed": "32", "not written": "33", "waits": "33"}
    print(f"lab {name}: {manifest(name)['title']}" + (f"   ({source})" if source else ""))
    for r in rows:
        state = {"not written": "not written yet"}.get(r["state"], r["state"])
        print(
            f"  {r['exercise']:<18} {paint(codes.get(r['state'], '31'), f'{state:<16}')} {r['points']:>2}/{r['max']}",
            end="",
        )
        if r["state"] == "not written":  # "FILE:LINE: NAME is not written yet: WHAT. To test it: ..."
            what = r["text"].partition("not written yet: ")[2].partition(". To test it")[0]
        else:
            what = r["text"] if r["state"] == "waits" else f"{r['title']}: {r['text']}"
        print("" if r["state"] == "passed" else "   " + what.replace("\n", " "))
        if r["hint"]:
            print(
                textwrap.fill(
                    r["hint"].replace("\n", " ").replace("test-NN", f"test-{name[:2]}"),
                    110,
                    initial_indent=" " * 6 + "hint: ",
                    subsequent_indent=" " * 12,
                )
            )
    print(f"  {sum(r['points'] for r in rows)} of {sum(r['max'] for r in rows)} points")


def main():
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    name, *paths = sys.argv[1:5]
    exercises = dict.fromkeys(t["exercise"] for t in manifest(name)["test"])
    try:
        rows = grade(name, side_by_side(exercises, *paths))
    except GraderError as e:
        print(f"report: {e}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("report: interrupted; nothing was graded", file=sys.stderr)
        return 130
    show(sys.argv[1], rows, sys.argv[5] if len(sys.argv) == 6 else "")
    return 0 if all(r["points"] == r["max"] for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
