#!/usr/bin/env python3
"""Classes as they come, good and bad: odd_classes.py KIT SOLUTION

Folders, files and exports of every kind; names, sizes and encodings that break a careless reader; a grading that is
stopped, goes on and is done again; failures of the grader's own. Ends with a line `N passed, N failed`."""
import csv
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile

import paths  # noqa: F401, I001  it says where the next ones are
from box import is_root
from report import ROOT
from say import counted, say


def grade(*words, **more):
    return subprocess.run([f"{ROOT}/tests/grader/grade", *words], capture_output=True, text=True, check=False, **more)


def results(out):
    return {r["id"]: r for r in (json.load(open(p, encoding="utf-8")) for p in glob.glob(f"{out}/results/*.json"))}


def book(out):
    with open(f"{out}/gradebook.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def put(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(name, data)


class Class:
    def __init__(self, kit, solution, folder):
        self.kit, self.name, self.folder = kit, open(f"{kit}/name").read().strip(), folder
        self.file = f"{self.name}.c"
        self.right = f"#define SOLUTION\n{open(solution).read()}"
        self.stub = open(f"{kit}/stub.c").read()

    def of(self, what):
        return f"{self.folder}/{what}"


def odd_submissions(c):
    """Whatever is wrong with one submission, the others are graded."""
    d, file = c.of("odd"), c.file
    put(f"{d}/alice/{file}", c.right)
    put(f"{d}/bob.c", c.right)
    put(f"{d}/crlf/{file}", b"\xef\xbb\xbf" + c.right.replace("\n", "\r\n").encode())
    put(f"{d}/utf16/{file}", c.right.encode("utf-16"))
    put(f"{d}/own_headers/{file}", c.right)
    put(f"{d}/own_headers/gen.h", "#error not this one\n")
    put(f"{d}/own_headers/Makefile", "all:\n\trm -rf /\n")
    put(f"{d}/deeper/src/labs/{file}", c.right)
    put(f"{d}/case/{file.upper()}", c.right)
    put(f"{d}/empty_file/{file}", b"\n  \n")
    os.makedirs(f"{d}/empty_folder")
    put(f"{d}/wrong_name/solution.c", c.right)
    put(f"{d}/folder/{file}/inside.txt", "x")
    put(f"{d}/twice/{file}", c.right)
    put(f"{d}/twice/old/{file}", c.stub)
    put(f"{d}/large/{file}", b"/" * (200 << 20))
    put(f"{d}/pdf/{file}", b"%PDF-1.4 and so on")
    put(f"{d}/binary/{file}", b"int x;\0\0\0")
    os.makedirs(f"{d}/link")
    os.symlink(f"{ROOT}/solutions/{file}", f"{d}/link/{file}")
    os.makedirs(f"{d}/pipe")
    os.mkfifo(f"{d}/pipe/{file}")
    put(f"{d}/syntax/{file}", c.right.replace("return", "retrun", 1))
    put(f"{d}/zip/hand in.zip", "")
    zipped(f"{d}/zip/hand in.zip", {f"work/{file}": c.right, "__MACOSX/x": "x"})
    os.makedirs(f"{d}/slip")
    zipped(f"{d}/slip/x.zip", {f"../../../../tmp/{file}": c.right})
    os.makedirs(f"{d}/bomb")
    zipped(f"{d}/bomb/x.zip", {file: b" " * (300 << 20)})
    put(f"{d}/no_zip/x.zip", "PK or not")
    names = [
        "=cmd|' /C calc'!A0",
        "-rf",
        'a,b "c"',
        "new\nline",
        "Łukasz Żółć",
        "李小龍",
        "\udcff\udcfe",
        "a" * 200,
        "$(reboot)",
        "Éa",
        "E\u0301a",
        "x;y&z",
    ]
    for n in names:
        put(f"{d}/{n}/{file}", c.right)
    put(f"{d}/notes.txt", "ask about question 3")
    put(f"{d}/alice.c", c.stub)
    out = c.of("odd-out")
    r = grade("class", c.kit, d, out, "--secret", "s")
    got = results(out)
    say(r.returncode == 0, "a class of odd submissions is graded", r.stderr[-500:])
    full = [k for k, v in got.items() if v["score"] == v["max_score"]]
    for k in ("alice", "bob", "crlf", "utf16", "own_headers", "deeper", "case", "zip", "slip"):
        say(k in full, f"{k}: every point", str(got.get(k, {}).get("problem")))
    say(len(full) == 9 + len(names), f"and so has each of {len(names)} strange names", f"{len(full)}: {sorted(full)}")
    for k, status, words in (
        ("empty_file", "missing", "is empty"),
        ("empty_folder", "missing", "found nothing"),
        ("wrong_name", "missing", "found solution.c"),
        ("folder", "missing", "is a folder"),
        ("twice", "rejected", "differ"),
        ("large", "rejected", "larger than 1 MB"),
        ("pdf", "rejected", "is a PDF"),
        ("binary", "rejected", "not text"),
        ("link", "rejected", "symbolic link"),
        ("pipe", "rejected", "no ordinary file"),
        ("bomb", "rejected", "larger than 1 MB"),
        ("no_zip", "rejected", "cannot be read"),
        ("syntax", "not_compiled", ""),
    ):
        v = got.get(k, {"status": "none", "problem": ""})
        say(
            v["status"] == status and words in v["problem"] and "\n" not in v["problem"] and v["score"] == 0,
            f"{k}: {status}, {words}",
            f"{v['status']}: {v['problem']}",
        )
    say(
        "alice~2" in got and got["alice~2"]["score"] == 0 and "2 submissions" in got["alice~2"]["note"],
        "alice.c beside alice/ is a second submission, and says so",
    )
    say(not os.path.exists(f"/tmp/{c.file}"), "no path of an archive is written to")
    rows = book(out)
    say(
        len(rows) == len(got) + 1 and all(not v.startswith(("=", "+", "-", "@")) for row in rows for v in row.values()),
        "the gradebook has a row for each, and no formula",
    )
    say(
        rows[0]["student"] == "points possible" and int(rows[0]["score"]) == got["alice"]["max_score"],
        "its first row has the points possible",
    )
    formats(c, out, got)


def formats(c, out, got):
    tests = len(got["alice"]["tests"])
    for k, r in got.items():
        ok = True
        try:
            suite = ET.parse(f"{out}/junit/{k}.xml").getroot()[0]
            ok &= len(suite) == tests and int(suite.get("failures")) + int(suite.get("errors")) + int(
                suite.get("skipped")
            ) == sum(t["outcome"] != "pass" for t in r["tests"])
            tap = open(f"{out}/tap/{k}.tap", encoding="utf-8").read().splitlines()
            ok &= (
                tap[:2] == ["TAP version 14", f"1..{tests}"]
                and sum(line.startswith(("ok ", "not ok ")) for line in tap) == tests
            )
            ok &= r["score"] > 0 or not any(line.startswith("ok ") and "# SKIP" not in line for line in tap)
            g = json.load(open(f"{out}/gradescope/{k}.json"))
            ok &= (
                sum(t["score"] for t in g["tests"]) == r["score"]
                and sum(t["max_score"] for t in g["tests"]) == r["max_score"]
            )
            h = json.load(open(f"{out}/classroom/{k}.json"))
            ok &= sum(t["score"] for t in h["tests"]) == r["score"] and h["max_score"] == r["max_score"]
            ok &= os.path.exists(f"{out}/students/{k}.html")
        except (OSError, ValueError, ET.ParseError) as e:
            say(False, f"formats of {k}", str(e))
        if not ok:
            say(False, f"formats of {k} say the same")
    say(True, "JUnit, TAP, Gradescope, Classroom and pages of everybody say the same")


def exports(c):
    for kind, files, want in (
        (
            "Gradescope",
            {
                "assignment_7_export/submission_1/" + c.file: c.right,
                "assignment_7_export/submission_22/" + c.file: c.stub,
                "assignment_7_export/submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: Ada "
                "Lovelace\n    :sid: '1'\n    :email: ada@x.org\n  :score: 0\n"
                'submission_22:\n  :submitters:\n  - :name: "Alan Turing"\n    :email: alan@x.org\n',
            },
            {"Ada Lovelace": ("ada@x.org", True), "Alan Turing": ("alan@x.org", False)},
        ),
        (
            "Moodle",
            {
                f"Ada Lovelace_101_assignsubmission_file_/{c.file}": c.right,
                f"Alan Turing_102_assignsubmission_file_{c.file}": c.stub,
            },
            {"Ada Lovelace": ("", True), "Alan Turing": ("", False)},
        ),
        (
            "Canvas",
            {f"lovelaceada_LATE_11_22_{c.name}-2.c": c.right, f"turingalan_12_23_{c.file}": c.stub},
            {"lovelaceada": ("", True), "turingalan": ("", False)},
        ),
    ):
        path, out = c.of(f"{kind}.zip"), c.of(f"{kind}-out")
        zipped(path, files)
        r = grade("class", c.kit, path, out, "--secret", "s")
        got = {v["student"]: (v["email"], v["score"] == v["max_score"]) for v in results(out).values()}
        say(r.returncode == 0 and got == want, f"an export of {kind}", f"{got} {r.stderr[-300:]}")


def without_times(out):
    return {k: {n: v for n, v in r.items() if n != "times"} for k, r in results(out).items()}


def again(c):
    """Stopped, gone on with, done again, done one by one."""
    d, out = c.of("again"), c.of("again-out")
    for i in range(8):
        put(f"{d}/s{i}/{c.file}", c.right if i % 2 else c.stub)
    p = subprocess.Popen(
        [f"{ROOT}/tests/grader/grade", "class", c.kit, d, out, "--secret", "s", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.time() + 60
    while len(glob.glob(f"{out}/results/*.json")) < 2 and time.time() < until:
        time.sleep(0.02)
    p.send_signal(signal.SIGINT)
    _, err = p.communicate(timeout=60)
    half = {k: os.stat(f"{out}/results/{k}.json").st_mtime_ns for k in results(out)}
    say(
        p.returncode == 1 and "goes on" in err and 2 <= len(half) < 8,
        "Ctrl-C: one line, and what is graded is kept",
        f"status {p.returncode}, {len(half)} graded: {err}",
    )
    r = grade("class", c.kit, d, out, "--secret", "s")
    kept = all(os.stat(f"{out}/results/{k}.json").st_mtime_ns == t for k, t in half.items())
    say(
        r.returncode == 0 and kept and len(results(out)) == 8,
        "the same command goes on where it stopped",
        r.stderr[-300:],
    )
    first = without_times(out)
    books = open(f"{out}/gradebook.csv").read()
    for _ in range(2):
        grade("class", c.kit, d, out, "--secret", "s", "--again")
    say(
        without_times(out) == first and open(f"{out}/gradebook.csv").read() == books,
        "graded three times, the results differ in times only",
    )
    put(f"{d}/s0/{c.file}", c.right)
    grade("class", c.kit, d, out, "--secret", "s")
    say(results(out)["s0"]["score"] == first["s1"]["score"], "a submission that was replaced is graded anew")
    alone = c.of("alone-out")
    listed = grade("plan", c.kit, d, alone).stdout.split()
    ends = [grade("one", c.kit, d, alone, i).returncode for i in (listed[0], "2", "3")]
    r = grade("merge", c.kit, d, alone)
    blank = [row for row in book(alone) if row["score"] == ""]
    say(
        listed == [f"s{i}" for i in range(8)] and ends == [0, 0, 0] and r.returncode == 3 and len(blank) == 5,
        "one by one, by id and by number; who is missing stays blank",
        r.stderr,
    )


def own_failures(c):
    """What the grader does wrong is nobody's zero and nobody's pass."""
    d = c.of("two")
    put(f"{d}/ann/{c.file}", c.right)
    put(f"{d}/ben/{c.file}", c.stub)

    def blank(out, r, what):
        rows = book(out)[1:] if os.path.exists(f"{out}/gradebook.csv") else []
        zero = [v for v in results(out).values() if v["score"] is not None]
        told = [line for line in r.stderr.splitlines() if line.strip()]
        say(
            r.returncode == 3
            and not zero
            and all(row["score"] == "" for row in rows)
            and told
            and "Traceback" not in r.stderr,
            f"{what}: status 3, no grade",
            f"status {r.returncode}: {r.stderr[-400:]}",
        )

    def kit_with(what, text):
        kit = tempfile.mkdtemp(dir=c.folder) + "/kit"
        shutil.copytree(c.kit, kit)
        put(f"{kit}/{what}", text)
        os.chmod(f"{kit}/{what}", 0o755)
        return kit

    for what, kit in (
        ("a judge that is killed", kit_with("judge", "#!/bin/sh\nkill -9 $$\n")),
        ("a judge that writes nothing", kit_with("judge", "#!/bin/sh\n")),
        ("a reference that crashes", kit_with("reference", "#!/bin/sh\nkill -11 $$\n")),
    ):
        out = c.of(what.replace(" ", "-"))
        blank(out, grade("class", kit, d, out, "--secret", "s", "--sandbox", "none"), what)
    out, fake = c.of("no-box"), c.of("fake")
    put(f"{fake}/bwrap", "#!/bin/sh\necho 'bwrap: Creating new namespace failed' >&2\nexit 1\n")
    os.chmod(f"{fake}/bwrap", 0o755)
    blank(
        out,
        grade(
            "class",
            c.kit,
            d,
            out,
            "--secret",
            "s",
            "--sandbox",
            "bwrap",
            env={**os.environ, "PATH": f"{fake}:{os.environ['PATH']}"},
        ),
        "bubblewrap fails",
    )
    out = c.of("full")
    grade("class", c.kit, d, out, "--secret", "s")
    before = without_times(out)
    r = subprocess.run(
        [
            "prlimit",
            "--fsize=64",
            "--",
            f"{ROOT}/tests/grader/grade",
            "class",
            c.kit,
            d,
            out,
            "--secret",
            "s",
            "--again",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    say(
        r.returncode == 3 and "Traceback" not in r.stderr and without_times(out) == before,
        "no room on the disk: status 3, and the earlier results are whole",
        f"{r.returncode} {r.stderr[-300:]}",
    )
    r = grade("class", c.kit, d, out, "--secret", "s")
    say(r.returncode == 0, "and with room the same command goes on")
    for words, text in (
        ((c.kit, c.of("nowhere"), out), "there is no"),
        ((c.kit, c.kit + "/reference.txt", out), "neither a folder nor a zip"),
        ((c.of("nowhere"), d, out), "no kit"),
    ):
        r = grade("class", *words)
        say(
            r.returncode == 2 and text in r.stderr and len(r.stderr.strip().splitlines()) <= 2,
            f"bad use: {text}",
            r.stderr,
        )
    os.makedirs(c.of("nobody"))
    r = grade("class", c.kit, c.of("nobody"), out)
    say(r.returncode == 2 and "no submissions" in r.stderr, "bad use: a folder without submissions", r.stderr)


def copies(c):
    """The class page names pairs that are nearly the same text, and only these."""
    d, out = c.of("copies"), c.of("copies-out")
    renamed = c.right.replace("mean", "avg").replace("  ", " ").replace("/*", "/* my own: ")
    put(f"{d}/writer/{c.file}", c.right)
    put(f"{d}/copier/{c.file}", renamed.replace("avg", "mean") if "avg" not in c.right else c.right)
    put(f"{d}/starter/{c.file}", c.stub)
    put(f"{d}/starter2/{c.file}", c.stub)
    grade("class", c.kit, d, out, "--secret", "s")
    page = open(f"{out}/index.html", encoding="utf-8").read()
    alike = page.partition("Nearly the same text")[2].partition("Everybody")[0]
    say(
        "writer" in alike and "copier" in alike and "starter" not in alike,
        "two that are nearly the same text are a place to look; two untouched files are not",
        alike[:300],
    )


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell starts its background jobs without Ctrl-C, and they hand that on
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        os.chmod(folder, 0o755)
        c = Class(os.path.abspath(sys.argv[1]), sys.argv[2], folder)
        odd_submissions(c)
        exports(c)
        again(c)
        own_failures(c)
        copies(c)
    if not is_root():
        print("  (not root: slots without uids of their own)")
    return counted()


if __name__ == "__main__":
    sys.exit(main())
