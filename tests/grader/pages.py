"""pages.py: what people read: a page per student and one for the class. Plain HTML with nothing from elsewhere,
readable on paper."""
import collections
import html
import os
import re
import zlib

from formats import by_exercise, first_lost, points, save

STYLE = """<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222;
background: #fff } h1 { font-size: 1.5rem; margin-bottom: .2rem } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem } .quiet
{ color: #667 } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem;
border-bottom: 1px solid #e3e3ea; vertical-align: top } th { font-weight: 600; color: #445 } td.n, th.n { text-align:
right; font-variant-numeric: tabular-nums; white-space: nowrap } .pass { color: #1a7f37 } .lost { color: #b42318 } .open
{ color: #8a6100 } code, pre { font: .85rem/1.45 ui-monospace, monospace } pre { background: #f6f6f9; padding: .7rem;
overflow-x: auto; white-space: pre-wrap } .hint { color: #445 } .wide { overflow-x: auto } figure { display:
inline-block; margin: 0 1.2rem 1rem 0 } figcaption { font-size: .85rem; color: #445 } a { color: #1756a9 } .all { width:
100% } .bars { display: flex; max-width: 34rem; margin: .35rem 0 } .bar { height: .8rem; border-right: 1px solid #fff }
@media (prefers-color-scheme: dark) { body { background: #17181c; color: #e4e4e8 } th, .hint, figcaption, .quiet {
color: #a9abb6 } th, td { border-color: #33353d } pre { background: #22242a } .pass { color: #57c776 } .lost { color:
#ff8a7a } .open { color: #e0b354 } a { color: #86b7ff } .bar { border-color: #17181c } } </style>"""
COLOURS = {
    "pass": "#2a9d5c",
    "wrong": "#e07a3f",
    "crash": "#b42318",
    "timeout": "#7b4fa3",
    "limit": "#4f5fa3",
    "not written": "#b9bcc6",
    "skipped": "#dcdde3",
    "not compiled": "#8a5a44",
    "nothing handed in": "#eeeef2",
}


def esc(text):
    return html.escape(str(text), quote=True)


def page(title, body):
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">\n<title>{esc(title)}</title>\n{STYLE}</head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


# ---- a student ----


def score_text(r):
    return "no grade yet" if r["score"] is None else f"{r['score']} of {r['max_score']} points"


def mark(outcome):
    return "pass" if outcome == "pass" else "open" if outcome in ("not written", "skipped") else "lost"


def picture(p):
    """The reference as a broad grey line, the student's own values as a thin one above it."""
    width, height, pad = 340, 210, 12

    def pairs(values):
        if p["kind"] == "points":
            return [(x, y) for x, y in zip(values[::2], values[1::2]) if x is not None and y is not None]
        return [(i, v) for i, v in enumerate(values) if v is not None]

    right, own = pairs(p["reference"]), pairs(p["own"])
    xs, ys = [x for x, _ in right], [y for _, y in right]
    lo_x, hi_x, lo_y, hi_y = min(xs), max(xs), min(ys), max(ys)

    def at(x, y):
        across = (x - lo_x) / ((hi_x - lo_x) or 1)
        up = (y - lo_y) / ((hi_y - lo_y) or 1)
        x = pad + min(max(across, -0.02), 1.02) * (width - 2 * pad)
        y = height - pad - min(max(up, -0.02), 1.02) * (height - 2 * pad)
        return f"{x:.1f},{y:.1f}"

    def shape(points, colour, size):
        if p["kind"] == "points" and len(points) > 400:
            return "".join(
                f'<circle cx="{c.split(",")[0]}" cy="{c.split(",")[1]}" r="{size / 4:.1f}" fill="{colour}"/>'
                for c in (at(*q) for q in points[::3])
            )
        through = " ".join(at(*q) for q in points)
        return f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{size}"/>'

    drawn = shape(right, "#9aa0ae", 6) + (shape(own, "#d1541e", 2) if own else "")
    caption = p["title"] + ("" if own else ": nothing to draw of yours")
    return (
        f'<figure><svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{esc(caption)}">{drawn}</svg>'
        f"<figcaption>{esc(caption)}</figcaption></figure>"
    )


def student_page(kit, r):
    title = kit.manifest["title"]
    body = [f"<h1>{esc(r['student'])}: {score_text(r)}</h1>", f'<p class="quiet">Lab {esc(kit.name)}, {esc(title)}</p>']
    if r["status"] == "grader_error":
        body.append("<p><b>The grader itself failed.</b> This is not about your work; it will be graded again.</p>")
    elif r["problem"]:
        body.append(f"<p class='lost'><b>Nothing could be graded:</b> {esc(r['problem'])}.</p>")
    elif r["status"] == "not_compiled":
        body.append(
            "<p class='lost'><b>It does not compile</b>, so nothing could be tried. What the compiler says:</p>"
        )
    if r["note"]:
        body.append(f"<p>{esc(r['note'])}.</p>")
    if r["compiler"]:
        body.append(f"<pre>{esc(r['compiler'])}</pre>")
    if r["status"] == "graded":
        rows = []
        for exercise, tests in by_exercise(r).items():
            lost = first_lost(tests)
            outcome = lost["outcome"] if lost else "pass"
            told = (
                ""
                if not lost
                else f"<b>{esc(lost['title'])}</b>: {esc(lost['message'])}"
                if outcome != "not written"
                else esc(lost["message"])
            )
            hint = f'<br><span class="hint">hint: {esc(lost["hint"])}</span>' if lost and lost["hint"] else ""
            rows.append(
                f'<tr><td><code>{esc(exercise)}</code></td><td class="{mark(outcome)}">{esc(outcome)}</td>'
                f'<td class="n">{points(tests)} / {sum(t["max_points"] for t in tests)}</td><td>{told}{hint}</td></tr>'
            )
        body.append(
            '<h2>Exercises</h2><div class="wide"><table><tr><th>exercise</th><th>outcome</th><th '
            'class="n">points</th><th>what came out</th></tr>' + "".join(rows) + "</table></div>"
        )
        if r["pictures"]:
            body.append(
                "<h2>Beside the reference</h2><p class='quiet'>Grey and broad: as it should be. Orange: yours. Where "
                "they agree, orange runs inside grey.</p>"
            )
            body.append("".join(map(picture, r["pictures"])))
        tests = "".join(
            f'<tr><td><code>{esc(t["exercise"])}</code></td><td>{esc(t["title"])}</td><td '
            f'class="{mark(t["outcome"])}">{esc(t["outcome"])}</td>'
            f'<td class="n">{t["points"]} / {t["max_points"]}</td></tr>'
            for t in r["tests"]
        )
        body.append(
            f'<h2>Every test</h2><div class="wide"><table><tr><th>exercise</th><th>test</th><th>outcome</th><th '
            f'class="n">points</th></tr>{tests}</table></div>'
        )
    body.append(
        f'<p class="quiet">Tests {esc(r.get("suite", ""))}, values {esc(r.get("seed_id", ""))}, sandbox '
        f'{esc(r["sandbox"] or "none")}, '
        f"submission {esc(r.get('submission_sha256', '')[:12])}. The numbers above are those of make "
        f"test-{esc(kit.name[:2])}; points were given at other ones.</p>"
    )
    return page(f"{r['student']}, lab {kit.name}", "\n".join(body))


# ---- nearly the same text ----

K, WINDOW = 12, 8  # tokens


def fingerprints(source, known=frozenset()):
    """Hashes of K tokens in a row, one per window, with names and numbers alike (winnowing: Schleimer, Wilkerson and
    Aiken, SIGMOD 2003)."""
    source = re.sub(r"/\*.*?\*/|//[^\n]*", " ", source, flags=re.S)
    keywords = {
        "for",
        "if",
        "else",
        "while",
        "return",
        "int",
        "float",
        "double",
        "void",
        "const",
        "static",
        "struct",
        "do",
        "switch",
        "case",
        "break",
        "continue",
    }
    tokens = [
        t if t in keywords or not re.match(r"[A-Za-z_0-9]", t) else "n" if t[0].isdigit() else "x"
        for t in re.findall(r'"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|\d[\w.]*|\S', source)
    ]
    hashes = [zlib.crc32(" ".join(tokens[i : i + K]).encode()) for i in range(max(0, len(tokens) - K + 1))]
    return {
        min(hashes[i : i + WINDOW]) for i in range(max(1, len(hashes) - WINDOW + 1)) if hashes[i : i + WINDOW]
    } - known


def alike(kit, sources):
    """Pairs of ids whose texts share most of what is not in the handed-out file: (share, a, b), most alike first."""
    stub = fingerprints(kit.stub)
    prints = {i: fingerprints(text, stub) for i, text in sources.items()}
    prints = {i: p for i, p in prints.items() if len(p) >= 12}
    ids, pairs = sorted(prints), []
    for n, a in enumerate(ids):
        for b in ids[n + 1 :]:
            share = len(prints[a] & prints[b]) / min(len(prints[a]), len(prints[b]))
            if share >= 0.6:
                pairs.append((share, a, b))
    return sorted(pairs, key=lambda p: (-p[0], p[1:]))


def groups(pairs):
    """Pairs that hang together, as (lowest share, ids), so that a file that went round is one line."""
    made = []
    for share, a, b in pairs:
        near = [g for g in made if a in g[1] or b in g[1]]
        made = [g for g in made if g not in near]
        made.append((min([share] + [g[0] for g in near]), {a, b}.union(*(g[1] for g in near))))
    return sorted(((s, sorted(ids)) for s, ids in made), key=lambda g: (-g[0], g[1]))


# ---- the class ----


def class_page(kit, results, sources):
    graded = [r for r in results if r["score"] is not None]
    blank = [r for r in results if r["score"] is None]
    scores = sorted(r["score"] for r in graded)
    most = results[0]["max_score"]
    body = [f"<h1>Lab {esc(kit.name)}: {len(results)} submissions</h1>"]
    if scores:
        body.append(
            f'<p class="quiet">{esc(kit.manifest["title"])}. Points of {most}: median {scores[len(scores) // 2]}, '
            f"lowest {scores[0]}, highest {scores[-1]}. "
            "Everything is in gradebook.csv too.</p>"
        )
    if blank:
        body.append(
            "<p class='lost'><b>No grade, to be graded again:</b> "
            + ", ".join(f"{esc(r['student'])} ({esc(r['problem'].splitlines()[0])})" for r in blank)
            + "</p>"
        )
    rows = []
    for e in kit.exercises:
        outcomes = collections.Counter()
        for r in graded:
            lost = first_lost(by_exercise(r)[e])
            whole = {"graded": lost["outcome"] if lost else "pass", "not_compiled": "not compiled"}
            outcomes[whole.get(r["status"], "nothing handed in")] += 1
        bars = "".join(
            f'<span class="bar" style="flex:{outcomes[o]};background:{c}" title="{outcomes[o]} {o}"></span>'
            for o, c in COLOURS.items()
            if outcomes[o]
        )
        said = ", ".join(f"{outcomes[o]} {o}" for o in COLOURS if outcomes[o])
        rows.append(
            f"<tr><td><code>{esc(e)}</code></td><td class='all'><div class='bars'>{bars}</div><span "
            f"class='quiet'>{said}</span></td></tr>"
        )
    body.append('<h2>Exercise by exercise</h2><div class="wide"><table>' + "".join(rows) + "</table></div>")
    slips = collections.Counter(
        (t["exercise"], t["hint"])
        for r in graded
        for t in (first_lost(own) for own in by_exercise(r).values())
        if t and t["hint"]
    )
    if slips:
        body.append(
            '<h2>The commonest slips</h2><table><tr><th class="n">students</th><th>exercise</th><th>the hint they '
            "were given</th></tr>"
            + "".join(
                f'<tr><td class="n">{n}</td><td><code>{esc(e)}</code></td><td>{esc(h)}</td></tr>'
                for (e, h), n in slips.most_common(12)
            )
            + "</table>"
        )
    pairs = alike(kit, sources)
    names = {r["id"]: r["student"] for r in results}
    if pairs:
        shown = "".join(
            f'<tr><td class="n">{100 * s:.0f} %</td><td>'
            + ", ".join(f'<a href="students/{esc(i)}.html">{esc(names[i])}</a>' for i in ids)
            + "</td></tr>"
            for s, ids in groups(pairs)
        )
        body.append(
            "<h2>Nearly the same text</h2><p class='quiet'>Share of what the shorter one adds to the handed-out file, "
            "names and numbers taken as alike. Short exercises have "
            f"few right answers: this is a place to look, never a verdict.</p><table>{shown}</table>"
        )
    listed = "".join(
        f'<tr><td><a href="students/{esc(r["id"])}.html">{esc(r["student"])}</a></td><td '
        f'class="n">{"" if r["score"] is None else r["score"]}</td><td>{esc(r["status"].replace("_", " "))}</td>'
        f"<td>{esc(r['problem'] or r['note'])}</td></tr>"
        for r in results
    )
    body.append(
        f'<h2>Everybody</h2><div class="wide"><table><tr><th>student</th><th '
        f'class="n">points</th><th>status</th><th></th></tr>{listed}</table></div>'
    )
    return page(f"lab {kit.name}, the class", "\n".join(body))


def write_all(out, kit, results, sources):
    os.makedirs(f"{out}/students", exist_ok=True)
    for r in results:
        save(f"{out}/students/{r['id']}.html", student_page(kit, r))
    save(f"{out}/index.html", class_page(kit, results, sources))
