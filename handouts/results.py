#!/usr/bin/env python3
"""make results SEEDS=1,2,3: runs every lab at these seeds and writes handouts/RESULTS.md, so that nobody types a
number.

results.py BUILD OUT SEEDS LAB...    BUILD/solutions/LAB --seed S --out OUT/results/seedS/LAB

A run that is there already is not repeated: the same command goes on where it was stopped, and a run that was made
elsewhere with --out can be put there. FORCE=1 runs all again. Every run notes the version, the processor and the
compiler in its folder, and the page says them."""
import csv
import json
import os
import re
import subprocess
import sys
import time


def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]
    except (OSError, IndexError):
        return "unknown"


def processor():
    with open("/proc/cpuinfo") as f:
        fields = dict(line.split(":", 1) for line in f.read().split("\n\n")[0].splitlines() if ":" in line)
    fields = {k.strip(): v.strip() for k, v in fields.items()}
    name = fields.get("model name", fields.get("CPU implementer", "unknown"))
    return f"{name} (family {fields.get('cpu family', '?')}, model {fields.get('model', '?')})"


def here():
    """What a reader must know of the machine to repeat a run."""
    return {
        "version": first_line(["git", "describe", "--tags", "--always", "--dirty"]),
        "processor": processor(),
        "compiler": first_line([os.environ.get("CC", "cc"), "--version"]),
        "date": time.strftime("%Y-%m-%d"),
    }


def read_metrics(folder):
    """{name: (value, unit)} in the order of the file; None if the run has not ended."""
    try:
        with open(f"{folder}/metrics.csv") as f, open(f"{folder}/printed.txt"):
            return {r["name"]: (r["value"], r["unit"]) for r in csv.DictReader(f)}
    except OSError:
        return None


def run(build, out, seed, lab):
    folder = f"{out}/results/seed{seed}/{lab}"
    if read_metrics(folder) is None or os.environ.get("FORCE"):
        os.makedirs(folder, exist_ok=True)
        begun = time.monotonic()
        with open(f"{folder}/printed.tmp", "w") as f:
            status = subprocess.run(
                [f"{build}/solutions/{lab}", "--seed", seed, "--out", folder], stdout=f, stderr=subprocess.DEVNULL
            ).returncode
        if status:
            print(f"results: {lab} at seed {seed} ended with status {status}", file=sys.stderr)
            return
        os.replace(f"{folder}/printed.tmp", f"{folder}/printed.txt")
        print(f"results: {lab} at seed {seed}: {time.monotonic() - begun:.0f} s", flush=True)
    if not os.path.exists(f"{folder}/.run"):
        with open(f"{folder}/.run", "w") as f:
            json.dump(here(), f)


def title(lab):
    """The first line of the solution: "/* 04_vae: a variational autoencoder." """
    with open(f"solutions/{lab}.c", encoding="utf-8") as f:
        return re.sub(r"^/\* *|\.$", "", f.readline().strip())


def table(lab, runs, targets):
    """Markdown lines: a row per metric, a column per seed."""
    seeds = list(runs)
    names = list(
        dict.fromkeys(name for metrics in runs.values() for name in metrics if name not in ("wall_s", "kernels"))
    )
    yield f"| metric | unit | {' | '.join(f'seed {s}' for s in seeds)} | wanted |"
    yield "|---|---|" + "---:|" * len(seeds) + "---|"
    for name in names:
        cells = [f"{float(metrics[name][0]):.5g}" if name in metrics else "" for metrics in runs.values()]
        unit = next(metrics[name][1] for metrics in runs.values() if name in metrics)
        yield f"| `{name}` | {unit} | {' | '.join(cells)} | {targets.get((lab[:2], name), '')} |"


def page(out, seeds, labs):
    with open("handouts/targets.csv") as f:
        targets = {
            (r["lab"], r["metric"]): f"{r['op'].replace('<=', '≤').replace('>=', '≥')} {r['value']} ({r['source']})"
            for r in csv.DictReader(f)
        }
    notes, body = [], []
    for lab in labs:
        folders = {seed: f"{out}/results/seed{seed}/{lab}" for seed in seeds}
        runs = {seed: metrics for seed, folder in folders.items() if (metrics := read_metrics(folder))}
        if not runs:
            continue
        body += [f"## {title(lab)}", "", *table(lab, runs, targets), ""]
        for seed, metrics in runs.items():
            with open(f"{folders[seed]}/.run") as f:
                told = json.load(f)
            notes.append(
                (
                    told["processor"],
                    metrics.get("kernels", ("unknown",))[0],
                    told["compiler"],
                    told["version"],
                    told["date"],
                )
            )
    made = [f"| {' | '.join(note)} | {notes.count(note)} |" for note in dict.fromkeys(notes)]
    return [
        "# Results",
        "",
        f"Written by `make results SEEDS={','.join(seeds)}`: default runs of the solutions, every metric at every "
        f"seed. Nothing here was typed or chosen.",
        "By default every x86 processor with AVX2 computes these very digits; `--kernels native` and other processors "
        "give another draw of each",
        "game, as another seed does. What is wanted comes from `handouts/targets.csv`; `--full` runs are not among "
        "these.",
        "",
        "| processor | kernels | compiler | version | date | runs |",
        "|---|---|---|---|---|---|",
        *made,
        "",
        *body,
    ]


def main():
    build, out, seeds, labs = sys.argv[1], sys.argv[2], sys.argv[3].split(","), sys.argv[4:]
    if not all(re.fullmatch(r"\d+", s) for s in seeds):
        sys.exit(f"results: SEEDS wants numbers between commas, like 1,2,3, not '{sys.argv[3]}'")
    for seed in seeds:
        for lab in labs:
            run(build, out, seed, lab)
    with open("handouts/RESULTS.md.tmp", "w", encoding="utf-8") as f:
        f.write("\n".join(page(out, seeds, labs)))
    os.replace("handouts/RESULTS.md.tmp", "handouts/RESULTS.md")


if __name__ == "__main__":
    main()
