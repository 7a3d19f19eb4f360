#!/usr/bin/env python3
"""Does what students get tell what they are to find out?  leaks.py TREE SOLUTIONS

Looks in every text file of TREE for lines that stand only in the solution half of a lab, for the word that parts the
halves, and for folders that do not belong there. Heads of loops, and lines that the library has too, are nobody's
secret."""
import os
import re
import subprocess
import sys


def lines_of(text):
    """Statements worth stealing: without blanks, long enough to be nobody's accident."""
    return {
        re.sub(r"\s+", "", line)
        for line in text.splitlines()
        if len(re.sub(r"\s+", "", line)) >= 28 and re.search(r"[=(]", line) and not line.strip().startswith("for (")
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tree, solutions = sys.argv[1:]
    secret, library = {}, set()
    for name in os.listdir(f"{solutions}/../common"):
        if name.endswith(".c"):
            with open(f"{solutions}/../common/{name}", encoding="utf-8") as f:
                library |= lines_of(f.read())
    for name in sorted(os.listdir(solutions)):
        if name.endswith(".c"):
            path = f"{solutions}/{name}"
            halves = [
                subprocess.run(["unifdef", flag, path], capture_output=True, text=True, check=False).stdout
                for flag in ("-DSOLUTION", "-USOLUTION")
            ]
            for line in lines_of(halves[0]) - lines_of(halves[1]) - library:
                secret[line] = name
    found = []
    for folder, _, names in os.walk(tree):
        inside = os.path.relpath(folder, tree)
        if re.search(r"(^|/)(solutions|hostile|.*\.(mutants|variants|life))$", inside):
            found.append(f"{inside}/ is there")
        for name in names:
            path = f"{folder}/{name}"
            with open(path, "rb") as f:
                data = f.read()
            if b"\0" in data[:4096]:
                continue
            text = data.decode("utf-8", "replace")
            if name.endswith((".c", ".h")) and re.search(r"#\s*if.*\bSOLUTION\b", text):
                found.append(f"{inside}/{name} has the halves of a solution")
            found += [
                f"{inside}/{name} has a line of {secret[line]}: {line[:70]}"
                for line in sorted(lines_of(text) & secret.keys())
            ]
    print("\n".join(found))
    print(f"{len(secret)} lines of solutions looked for, {len(found)} leaks")
    return 1 if found or not secret else 0


if __name__ == "__main__":
    sys.exit(main())
