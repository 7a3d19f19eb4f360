#!/usr/bin/env python3
"""make figures: runs every lab on real data and draws its figures as soon as it ends, one lab per core.

figures.py OUT LAB... -- MAKE ARGUMENTS...    each lab is `MAKE figures-NN ARGUMENTS`; what it prints goes to OUT/logs/LAB.txt

One line says which labs are done, which are running and how long the rest will take. Ctrl-C ends everything; the same command goes on with
the labs that were not done. A lab that fails does not stop the others; it is named at the end, and the status is 1."""
import csv
import os
import re
import signal
import subprocess
import sys
import time

# Labs that read the weights or the samples of another one run after it.
AFTER = {"10_dcgan": "04_vae", "11_latent_walk": "10_dcgan"}
SIDE_BY_SIDE = 1.4                  # a header's time is that of a lab alone on two cores; with one core it takes so much longer


def last_run(out, lab):
    """Seconds that the last run into this folder took, or None."""
    try:
        with open(f"{out}/{lab}/metrics.csv") as f:
            return next(float(r["value"]) for r in csv.DictReader(f) if r["name"] == "wall_s")
    except (OSError, StopIteration, ValueError, KeyError):
        return None


def by_header(lab, quick):
    """Seconds that the lab's own header tells: "Takes about 215 s; --quick 13 s"."""
    with open(f"solutions/{lab}.c", encoding="utf-8") as f:
        head = f.read(4000)
    told = re.search(r"--quick (?:about )?(\d+) s" if quick else r"Takes +(?:about )?(\d+) s", head)
    return SIDE_BY_SIDE * float(told[1]) if told else 60.


class Plan:
    """Which lab is next, and when all will be done, by expected seconds."""

    def __init__(self, seconds, cores):
        self.seconds, self.cores = seconds, cores
        self.waiting, self.running, self.done, self.failed = set(seconds), {}, {}, []

    def chain(self, lab):
        """Seconds from the start of a lab to the end of the last one that waits for it."""
        return self.seconds[lab] + max((self.chain(b) for b, a in AFTER.items() if a == lab and b in self.waiting), default=0)

    def next(self):
        """The longest chain first, so that no core waits for it at the end."""
        ended = set(self.seconds) - self.waiting - set(self.running)
        ready = [lab for lab in self.waiting if AFTER.get(lab) not in self.seconds or AFTER[lab] in ended]
        return max(ready, key=lambda lab: (self.chain(lab), lab), default=None)

    def pace(self):
        """How many times longer than expected the labs took that have run; what was up to date tells nothing."""
        ran = [lab for lab, seconds in self.done.items() if seconds > .2 * self.seconds[lab]]
        return sum(self.done[lab] for lab in ran) / sum(self.seconds[lab] for lab in ran) if ran else 1.

    def left(self, now):
        """Seconds until all are done: the labs that wait are given, longest chain first, to the core that is free first."""
        pace = self.pace()
        rest = {lab: max(pace * self.seconds[lab] - (now - begun), .05 * pace * self.seconds[lab]) for lab, (_, begun) in self.running.items()}
        free = sorted([*rest.values(), *[0.] * (self.cores - len(rest))])
        ends = dict(rest)
        for lab in sorted(self.waiting, key=self.chain, reverse=True):
            start = max(free.pop(0), ends.get(AFTER.get(lab), 0))
            ends[lab] = start + pace * self.seconds[lab]
            free = sorted([*free, ends[lab]])
        return max(ends.values(), default=0)


def clock(seconds):
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def status(plan, now):
    ended = len(plan.done) + len(plan.failed)
    line = f"figures: {ended} of {len(plan.seconds)} labs done"
    if plan.running:
        line += f", running {', '.join(sorted(plan.running))}, about {clock(plan.left(now))} left"
    return line


class Screen:
    """On a terminal one line that redraws itself; elsewhere a line for each lab that ends."""

    def __init__(self):
        self.terminal = sys.stdout.isatty()

    def tell(self, line, news):
        if self.terminal:
            width = os.get_terminal_size().columns
            print(f"\r\033[K{line[:width - 1]}", end="", flush=True)
        elif news:
            print(line, flush=True)

    def keep(self, line):
        print(f"\r\033[K{line}" if self.terminal else line, flush=True)


def start(out, lab, make):
    log = open(f"{out}/logs/{lab}.txt", "w")
    command = [*make[:1], f"figures-{lab[:2]}", *make[1:], "ALONE=1"]
    quiet = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    with log:               # a session of its own: Ctrl-C reaches this program alone, which then ends the lab and all that it has started
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=quiet, start_new_session=True)


def end_all(plan):
    for process, _ in plan.running.values():
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def last_lines(path, n=3):
    with open(path, encoding="utf-8", errors="replace") as f:
        return "".join(f"    {line.rstrip()}\n" for line in f.read().splitlines()[-n:])


def ended(plan, out, screen):
    """Takes note of the labs that have ended; True if there was one."""
    over = [(lab, process, begun) for lab, (process, begun) in plan.running.items() if process.poll() is not None]
    for lab, process, begun in over:
        del plan.running[lab]
        if process.returncode == 0:
            plan.done[lab] = time.monotonic() - begun
        else:
            plan.failed.append(lab)
            screen.keep(f"figures: {lab} failed; the end of {out}/logs/{lab}.txt:\n{last_lines(f'{out}/logs/{lab}.txt')}")
    return bool(over)


def run(plan, out, make, screen):
    news = True
    while plan.waiting or plan.running:
        while len(plan.running) < plan.cores and (lab := plan.next()):
            plan.waiting.remove(lab)
            plan.running[lab] = start(out, lab, make), time.monotonic()
        screen.tell(status(plan, time.monotonic()), news)
        time.sleep(.1)
        news = ended(plan, out, screen)
    screen.tell(status(plan, time.monotonic()), True)


def main():
    out, rest = sys.argv[1], sys.argv[2:]
    labs, make = rest[:rest.index("--")], rest[rest.index("--") + 1:]
    if not labs:
        print("figures: the solutions are not here; make NN runs your own lab NN and draws its figures")
        return 0
    os.makedirs(f"{out}/logs", exist_ok=True)
    quick = "QUICK=1" in make
    plan = Plan({lab: last_run(out, lab) or by_header(lab, quick) for lab in labs}, os.cpu_count() or 2)
    screen = Screen()

    def interrupt(number, _):
        raise KeyboardInterrupt
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        run(plan, out, make, screen)
    except KeyboardInterrupt:
        end_all(plan)
        screen.keep(f"figures: interrupted after {len(plan.done)} of {len(labs)} labs; the same command goes on with the others")
        return 130
    finally:
        if screen.terminal:
            print()
    if plan.failed:
        print(f"figures: {len(plan.done)} labs drawn; not {', '.join(sorted(plan.failed))}, see {out}/logs")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
