#!/usr/bin/env python3
"""What happens to processes while a report is made: processes.py BUILD

Of an exercise that loops for ever one case is tried, not all; Ctrl-C ends a report and all that it has started, and
nothing that an exercise leaves behind outlives its test. Ends with a line `N passed, N failed`."""
import os
import signal
import subprocess
import sys
import tempfile
import time

from answers import ROOT, manifest, program
from say import counted, say

HUNG = 600  # seconds after which something hangs, on any machine


class Report:
    """`make test-NN` on a version of a lab, as a command; each start of its driver is a line of self.log."""

    def __init__(self, build, name, version, folder):
        self.exe = os.path.abspath(program(build, name))
        self.mark = f"STARTED_BY={folder}".encode()
        self.log, driver = f"{folder}/log", f"{folder}/driver"
        with open(driver, "w", encoding="ascii") as f:
            f.write(
                f'#!/bin/sh\necho "$1" >> {self.log}\nDGN_VERSION={version} STARTED_BY={folder} exec {self.exe} "$@"\n'
            )
        os.chmod(driver, 0o755)
        lab = f"tests/labs/{name}"
        self.command = [
            sys.executable,
            "tests/harness/report.py",
            name,
            driver,
            f"{build}/{lab}/judge",
            f"{lab}/reference.txt",
        ]

    def started(self):
        with open(self.log, encoding="ascii") as f:
            return len(f.readlines())

    def alive(self):
        """Processes that run this driver, and none that another test has started."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    ours = self.mark in f.read().split(b"\0")
                if ours and os.readlink(f"/proc/{pid}/exe") == self.exe:
                    found.append(pid)
            except OSError:
                pass
        return found


def endless(build, folder):
    report = Report(build, "00_unsupervised", "endless", folder)
    r = subprocess.run(report.command, capture_output=True, text=True, timeout=HUNG)
    say(
        r.returncode == 1 and r.stdout.count("timed out") == 6,
        "six exercises that loop for ever are reported",
        f"status {r.returncode}\n{r.stdout}{r.stderr}",
    )
    exercises = {
        test["exercise"] for test in manifest("00_unsupervised")["test"]
    }  # with what tries all of them together
    say(report.started() == len(exercises), "one case of each was tried", f"{report.started()} cases")
    say(not report.alive(), "none of them is left running")


def interrupted(build, folder):
    report = Report(build, "00_unsupervised", "endless", folder)
    p = subprocess.Popen(
        report.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not report.alive():
        time.sleep(0.05)
    os.killpg(p.pid, signal.SIGINT)
    out, err = p.communicate(timeout=HUNG)
    say(
        p.returncode == 130 and len(err.strip().splitlines()) == 1 and not out,
        "Ctrl-C ends the report with one line",
        f"status {p.returncode}: {out}{err}",
    )
    until = time.monotonic() + HUNG
    while report.alive() and time.monotonic() < until:  # a killed process takes a moment to be gone
        time.sleep(0.05)
    say(not report.alive(), "and the endless loop with it")


def left_behind(build, folder):
    report = Report(build, "01_linear_ae", "leaves_child", folder)
    r = subprocess.run(report.command, capture_output=True, text=True, timeout=HUNG)
    say(r.returncode == 0, "a right answer that leaves a process behind keeps its points", r.stdout + r.stderr)
    say(not report.alive(), "and the process is ended, though it has a session of its own")


def main():
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell starts its background jobs without Ctrl-C, and they hand that on
    os.chdir(ROOT)
    print("processes")
    for part in (endless, interrupted, left_behind):
        with tempfile.TemporaryDirectory() as folder:
            part(sys.argv[1], folder)
    return counted()


if __name__ == "__main__":
    sys.exit(main())
