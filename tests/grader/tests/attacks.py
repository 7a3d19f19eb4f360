#!/usr/bin/env python3
"""The attack corpus: attacks.py KIT SOLUTION [RUNG... | --slice NUMBER]

Grades every file of tests/grader/tests/hostile/ on each rung that this machine offers (or those named; for a slice see
pushed) and looks that nothing comes of it: the outcome is the expected one, no point is forged, the machine is as it
was, a neighbour's grade is the same, nobody's files are seen. A file of the corpus replaces one function of the
reference. Ends with a line `N passed, N failed`."""
import glob
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import paths  # noqa: F401, I001  it says where the next ones are
from box import COMPILE_S, FIRST_UID, is_root, processes_of, rungs
from report import ROOT
from say import counted, say

NAME, EXERCISE = "01_linear_ae", "ae_encode"
LIMIT_S = 6  # of waiting; computing ends sooner


def submission(solution, attack, kit, port):
    """The reference with one function replaced by the attack, as one file."""
    public = re.findall(r"^given x \d+ \d+ (\S+)", open(f"{kit}/reference.txt").read(), re.M)
    attack = (
        attack.replace("@ROOT@", ROOT)
        .replace("@PORT@", str(port))
        .replace("@PUBLIC@", ", ".join(w + "f" for w in public))
    )
    right = f"#define SOLUTION\n#define {EXERCISE} {EXERCISE}_right\n{solution}\n#undef {EXERCISE}\n"
    return f'{right}#line 1 "attack"\n{attack}'


def expected(attack):
    words = re.match(r"/\* expect: (.*)$", attack, re.M)[1].strip()
    return words


def outcome_of(result, exercise):
    lost = [t for t in result["tests"] if t["exercise"] == exercise and t["points"] < t["max_points"]]
    return lost[0]["outcome"] if lost else "pass"


def as_expected(result, words):
    """(whether it is so, what it was)"""
    if result["status"] == "grader_error":
        return False, f"grader error: {result['problem']}"
    if words == "not_compiled":
        return (
            result["status"] == "not_compiled" and result["score"] == 0 and len(result["compiler"]) <= 20_000,
            result["status"],
        )
    own = outcome_of(result, EXERCISE)
    others = {outcome_of(result, t["exercise"]) for t in result["tests"]} - {"skipped"}
    if words == "all pass":
        return result["score"] == result["max_score"], f"{own}, {result['score']} points"
    if words.startswith("every "):
        return result["score"] == 0 and own == words.removeprefix("every "), f"{own}, {result['score']} points"
    spared = {outcome_of(result, e) for e in {t["exercise"] for t in result["tests"]} - {EXERCISE, "together"}}
    return (words == "any" or own in words.split("|")) and spared == {"pass"}, f"{own}, the others {sorted(others)}"


def graded(kit, folder, out, rung, *more):
    command = [f"{ROOT}/tests/grader/grade", "class", kit, folder, out, "--sandbox", rung, "--secret", "corpus", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def left_behind():
    """Processes of the slots' uids, a second after the end."""
    until = time.time() + 1
    while any(processes_of(FIRST_UID + slot) for slot in range(8)) and time.time() < until:
        time.sleep(0.05)
    return sum(processes_of(FIRST_UID + slot) for slot in range(8))


def pushed(number, attacks, here):
    """What push NUMBER tries: every third attack on one kind of sandbox. Three pushes try all, and the next three try
    them on another kind."""
    return attacks[number % 3 :: 3], [here[number // 3 % len(here)]]


def corpus(kit, solution, attacks, rung, folder):
    knocks = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            knocks.append(self.path)

    ear = http.server.HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    handed_in, out = f"{folder}/in", f"{folder}/out"
    os.makedirs(handed_in)
    for path in attacks:
        with open(f"{handed_in}/{os.path.basename(path)}", "w", encoding="utf-8", errors="surrogateescape") as f:
            f.write(
                submission(
                    solution, open(path, encoding="utf-8", errors="surrogateescape").read(), kit, ear.server_port
                )
            )
    for neighbour in ("00_neighbour", "12_neighbour", "99_neighbour"):
        with open(f"{handed_in}/{neighbour}.c", "w") as f:
            f.write(f"#define SOLUTION\n{solution}")
    shutil.copy(f"{kit}/stub.c", f"{handed_in}/01_stub.c")
    before = folders()
    memory, begin = shared_memory(), time.time()
    r = graded(kit, handed_in, out, rung, "--jobs", "4")  # half of them sleep
    print(f"  ({len(attacks)} attacks in {time.time() - begin:.0f} s)")
    say(r.returncode == 0, f"{rung}: everybody has a grade", r.stderr[-800:])
    for path in attacks:
        name, words = os.path.basename(path)[:-2], expected(
            open(path, encoding="utf-8", errors="surrogateescape").read()
        )
        result = json.load(open(f"{out}/results/{name}.json"))
        if rung == "chroot" and name == "25_network":  # what a container has to see to
            words = "wrong|pass"
        ok, what = as_expected(result, words)
        say(ok, f"{rung}: {name}: {words}", what)
        text = json.dumps(result)
        say(
            "root:" not in text and ROOT not in text and "void centre_data" not in text,
            f"{rung}: {name} learns nothing of files",
            text[:300],
        )
        lost = sum(t["points"] < t["max_points"] for t in result["tests"])
        runs = 1 + 2 * lost if result["status"] == "graded" else 1  # all at once, then each at both seeds
        say(
            result["times"]["seconds"] < COMPILE_S + runs * (LIMIT_S + 1),
            f"{rung}: {name} ends in time",
            str(result["times"]),
        )
    for neighbour in ("00_neighbour", "12_neighbour", "99_neighbour"):
        result = json.load(open(f"{out}/results/{neighbour}.json"))
        say(result["score"] == result["max_score"], f"{rung}: {neighbour} keeps every point", str(result["score"]))
    stub = json.load(open(f"{out}/results/01_stub.json"))
    say(
        stub["score"] == 0
        and stub["compiler"] == ""
        and {t["outcome"] for t in stub["tests"]} <= {"not written", "skipped"},
        f"{rung}: the stub has no points",
        str(stub["score"]),
    )
    if is_root():
        say(left_behind() == 0, f"{rung}: no process is left", f"{left_behind()}")
    say(
        not left_files() and shared_memory() - memory < 64 << 20,
        f"{rung}: no file of theirs is left, nor memory in one",
        f"{left_files()}",
    )
    say(folders() <= before, f"{rung}: no folder is left", f"{folders() - before}")
    ear.shutdown()


def folders():
    return set(glob.glob(f"{tempfile.gettempdir()}/grading-*"))


def shared_memory():
    """Bytes in tmpfs and shared segments; other programs of this machine hardly change it."""
    return 1024 * int(re.search(r"Shmem: +(\d+)", open("/proc/meminfo").read())[1])


def left_files():
    """What belongs to a slot's uid, wherever everybody may write."""
    if not is_root():
        return ""
    uids = [word for slot in range(8) for word in ("-o", "-uid", str(FIRST_UID + slot))][1:]
    return subprocess.run(
        ["find", "/tmp", "/var/tmp", "/dev/shm", "(", *uids, ")"], capture_output=True, text=True, check=False
    ).stdout.strip()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kit, solution = os.path.abspath(sys.argv[1]), open(sys.argv[2]).read()
    attacks, here = sorted(glob.glob(f"{ROOT}/tests/grader/tests/hostile/*.c")), list(rungs(kit))
    if sys.argv[3:4] == ["--slice"]:
        attacks, here = pushed(int(sys.argv[4]), attacks, here)
    else:
        here = sys.argv[3:] or here
    for rung in here:
        with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
            corpus(kit, solution, attacks, rung, folder)
    return counted()


if __name__ == "__main__":
    sys.exit(main())
