#!/usr/bin/env python3
"""What happens in a student's life beside wrong answers: life.py BUILD

A lab full of endless loops is reported soon, Ctrl-C ends a report at once and all that it has started, and nothing that an exercise
leaves behind outlives its test. Ends with a line `N passed, N failed`."""
import os
import signal
import subprocess
import sys
import time

from report import ROOT

passed, failed = 0, 0


def say(ok, what, why=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f"  {'ok  ' if ok else 'FAIL'} {what}" + (f": {why}" if why and not ok else ""), flush=True)


def command(build, name, driver):
    return [sys.executable, "tests/grade/report.py", name, f"{build}/driver/{driver}", f"{build}/tests/labs/{name}.judge", f"tests/labs/{name}.golden.txt"]


def alive(driver):
    """Processes that run this driver."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/exe") == os.path.abspath(driver):
                found.append(pid)
        except OSError:
            pass
    return found


def endless(build):
    name, driver = "00_unsupervised", "tests/labs/00_unsupervised.life/endless"
    begin = time.time()
    r = subprocess.run(command(build, name, driver), capture_output=True, text=True, timeout=120)
    took = time.time() - begin
    say(r.returncode == 1 and r.stdout.count("timed out") == 6 and took < 15, "six exercises that loop for ever are reported within 15 s",
        f"{took:.1f} s, status {r.returncode}\n{r.stdout}{r.stderr}")
    say(not alive(f"{build}/driver/{driver}"), "and none of them is left running")


def interrupted(build):
    name, driver = "00_unsupervised", "tests/labs/00_unsupervised.life/endless"
    p = subprocess.Popen(command(build, name, driver), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not alive(f"{build}/driver/{driver}"):
        time.sleep(.05)
    os.killpg(p.pid, signal.SIGINT)
    begin = time.time()
    out, err = p.communicate(timeout=60)
    took = time.time() - begin
    time.sleep(.2)
    say(p.returncode == 130 and took < 4 and len(err.strip().splitlines()) == 1 and not out, "Ctrl-C ends the report at once, with one line",
        f"{took:.1f} s, status {p.returncode}: {out}{err}")
    say(not alive(f"{build}/driver/{driver}"), "and the endless loop with it")


def left_behind(build):
    name, driver = "01_linear_ae", "tests/labs/01_linear_ae.life/leaves_child"
    r = subprocess.run(command(build, name, driver), capture_output=True, text=True, timeout=120)
    say(r.returncode == 0, "a right answer that leaves a process behind keeps its points", r.stdout + r.stderr)
    say(not alive(f"{build}/driver/{driver}"), "and the process is ended, though it has a session of its own")


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)        # a shell starts its background jobs without Ctrl-C, and they hand that on
    os.chdir(ROOT)
    print("a student's life")
    for part in (endless, interrupted, left_behind):
        part(sys.argv[1])
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
