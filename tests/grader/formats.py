"""formats.py: what other programs read, each made from the canonical results: gradebook.csv, and per student
Gradescope's results.json, JUnit XML, TAP 14 and GitHub Classroom's JSON. A failure of the grader's is blank or an error
in all of them, never a zero."""
import csv
import io
import json
import os
import xml.etree.ElementTree as ET


def save(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.tmp", "w", encoding="utf-8", newline="") as f:
        f.write(text)
    os.replace(f"{path}.tmp", path)


def by_exercise(result):
    """{exercise: its tests}, in order."""
    groups = {}
    for t in result["tests"]:
        groups.setdefault(t["exercise"], []).append(t)
    return groups


def points(tests):
    return sum(t["points"] for t in tests)


def first_lost(tests):
    """The first test that lost its points: its outcome stands for the exercise."""
    return next((t for t in tests if t["points"] < t["max_points"]), None)


def told(t):
    """What is told of one test, as one text."""
    return " ".join(
        part
        for part in (t["message"].replace("\n", " "), "hint: " + t["hint"].replace("\n", " ") if t["hint"] else "")
        if part
    )


# ---- the gradebook ----


def cell(text):
    """A spreadsheet takes a cell that begins so for a formula."""
    text = str(text).replace("\r", " ").replace("\n", " ")
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text


def gradebook(kit, results):
    most = {e: sum(t["points"] for t in kit.tests if t["exercise"] == e) for e in kit.exercises}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["id", "student", "email", "status", "score", "max_score", *kit.exercises, "note"])
    rows.writerow(["", "points possible", "", "", sum(most.values()), sum(most.values()), *most.values(), ""])
    for r in results:
        blank = r["score"] is None
        own = by_exercise(r)
        rows.writerow(
            [
                cell(r["id"]),
                cell(r["student"]),
                cell(r["email"]),
                r["status"],
                "" if blank else r["score"],
                r["max_score"],
                *("" if blank else points(own[e]) for e in kit.exercises),
                cell("; ".join(p for p in (r["problem"], r["note"]) if p)),
            ]
        )
    return out.getvalue()


# ---- one student ----


def gradescope(kit, r):
    """Not for a failure of the grader's: without a results.json Gradescope itself says that the autograder failed, and
    gives no points and no zero."""
    tests = []
    for number, (exercise, own) in enumerate(by_exercise(r).items(), 1):
        lost = first_lost(own)
        lines = [
            f"{t['title']}: {t['outcome']}" + (f"\n  {told(t)}" if t["outcome"] != "pass" and told(t) else "")
            for t in own
        ]
        tests.append(
            {
                "number": str(number),
                "name": exercise,
                "score": points(own),
                "max_score": sum(t["max_points"] for t in own),
                "status": "failed" if lost else "passed",
                "output": "\n".join(lines),
                "output_format": "text",
            }
        )
    top = "\n".join(part for part in (r["problem"], r["note"], r["compiler"]) if part)
    return json.dumps(
        {
            "output": top,
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
            "extra_data": {"status": r["status"], "sandbox": r["sandbox"], "seed_id": r.get("seed_id", "")},
        },
        indent=1,
        ensure_ascii=False,
    )


def xml_text(text):
    """Without what XML 1.0 has no way to write."""
    return "".join(
        c if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "?" for c in text
    )


def junit(kit, r):
    failures = sum(t["outcome"] in ("wrong", "not written") for t in r["tests"])
    errors = sum(t["outcome"] in ("crash", "timeout", "limit") for t in r["tests"]) + (r["score"] is None)
    skipped = sum(t["outcome"] == "skipped" for t in r["tests"])
    root = ET.Element("testsuites")
    suite = ET.SubElement(
        root,
        "testsuite",
        name=f"{kit.name} {xml_text(r['id'])}",
        tests=str(len(r["tests"]) + (r["score"] is None)),
        failures=str(failures),
        errors=str(errors),
        skipped=str(skipped),
        time=str(r["times"].get("seconds", 0)),
    )
    if r["score"] is None:
        case = ET.SubElement(suite, "testcase", classname=kit.name, name="grader", time="0")
        ET.SubElement(case, "error", message=xml_text(r["problem"]), type="grader_error")
    for t in r["tests"]:
        case = ET.SubElement(suite, "testcase", classname=f"{kit.name}.{t['exercise']}", name=t["id"], time="0")
        kind = {"pass": None, "wrong": "failure", "not written": "failure", "skipped": "skipped"}.get(
            t["outcome"], "error"
        )
        if kind:
            attributes = (
                {"message": xml_text(told(t))}
                if kind == "skipped"
                else {"message": xml_text(told(t)), "type": t["outcome"]}
            )
            ET.SubElement(case, kind, attributes)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def tap_text(text):
    return " ".join(text.split()).replace("\\", "\\\\").replace("#", "\\#")


def tap(kit, r):
    if r["score"] is None:
        return f"TAP version 14\n1..{len(kit.tests)}\nBail out! {tap_text(r['problem'])}\n"
    lines = ["TAP version 14", f"1..{len(r['tests'])}"]
    for n, t in enumerate(r["tests"], 1):
        name = tap_text(f"{t['exercise']} {t['id']}")
        skip = f" # SKIP {tap_text(told(t))}" if t["outcome"] == "skipped" else ""
        lines.append(f"{'ok' if t['outcome'] in ('pass', 'skipped') else 'not ok'} {n} - {name}{skip}")
        if t["outcome"] not in ("pass", "skipped"):
            lines += [
                "  ---",
                f"  outcome: {json.dumps(t['outcome'])}",
                f"  points: {t['points']}",
                f"  max_points: {t['max_points']}",
                f"  message: {json.dumps(told(t))}",
                "  ...",
            ]
    return "\n".join(lines) + "\n"


def classroom(kit, r):
    """GitHub Classroom's autograding reporter; a step prints it base64-encoded as `result`."""
    tests = [
        {
            "name": e,
            "status": "fail" if first_lost(own) else "pass",
            "score": points(own),
            "message": told(first_lost(own)) if first_lost(own) else "",
            "test_code": "",
            "filename": f"{kit.name}.c",
            "line_no": 0,
            "duration": 0,
        }
        for e, own in by_exercise(r).items()
    ]
    status = "error" if r["score"] is None else "pass" if all(t["status"] == "pass" for t in tests) else "fail"
    return json.dumps(
        {"version": 1, "status": status, "max_score": r["max_score"], "tests": tests}, indent=1, ensure_ascii=False
    )


def write_all(out, kit, results):
    save(f"{out}/gradebook.csv", gradebook(kit, results))
    for r in results:
        if r["score"] is not None:
            save(f"{out}/gradescope/{r['id']}.json", gradescope(kit, r) + "\n")
        elif os.path.exists(f"{out}/gradescope/{r['id']}.json"):
            os.remove(f"{out}/gradescope/{r['id']}.json")
        save(f"{out}/junit/{r['id']}.xml", junit(kit, r))
        save(f"{out}/tap/{r['id']}.tap", tap(kit, r))
        save(f"{out}/classroom/{r['id']}.json", classroom(kit, r) + "\n")
