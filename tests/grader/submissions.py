"""submissions.py: what a class handed in, as a list of Submission, from a folder or an archive. Nothing is unpacked to
disk and no link followed.

Understood are: a folder or a file per student (alice/01_linear_ae.c, alice.c, alice.zip), and the exports, zipped or
unpacked, of
  Gradescope  assignment_1_export/submission_7/01_linear_ae.c with submission_metadata.yml beside
  Moodle      Full Name_123_assignsubmission_file_/01_linear_ae.c
  Canvas      namefullname_LATE_123_456_01_linear_ae-1.c"""
import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, field
from io import BytesIO

MOST_SOURCE = 1 << 20  # bytes; a lab has thirty thousand
MOST_ARCHIVE = 20 << 20  # of one student
MOST_FILES, MOST_DEPTH = 20_000, 6

CANVAS = re.compile(r"^(?P<who>[^_]+)(_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)$")
MOODLE = re.compile(r"^(?P<who>.+)_(?P<id>\d+)_assignsubmission_file_?(?P<file>.*)$")
NOT_TEXT = {
    b"PK\x03\x04": "a zip archive",
    b"%PDF": "a PDF",
    b"\x7fELF": "a compiled program",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "a Word document",
    b"{\\rtf": "a Word document",
}


class BadSubmissions(Exception):
    pass


@dataclass
class Submission:
    id: str  # unique, and safe as the name of a file
    student: str  # as it was given, printable
    email: str = ""
    source: bytes = b""
    problem: str = ""  # why there is no source
    status: str = "found"  # or missing, rejected
    note: str = ""

    def sha256(self):
        return hashlib.sha256(self.source).hexdigest()


@dataclass
class File:
    """A file of the tree that was handed in; its bytes are read when they are wanted, and never more than are
    allowed."""

    parts: tuple
    size: int
    kind: str  # file, folder, or what else it is
    read: object = field(repr=False, default=None)


def printable(text):
    text = unicodedata.normalize("NFC", text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def safe_id(text):
    """A name that can be a file's and a shell's word; text that had to be changed gets a mark of its own."""
    shown = printable(text)
    safe = re.sub(r"[^\w.@+-]", "_", shown)[:60]
    safe = re.sub(r"^[-.]+", "_", safe) or "_"
    return safe if safe == text else f"{safe}.{hashlib.sha256(text.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"


# ---- trees ----


def folder_tree(path):
    def reader(full):
        def read(most):
            fd = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(fd, "rb") as f:
                return f.read(most)

        return read

    files = []
    for folder, folders, names in os.walk(path):
        inside = os.path.relpath(folder, path)
        parts = () if inside == "." else tuple(inside.split(os.sep))
        if parts:
            files.append(File(parts, 0, "folder"))
        if len(parts) >= MOST_DEPTH:
            folders.clear()
        folders.sort()
        for name in sorted(names + [d for d in folders if os.path.islink(f"{folder}/{d}")]):
            full = f"{folder}/{name}"
            mode = os.lstat(full)
            kind = (
                "file"
                if stat.S_ISREG(mode.st_mode)
                else "a symbolic link"
                if stat.S_ISLNK(mode.st_mode)
                else "no ordinary file"
            )
            files.append(File((*parts, name), mode.st_size, kind, reader(full)))
        if len(files) > MOST_FILES:
            raise BadSubmissions(
                f"{path} holds more than {MOST_FILES} files\n  hint: SUBMISSIONS is the folder of one class for one lab"
            )
    return files


def zip_tree(archive, what):
    """archive: an open zipfile. Names that climb out of it stay what they are, names: nothing is written anywhere."""
    files = []
    for info in archive.infolist():
        parts = tuple(p for p in info.filename.replace("\\", "/").split("/") if p not in ("", ".", ".."))
        if not parts or parts[0] == "__MACOSX":
            continue
        link = stat.S_ISLNK(info.external_attr >> 16)
        kind = "folder" if info.is_dir() else "a symbolic link" if link else "file"

        def read(most, info=info):
            with archive.open(info) as f:
                return f.read(most)

        files.append(File(parts, info.file_size, kind, read))
        if len(files) > MOST_FILES:
            raise BadSubmissions(f"{what} holds more than {MOST_FILES} files")
    return files


# ---- which file it is ----


def text_of(data):
    """(C source as UTF-8 with \\n, problem)"""
    for start, what in NOT_TEXT.items():
        if data.startswith(start):
            return b"", f"is {what}, not C"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if b"\0" in data:
        return b"", "is not text"
    return data, ""


def named(file, wanted):
    """Whether a file is the wanted one; Canvas and browsers add -1 or (1) to a name that was there already."""
    return re.sub(r"(-\d+| ?\(\d+\))(?=\.c$)", "", file.casefold()) == wanted.casefold()


def choose(files, wanted, any_name):
    """One student's files -> (source, status, problem)."""
    rest = [f for f in files if f.kind != "folder"]
    fitting = [f for f in rest if named(f.parts[-1], wanted) or any_name]
    archives = [f for f in rest if f.kind == "file" and f.parts[-1].casefold().endswith(".zip")]
    if not fitting and archives:
        if len(archives) > 1 or archives[0].size > MOST_ARCHIVE:
            return (
                b"",
                "rejected",
                f"{printable(archives[0].parts[-1])}: one archive of at most {MOST_ARCHIVE >> 20} MB is read",
            )
        try:
            with zipfile.ZipFile(BytesIO(archives[0].read(MOST_ARCHIVE + 1))) as z:
                inside = [f for f in zip_tree(z, "the archive") if not f.parts[-1].casefold().endswith(".zip")]
                return choose(inside, wanted, False)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            BadSubmissions,
        ) as e:
            return b"", "rejected", f"{printable(archives[0].parts[-1])} cannot be read: {printable(str(e))}"
    if not fitting:
        folder = any(f.kind == "folder" and named(f.parts[-1], wanted) for f in files)
        found = ", ".join(sorted({printable(f.parts[-1]) for f in rest})[:5]) or "nothing"
        return b"", "missing", f"{wanted} is a folder" if folder else f"no {wanted}; found {found}"
    sources = []
    for f in fitting:
        name = printable(f.parts[-1])
        if f.kind != "file":
            return b"", "rejected", f"{name} is {f.kind}"
        if f.size > MOST_SOURCE:
            return b"", "rejected", f"{name} is larger than {MOST_SOURCE >> 20} MB"
        try:
            data = f.read(MOST_SOURCE + 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as e:
            return b"", "rejected", f"{name} cannot be read: {printable(str(e))}"
        if len(data) > MOST_SOURCE:  # an archive may lie about a size
            return b"", "rejected", f"{name} is larger than {MOST_SOURCE >> 20} MB"
        sources.append(data)
    if len(set(sources)) > 1:
        return (
            b"",
            "rejected",
            f"{len(fitting)} files could be {wanted}, and they differ: "
            + ", ".join(printable("/".join(f.parts)) for f in fitting[:4]),
        )
    data, problem = text_of(sources[0])
    if problem:
        return b"", "rejected", f"{printable(fitting[0].parts[-1])} {problem}"
    if not data.strip():
        return b"", "missing", f"{printable(fitting[0].parts[-1])} is empty"
    return data, "found", ""


# ---- whose it is ----


def gradescope_people(files):
    """submission_N -> (name, email) from Gradescope's submission_metadata.yml."""
    people = {}
    for f in files:
        if f.parts[-1] == "submission_metadata.yml" and f.kind == "file":
            at = None
            for line in f.read(MOST_ARCHIVE).decode("utf-8", "replace").splitlines():
                if m := re.match(r"^(submission_\d+):", line):
                    at = m[1]
                elif at and (m := re.match(r"^\s+-?\s*:(name|email): *['\"]?(.*?)['\"]?\s*$", line)):
                    people.setdefault(at, {}).setdefault(m[1], m[2])
    return people


def owner(first, inside):
    """Part of a path that says whose it is -> (key, student, name of the file if it is part of this one)."""
    for pattern in (MOODLE, CANVAS):
        if m := pattern.match(first):
            return f"{m['who']}_{m['id']}", m["who"], m["file"]
    if inside:
        return first, first, ""
    stem = re.sub(r"\.(c|zip)$", "", first, flags=re.I)
    return stem, stem, ""


def collect(path, wanted):
    """Every student's submission of the file `wanted`, in the order of their ids."""
    if os.path.isdir(path):
        return sort_out(folder_tree(path), path, wanted)
    if not os.path.exists(path):
        raise BadSubmissions(
            f"there is no {path}\n  hint: SUBMISSIONS=dir, a folder with one folder or file per student, or a zip "
            f"from Gradescope, Moodle or Canvas"
        )
    try:
        with zipfile.ZipFile(path) as z:
            return sort_out(zip_tree(z, path), path, wanted)
    except (zipfile.BadZipFile, OSError) as e:
        raise BadSubmissions(f"{path} is neither a folder nor a zip archive: {e}") from e


def sort_out(files, path, wanted):
    people = gradescope_people(files)
    files = [f for f in files if f.parts[-1] != "submission_metadata.yml" and not f.parts[0].startswith(".")]
    tops = {f.parts[0] for f in files}
    if len(tops) == 1 and (people or re.match(r"^assignment_\d+_export$", next(iter(tops)))):
        files = [File(f.parts[1:], f.size, f.kind, f.read) for f in files if len(f.parts) > 1]
    groups = {}
    for f in files:
        inside = len(f.parts) > 1 or f.kind == "folder"
        key, who, name = owner(f.parts[0], inside)
        if not inside and not name and not re.search(r"\.(c|zip)$", f.parts[0], re.I) and f.kind == "file":
            continue  # a list of grades, a note: nobody's
        whole = not inside and not name  # alice.c is hers under any name
        if name and not inside:
            f = File((name,), f.size, f.kind, f.read)
        groups.setdefault((key, whole), (who, []))[1].append(f)
    made = []
    for (key, whole), (who, own) in sorted(groups.items(), key=lambda g: g[0][1]):
        source, status, problem = choose(own, wanted, whole and own[0].parts[-1].casefold().endswith(".c"))
        person = people.get(key, {})
        made.append(
            Submission(
                safe_id(key),
                printable(person.get("name", who)),
                printable(person.get("email", "")),
                source,
                problem,
                status,
            )
        )
    made.sort(key=lambda s: s.id)  # a folder before a file of the same name: it is the fuller one
    taken = {}
    for s in made:  # alice.c beside alice/, or names that differ in what a file system does not tell apart
        count = taken[s.id.casefold()] = taken.get(s.id.casefold(), 0) + 1
        if count > 1:
            s.id, s.note = f"{s.id}~{count}", f"there are {count} submissions of this name"
    if not made:
        raise BadSubmissions(
            f"no submissions in {path}\n  hint: one folder or file per student, or a zip exported from Gradescope, "
            f"Moodle or Canvas"
        )
    return made
