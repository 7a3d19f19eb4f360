#!/usr/bin/env python3
"""Makes one program of all versions of a lab:  versions.py NAME FOLDER [--right]

Writes FOLDER/solution.c, the solution in which every exercise NAME calls the version that is chosen at run time, with
the wrong versions of mutants.toml after the right one, and FOLDER/files.c, which includes the versions that are files
of their own and lists all.
--right leaves wrong ones out: sanitizers look at right ones.

    #define cycle_loss cycle_loss_right             the solution's own function
    Loss cycle_loss(Mat back, ...) {...}
    #define cycle_loss cycle_loss__far_batch        with `far / x.n` for `far / (double)numbers`
    Loss cycle_loss(Mat back, ...) {...}
    Loss cycle_loss(Mat back, ...) { return chosen(back, ...); }

Ends with status 1, and names the entry, if the text that an entry replaces does not stand in its exercise exactly
once."""
import os
import re
import sys
from dataclasses import dataclass, field

from answers import files, table


@dataclass
class Exercise:
    name: str
    head: list  # "Loss cycle_loss(Mat back, Mat x, Arena *mem)"
    body: list  # between the braces, the solution's half alone
    helpers: list = field(default_factory=list)  # the solution's own functions that stand before it

    def text(self):
        return "\n".join([*self.helpers, *self.head, "{", *self.body, "}"])

    def arguments(self):
        """ "back, x, mem": the name of each parameter; "kind" of a function's, Trace (*kind)(Arena *)."""
        inside = re.search(r"\w+\((.*)\)\s*$", " ".join(self.head), re.S).group(1)
        parameters = re.split(r",(?![^()]*\))", inside)
        return ", ".join(
            re.search(r"\(\*(\w+)\)|(\w+)(?:\[[^]]*\])*\s*$", p).expand(r"\1\2")
            for p in parameters
            if p.strip() != "void"
        )


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n")


def cut(lines):
    """The solution's half of a file, as strings for its lines and an Exercise for each of those."""
    parts, helpers, i = [], [], 0
    while i < len(lines):
        if lines[i].strip() != "#ifdef SOLUTION":
            parts.append(lines[i])
            i += 1
            continue
        half_end = next(k for k in range(i, len(lines)) if lines[k].strip() in ("#else", "#endif"))
        end = next(k for k in range(half_end, len(lines)) if lines[k].strip() == "#endif")
        half = lines[i + 1 : half_end]
        if lines[i - 1] == "{" and lines[end + 1] == "}":
            parts.pop()
            head = []
            while parts[-1].strip() and not parts[-1].rstrip().endswith("*/") and not parts[-1].startswith("#"):
                head.insert(0, parts.pop())
            name = re.search(r"(\w+)\(", head[0]).group(1)
            parts.append(Exercise(name, head, half, helpers))
            helpers = []
            i = end + 2
        else:
            helpers = helpers + half
            parts += half
            i = end + 1
    return parts


def renamed(names, suffix, text):
    return [*(f"#define {n} {n}{suffix}" for n in names), *text, *(f"#undef {n}" for n in names)]


def functions(text):
    """Names of the functions that begin at the left margin."""
    return re.findall(r"^(?:__attribute__\(\(\w+\)\) )?[A-Za-z_][\w \*]*?[ \*](\w+)\([^;{}]*\)\s*\{", text, re.M)


def changed(exercise, mutant, path):
    """The exercise's text with what the entry says; the function alone, unless a helper is changed."""
    text = exercise.text()
    helpers = "\n".join([*exercise.helpers, ""]) if exercise.helpers else ""
    spans = []
    for old, new in zip(mutant.old, mutant.new, strict=True):
        old, new = old.strip(), new.strip()
        if text.count(old) != 1 or old == new:
            sys.exit(
                f"{path}: {mutant.name}: this text stands {text.count(old)} times in the solution of {exercise.name}, "
                f"not once:\n{old}"
            )
        spans.append((text.index(old), old, new))
    for at, old, new in sorted(spans, reverse=True):
        text = text[:at] + new + text[at + len(old) :]
    in_helper = any(at < len(helpers) for at, _, _ in spans)
    return text if in_helper else text[len(helpers) :]


def with_versions(exercise, wrong, path):
    """C: the right function, the wrong ones, and the one that calls which was chosen."""
    name = exercise.name
    yield from renamed([name], "_right", [*exercise.head, "{", *exercise.body, "}"])
    for mutant in wrong:
        text = changed(exercise, mutant, path)
        made, others, _ = own_names(text)
        yield from renamed(made + others, f"__{mutant.name}", text.split("\n"))
    yield f"Function *{name}_chosen = (Function *){name}_right;"
    yield from [*exercise.head, f"{{ return ((__typeof__({name}) *){name}_chosen)({exercise.arguments()}); }}"]


def own_names(text):
    """What a file of versions defines: functions, and other names of its own at the left margin."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
    variables = re.findall(r"^static [^(\n;={]*?(\w+)(?:\[[^\n]*?\])*\s*(?:;|=)", text, re.M)
    constants = [
        n
        for inside in re.findall(r"^(?:static )?enum[^{\n]*\{([^}]*)\}", text, re.M)
        for n in re.findall(r"(\w+)\s*(?:=[^,]*)?(?:,|$)", inside)
    ]
    types = re.findall(r"^\}\s*(\w+);|^typedef .*?(\w+);$", text, re.M)
    return (
        functions(text),
        variables + constants + [n for pair in types for n in pair if n],
        re.findall(r"^#define (\w+)", text, re.M),
    )


def included(paths, exercises):
    """C: every version that is a file, under names of its own; and [(version, exercise)]."""
    code, made = [], []
    for path in paths:
        version = os.path.basename(path)[:-2]
        own, others, macros = own_names("\n".join(read(path)))
        made += [(version, n) for n in own if n in exercises]
        code += [f"__typeof__({n}) {n}__{version};" for n in own if n in exercises]
        code += renamed(own + others, f"__{version}", [f'#include "{path}"'])
        code += [f"#undef {m}" for m in macros]
    return code, made


def write(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def main():
    name, folder, right = sys.argv[1], sys.argv[2], sys.argv[3:] == ["--right"]
    entries = f"tests/labs/{name}/mutants.toml"
    parts = cut(read(f"solutions/{name}.c"))
    exercises = [p.name for p in parts if isinstance(p, Exercise)]
    wrong = [] if right else table(name)
    unknown = {m.function for m in wrong} - set(exercises)
    if unknown:
        sys.exit(f"{entries}: no such function: {', '.join(sorted(unknown))}")

    solution = [f"/* Made of solutions/{name}.c by tests/suite/versions.py. */", '#include "version.h"']
    for part in parts:
        if isinstance(part, str):
            solution.append(part)
        else:
            solution += with_versions(part, [m for m in wrong if m.function == part.name], entries)

    kinds = ["variants", "processes"] if right else ["mutants", "variants", "processes"]
    code, made = included([path for kind in kinds for path in files(name, kind)], exercises)
    all_of = [(m.name, m.function) for m in wrong]
    twice = [v for v, _ in all_of if v in {w for w, _ in made}]
    if twice:
        sys.exit(f"{entries}: a file has this name, too: {', '.join(twice)}")
    os.makedirs(folder, exist_ok=True)
    write(f"{folder}/solution.c", solution)
    write(
        f"{folder}/files.c",
        [
            f'#include "{name}.h"',
            '#include "version.h"',
            *code,
            *(f"extern Function *{e}_chosen;" for e in exercises),
            *(f"__typeof__({e}) {e}__{v};" for v, e in all_of),
            "const Version versions[] = {",
            *(f'    {{"{v}", &{e}_chosen, (Function *){e}__{v}}},' for v, e in all_of + made),
            "    {0}};",
        ],
    )


if __name__ == "__main__":
    main()
