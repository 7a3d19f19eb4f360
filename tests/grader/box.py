"""box.py: where a student's code is compiled and run, so that it harms nobody and learns nothing.

Three rungs; grading takes the highest that the machine offers and every result says which:
  bwrap    bubblewrap: own namespaces, no network, a root that holds libraries and the driver, read-only; needs user
  namespaces chroot   for root where there are none (in most containers): the same root by chroot, under an unprivileged
  uid none     limits of memory, time and files only; taken only when it is asked for by name
Where the grader is root, each slot has a uid of its own, so that limits on processes count for one submission alone."""
import ctypes
import fcntl
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time

FIRST_UID = 61000
SLOTS = 64
COMPILE_S, MOST_LOG = 15, 20_000
CPU_S, WALL_S, MOST_TEXT = 2, 6, 4 << 20  # as in judge.c
RUN_LIMITS = [
    "--as=1073741824",
    "--fsize=1048576",
    "--core=0",
    "--stack=67108864",
    "--nofile=64",
]  # bytes: prlimit knows no units
BUILD_LIMITS = ["--as=2147483648", f"--cpu={COMPILE_S}:{COMPILE_S + 1}", "--fsize=67108864", "--core=0", "--nofile=256"]
ALONE = [
    "--unshare-all",
    "--unshare-user",
    "--disable-userns",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    "--cap-drop",
    "ALL",
]


class BoxError(Exception):
    """The box itself failed: nothing is known of what was to run in it."""


def is_root():
    return os.geteuid() == 0


def processes_of(uid):
    """How many threads run under uid; RLIMIT_NPROC counts these. A child of ours that has ended, and nobody waits for,
    is let go first."""
    count = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{pid}").st_uid != uid:
                continue
            with open(f"/proc/{pid}/stat") as f:
                state, parent = f.read().rpartition(")")[2].split()[:2]
            if state != "Z":
                count += len(os.listdir(f"/proc/{pid}/task"))
            elif int(parent) == os.getpid() and uid != os.geteuid():
                os.waitpid(int(pid), os.WNOHANG)
        except (OSError, ChildProcessError):
            pass
    return count


def adopt_orphans():
    """What a boxed process leaves behind becomes this process's own child, so that it can be ended and let go."""
    ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


class Box:
    """One slot: with `with`, a folder of its own that is removed in the end."""

    def __init__(self, rung, kit):
        self.rung, self.kit = rung, kit

    def __enter__(self):
        self.slot, self.lock = free_slot()
        self.uid = FIRST_UID + self.slot if is_root() and self.rung != "none" else os.geteuid()
        self.dir = tempfile.mkdtemp(prefix="grading-")
        os.chmod(self.dir, 0o711)
        shutil.copytree(f"{self.kit}/root", f"{self.dir}/root")
        shutil.copytree(f"{self.kit}/box", f"{self.dir}/kit")
        self.tools = None
        return self

    def __exit__(self, *_):
        self.end_all()
        shutil.rmtree(self.dir, ignore_errors=True)
        os.close(self.lock)

    # ---- how a command gets into the box ----

    def limits(self, limits):
        if self.uid == os.geteuid():  # shared with whatever else this user runs
            processes = processes_of(self.uid) + 64
        else:
            processes = 64
        return ["prlimit", f"--nproc={processes}", *limits, "--"]

    def drop(self):
        return (
            ["setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups", "--no-new-privs"]
            if self.uid != os.geteuid()
            else []
        )

    def run_command(self, driver):
        """The command that runs driver; a case and a seed are to follow."""
        env = {"OMP_NUM_THREADS": "1", "DRIVER_THREADS": "1"}
        env.update({k: os.environ[k] for k in ("OPENBLAS_CORETYPE",) if k in os.environ})
        if self.rung == "bwrap":
            settings = [word for k, v in env.items() for word in ("--setenv", k, v)]
            return [
                *self.drop(),
                *self.limits(RUN_LIMITS),
                shutil.which("bwrap"),
                *ALONE,
                *settings,
                "--json-status-fd",
                "4",
                "--ro-bind",
                f"{self.dir}/root",
                "/",
                "--ro-bind",
                driver,
                "/d",
                "--remount-ro",
                "/",
                "/d",
            ]
        start = ["env", "-i", *(f"{k}={v}" for k, v in env.items())]
        if self.rung == "chroot":
            inside = f"{self.dir}/root/d"
            shutil.copy(driver, inside)
            user = f"{self.uid}:{self.uid}"
            return [
                *start,
                *self.limits(RUN_LIMITS),
                "setpriv",
                "--no-new-privs",
                shutil.which("chroot"),
                f"--userspec={user}",
                f"--groups={self.uid}",
                f"{self.dir}/root",
                "/d",
            ]
        return [*start, *self.limits(RUN_LIMITS), driver]

    def script(self, driver):
        """run_command as a file, which the judge starts as if it were the driver."""
        path = f"{self.dir}/run"
        with open(path, "w") as f:
            f.write("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in self.run_command(driver)) + ' "$@"\n')
        os.chmod(path, 0o755)
        return path

    def transcripts(self, driver, case, seed, cpu_s=CPU_S):
        """What the driver writes of a case, or of `all`; what there is of it when time or room runs out."""
        limit = [
            "prlimit",
            f"--cpu={cpu_s}:{cpu_s + 1}",
            "sh",
            "-c",
            'exec 3>&1 1>/dev/null 4>/dev/null; exec "$@"',
            "sh",
        ]
        with subprocess.Popen(
            [*limit, *self.run_command(driver), case, seed],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as p:

            def end():
                for kill in (lambda: os.killpg(p.pid, signal.SIGKILL), p.kill, self.end_all):
                    try:
                        kill()
                    except OSError:
                        pass

            timer = threading.Timer(WALL_S, end)
            timer.start()
            said = p.stdout.read(MOST_TEXT)
            timer.cancel()
            end()
        return said.decode("ascii", "replace")

    def judge_env(self):
        return {"JUDGE_BOX": "1"} if self.rung == "bwrap" else {}

    # ---- compiling ----

    def build(self, source, name):
        """Compiles source (bytes) as lab `name`. Returns (path of its driver or None, what the compiler said)."""
        work = f"{self.dir}/work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(f"{self.dir}/kit", work)
        with open(f"{work}/labs/{name}.c", "wb") as f:
            f.write(source)
        if self.uid != os.geteuid():
            os.chown(work, self.uid, self.uid)
            os.chmod(work, 0o700)
        if self.rung == "chroot":
            self.tools = self.tools or tool_root(self.dir)
            shutil.rmtree(f"{self.tools}/work", ignore_errors=True)
            os.rename(work, f"{self.tools}/work")
        status, log = limited(self.build_command(), f"{self.dir}/log")
        made = f"{self.tools if self.rung == 'chroot' else self.dir}/work/driver"
        if not os.path.exists(os.path.dirname(made) + "/started"):  # build.sh's first act: no fault of the student's
            raise BoxError("the box to compile in did not start: " + log.decode("utf-8", "replace").strip()[:200])
        if status != 0 or not os.path.isfile(made) or os.path.islink(made):
            return (
                None,
                readable(log, name) or "the compiler was stopped: it took more time, memory or room than it may",
            )
        driver = f"{self.dir}/driver"
        shutil.copyfile(made, driver)
        os.chmod(driver, 0o755)
        return driver, readable(log, name)

    def build_command(self):
        inside = ["/bin/sh", "build.sh"]
        if self.rung == "bwrap":
            links = [
                word
                for d in ("bin", "lib", "lib64")
                if os.path.islink(f"/{d}")
                for word in ("--symlink", f"usr/{d}", f"/{d}")
            ]
            alternatives = (
                ["--ro-bind", "/etc/alternatives", "/etc/alternatives"] if os.path.isdir("/etc/alternatives") else []
            )
            return [
                *self.drop(),
                *self.limits(BUILD_LIMITS),
                shutil.which("bwrap"),
                *ALONE,
                "--setenv",
                "PATH",
                "/usr/bin:/bin",
                "--ro-bind",
                "/usr",
                "/usr",
                *links,
                *alternatives,
                "--dev",
                "/dev",
                "--size",
                "67108864",
                "--tmpfs",
                "/tmp",
                "--bind",
                f"{self.dir}/work",
                "/work",
                "--remount-ro",
                "/",
                "--chdir",
                "/work",
                *inside,
            ]
        start = ["env", "-i", "PATH=/usr/bin:/bin", *self.limits(BUILD_LIMITS)]
        if self.rung == "chroot":
            user = f"{self.uid}:{self.uid}"
            return [
                *start,
                "setpriv",
                "--no-new-privs",
                shutil.which("chroot"),
                f"--userspec={user}",
                f"--groups={self.uid}",
                self.tools,
                "/bin/sh",
                "-c",
                "cd /work && TMPDIR=/work exec sh build.sh",
            ]
        return [*start, "/bin/sh", "-c", f"cd '{self.dir}/work' && exec sh build.sh"]

    # ---- afterwards ----

    def end_all(self):
        """Kills every process of the slot's uid, until there is none."""
        if self.uid == os.geteuid():
            return
        for _ in range(100):
            if not processes_of(self.uid):
                return
            subprocess.run([*self.drop(), "kill", "-KILL", "-1"], stderr=subprocess.DEVNULL, check=False)
            time.sleep(0.01)
        raise BoxError(f"processes of uid {self.uid} do not end")


def free_slot():
    """(slot, its locked file): no two boxes of this machine share a uid."""
    folder = f"{tempfile.gettempdir()}/grade-slots-{os.geteuid()}"
    os.makedirs(folder, 0o700, exist_ok=True)
    if os.stat(folder).st_uid != os.geteuid():
        raise BoxError(f"{folder} belongs to somebody else")
    for slot in range(SLOTS):
        lock = os.open(f"{folder}/{slot}", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return slot, lock
        except OSError:
            os.close(lock)
    raise BoxError(f"all {SLOTS} slots are taken")


def limited(command, log_path):
    """Runs command for COMPILE_S seconds at most; returns its status and the first MOST_LOG bytes of what it said."""
    try:
        with open(log_path, "wb") as log:
            p = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                status = p.wait(COMPILE_S)
            except subprocess.TimeoutExpired:
                status = -1
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except OSError:
                pass
            p.wait()
        with open(log_path, "rb") as log:
            return status, log.read(MOST_LOG)
    except OSError as e:
        raise BoxError(f"the compiler could not be started: {e}") from e


def readable(log, name):
    """What a student may see of it: lines about the student's own file, and the linker's; no others, whatever they
    quote."""
    lines = log.decode("utf-8", "replace").replace(f"labs/{name}.c", f"{name}.c").splitlines()
    kept = [line for line in lines if line.startswith(f"{name}.c:") or "undefined reference" in line]
    return "\n".join("".join(c if c.isprintable() else "?" for c in line) for line in kept)


# What the rung without namespaces takes from this machine to compile in: programs by name, folders and files by
# pattern.
TOOLS = ["sh", "gcc", "cc", "as", "ld", "objcopy", "nm", "sed", "sort", "comm", "grep", "ls"]
GCC_PARTS = ["cc1", "collect2", "include", "include-fixed", "*.o", "libgcc*", "libgomp*", "liblto_plugin.so"]
HEADERS = ["*.h", "bits", "sys", "arpa", "net", "netinet", "gnu", "asm", "asm-generic", "linux"]
LIBRARIES = [
    "*crt*.o",
    "libc.so*",
    "libc_nonshared.a",
    "libm.so*",
    "libpthread*",
    "libmvec.so*",
    "libz.so*",
    "libgomp.so*",
    "libopenblas.so",
    "libgfortran.so*",
    "libquadmath.so*",
    "libgcc_s.so*",
    "ld-linux*",
]


def tool_root(folder):
    """A folder with a compiler in it and nothing that is secret, to chroot into."""

    def asked(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    root, multi, gcc = (
        f"{folder}/tools",
        asked("gcc", "-print-multiarch"),
        os.path.normpath(asked("gcc", "-print-file-name=")),
    )
    wanted = {os.path.realpath(shutil.which(t)) for t in TOOLS}
    wanted |= {os.path.normpath(asked("gcc", f"-print-prog-name={part}")) for part in ("cc1", "collect2")}
    for program in sorted(wanted):
        wanted.update(word for word in asked("ldd", program).split() if word.startswith("/"))
    for where, patterns in (
        (gcc, GCC_PARTS),
        ("/usr/include", HEADERS),
        (f"/usr/include/{multi}", HEADERS),
        (f"/usr/lib/{multi}", LIBRARIES),
        ("/lib64", LIBRARIES),
    ):
        wanted.update(path for pattern in patterns for path in glob.glob(f"{where}/{pattern}"))
    for path in wanted:
        copy_into(root, path)
    for link in filter(os.path.islink, ("/bin", "/lib", "/lib64")):
        os.symlink(os.readlink(link).lstrip("/"), root + link)
    for tool in TOOLS:  # under their short names, which may be links
        if not os.path.lexists(f"{root}/usr/bin/{tool}"):
            os.symlink(os.path.realpath(shutil.which(tool)), f"{root}/usr/bin/{tool}")
    os.makedirs(f"{root}/dev", exist_ok=True)
    open(f"{root}/dev/null", "w").close()
    os.chmod(f"{root}/dev/null", 0o666)
    return root


def copy_into(root, path):
    """The same path below root; a link is followed, as is one in the name of its folder."""
    path = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    os.makedirs(root + os.path.dirname(path), exist_ok=True)
    if os.path.isdir(path):
        shutil.copytree(path, root + path, symlinks=True, dirs_exist_ok=True)
    elif not os.path.lexists(root + path):
        shutil.copy(os.path.realpath(path), root + path)


def rungs(kit):
    """The rungs that work here, best first, tried one after the other with a driver that is known to be right."""
    for rung in ("bwrap", "chroot"):
        if rung == "bwrap" and not shutil.which("bwrap") or rung == "chroot" and not is_root():
            continue
        try:
            with Box(rung, kit) as box:
                good = works(box, f"{kit}/reference")
        except (BoxError, subprocess.SubprocessError):
            continue
        if good:
            yield rung


def works(box, driver):
    """Whether driver, without arguments, lists its cases in the box as it does outside."""
    want = subprocess.run([driver], capture_output=True, check=True).stdout
    copy = f"{box.dir}/probe"
    shutil.copy(driver, copy)
    os.chmod(copy, 0o755)
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        got = subprocess.run(
            ["sh", "-c", 'exec 4>/dev/null; exec "$@"', "sh", *box.run_command(copy)], capture_output=True, timeout=20
        )
    finally:
        os.close(devnull)
    return got.returncode == 0 and got.stdout == want
