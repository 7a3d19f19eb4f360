/* judge.c: runs drivers, reads transcripts, compares, and finds the likely slip. See judge.h.
 *
 * From the environment: JUDGE_DRIVER the student's driver, JUDGE_REFERENCE a driver or a file of transcripts,
 * JUDGE_SEED; JUDGE_ONLY names exercises, between commas, when not all are to be judged; JUDGE_BOX when the driver is a
 * command that starts it in a bubblewrap, which writes its status to descriptor 4.
 */
#include "judge.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* An exercise has CPU_S seconds of computing, which a busy machine does not shorten, and WALL_S of waiting; on a slow
 * machine both are multiplied by slowness(). */
enum { NO_TRANSCRIPT = 9 }; /* a driver's status: see driver.h */
enum { CPU_S = 2, WALL_S = 6, MOST_TEXT = 4 << 20, MOST_ERROR = 1 << 14 };

static const char *setting(const char *name)
{
    const char *v = getenv(name);
    if (!v) {
        fprintf(stderr, "judge: %s is not set\n  hint: start it by make test-NN\n", name);
        exit(2);
    }
    return v;
}

/* ---- how long a driver may take on this machine ---- */

static double cpu_s(int who)
{
    struct rusage u;
    getrusage(who, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* 1 on a computer of the last ten years, whose processor takes 2 to 10 ms for this work; more in proportion on a slower
 * one, an emulated one, or under valgrind. The work is of the kind that exercises do: products, and a loop in double.
 */
static double slowness(void)
{
    static double times;
    if (times > 0) return times;
    double begin = cpu_s(RUSAGE_SELF), sum = 0;
    Arena room = arena_new("slowness", MB(4));
    Rng rng = rng_new(1);
    Mat a = mat_noise(&room, 256, 256, &rng), b = mat_noise(&room, 256, 256, &rng), c = mat_new(&room, 256, 256);
    threads_set(1);
    for (int i = 0; i < 2; i++) mat_gemm(c, 1, a, false, b, false, 0);
    for (int i = 1; i < 100000; i++) sum += exp(-1. / i) / i;
    double took = cpu_s(RUSAGE_SELF) - begin;
    check(isfinite(sum) && mat_finite(c), "judge: the trial of this machine's speed failed");
    arena_free(&room);
    times = fmax(1, took / .01);
    return times;
}

/* ---- running a driver ---- */

typedef struct {
    char *text, *error;
    int status;
    bool timed_out, hung, spilled, no_box;
} Output;

static void child(const char *driver, const char *test_case, const char *seed, const int fd[3])
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(null, 1);
    dup2(fd[0], 2);
    dup2(fd[1], 3);
    dup2(fd[2], 4);
    for (int other = 5; other < 64; other++) close(other);
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* whoever ends the judge ends the driver */
#endif
    rlim_t seconds = (rlim_t)ceil(CPU_S * slowness());
    struct rlimit cpu = {seconds, seconds + 1};
    setrlimit(RLIMIT_CPU, &cpu);
    setenv("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=1", 1);
    execl(driver, driver, test_case, seed, (char *)NULL);
    _exit(127);
}

/* What the driver started and left behind has become this process's own child, whatever session it is in. */
static void kill_orphans(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)getpid(), (int)getpid());
    for (int tries = 0; tries < 100; tries++) {
        FILE *f = fopen(path, "r");
        int pid, found = 0;
        while (f && fscanf(f, "%d", &pid) == 1) {
            kill(pid, SIGKILL);
            found++;
        }
        if (f) fclose(f);
        if (!found) return;
        while (waitpid(-1, NULL, 0) > 0) {
        }
    }
}

/* Reads both pipes until they close, or until time or size runs out. */
static Output drain(pid_t pid, int text_fd, int error_fd)
{
    Output o = {.text = calloc(1, MOST_TEXT + 1), .error = calloc(1, MOST_ERROR + 1)};
    struct pollfd fds[2] = {{.fd = text_fd, .events = POLLIN}, {.fd = error_fd, .events = POLLIN}};
    char *at[2] = {o.text, o.error}, *end[2] = {o.text + MOST_TEXT, o.error + MOST_ERROR}, spill[4096];
    double until = now_s() + WALL_S * slowness();
    bool ended = false;
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        int ready = poll(fds, 2, 50);
        if (ready == 0 && ended) break; /* a child of the driver's holds the pipes still */
        if (!ended) ended = waitpid(pid, &o.status, WNOHANG) == pid;
        o.timed_out = !ended && now_s() > until;
        if (o.timed_out) break;
        for (int i = 0; i < 2; i++) {
            if (fds[i].fd < 0 || !fds[i].revents) continue;
            bool full = at[i] == end[i]; /* what does not fit is read and dropped */
            ssize_t n = read(fds[i].fd, full ? spill : at[i], full ? sizeof spill : (size_t)(end[i] - at[i]));
            if (n <= 0)
                fds[i].fd = -1;
            else if (!full)
                at[i] += n;
            o.spilled |= full && i == 0 && n > 0;
        }
    }
    double patience = now_s() + 1; /* it has closed both pipes: it is about to end, or it only seems so */
    while (!ended && !o.timed_out && waitpid(pid, &o.status, WNOHANG) == 0) {
        if (now_s() > patience) {
            o.hung = true;
            break;
        }
        usleep(200);
    }
    kill(-pid, SIGKILL); /* and whatever it has started */
    if (!ended) kill(pid, SIGKILL); /* it may have left its group */
    if (o.timed_out || o.hung) waitpid(pid, &o.status, 0);
    kill_orphans();
    return o;
}

/* What bubblewrap says of the process in its box: {"exit-code": N}, 128 and more for a signal; nothing if it never
 * started one. */
static void read_box(int box_fd, Output *o)
{
    char said[512];
    fcntl(box_fd, F_SETFL, O_NONBLOCK);
    ssize_t n = read(box_fd, said, sizeof said - 1);
    said[n > 0 ? n : 0] = 0;
    char *code = strstr(said, "\"exit-code\":");
    o->no_box = !strstr(said, "\"child-pid\":");
    if (!code) return;
    int status = atoi(strchr(code, ':') + 1);
    o->status = status > 128 ? status - 128 : status << 8; /* as waitpid would have told it */
}

static Output run_driver(const char *driver, const char *test_case, const char *seed)
{
    int error[2], text[2], box[2];
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    if (pipe(text) || pipe(error) || pipe(box)) ck_abort_msg("[grader] no pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0) ck_abort_msg("[grader] no process: %s", strerror(errno));
    if (pid == 0) child(driver, test_case, seed, (int[]){error[1], text[1], box[1]});
    setpgid(pid, pid);
    close(text[1]);
    close(error[1]);
    close(box[1]);
    Output o = drain(pid, text[0], error[0]);
    if (getenv("JUDGE_BOX")) read_box(box[0], &o);
    close(text[0]);
    close(error[0]);
    close(box[0]);
    int sig = WIFSIGNALED(o.status) ? WTERMSIG(o.status) : 0;
    o.timed_out |= sig == SIGXCPU || (sig == SIGKILL && cpu_s(RUSAGE_CHILDREN) >= CPU_S * slowness());
    return o;
}

/* ---- transcripts ---- */

/* Lines "given|result NAME n d numbers...", "note WHAT NAME", "end". Returns false when it does not end as it should.
 */
static bool parse(char *text, Run *r, char *note, size_t note_size)
{
    *r = (Run){0};
    *note = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        int n, d, used;
        char kind[8], name[32];
        if (!strcmp(line, "end")) return true;
        if (!strncmp(line, "note ", 5)) {
            snprintf(note, note_size, "%s", line + 5);
            continue;
        }
        if (sscanf(line, "%7[a-z] %31s %d %d%n", kind, name, &n, &d, &used) != 4 || n < 0 || d < 0 ||
            (double)n * d > 1 << 20 || r->values == 64)
            return false;
        Value *v = &r->value[r->values++];
        *v = (Value){.given = !strcmp(kind, "given"),
                     .n = n,
                     .d = d,
                     .a = calloc((size_t)n * (size_t)d + 1, sizeof *v->a)};
        memcpy(v->name, name, sizeof name);
        char *p = line + used, *next;
        for (int i = 0; i < n * d; i++, p = next) {
            v->a[i] = strtod(p, &next);
            if (next == p) return false;
        }
    }
    return false;
}

static const char *first_line(char *s)
{
    s[strcspn(s, "\n")] = 0;
    return s;
}

/* The first place in a sanitizer's trace that is the student's: labs/NN..., but not tests/labs/NN.... */
static char *own_place(char *error)
{
    for (char *at = strstr(error, "labs/"); at; at = strstr(at + 1, "labs/"))
        if (at - error < 6 || memcmp(at - 6, "tests/", 6)) return at;
    return NULL;
}

/* In a SAN=1 build: what was found, and where. */
static void sanitizer_report(char *error)
{
    char *what = strstr(error, "Sanitizer: "), *place = own_place(error);
    if (!what) what = strstr(error, "runtime error: ");
    if (!what) return;
    bool reading_a_result = !place && strstr(error, "tests/harness/driver.c");
    if (place) place[strcspn(place, " \n")] = 0;
    what = strstr(what, ": ") + 2;
    what[strcspn(what, "\n(")] = 0;
    char *detail = strstr(what, " on address");
    if (detail) *detail = 0;
    ck_abort_msg("[crashed] %s%s%s%s", what, place ? "\nhint: look at " : "", place ? place : "",
                 reading_a_result ? "\nhint: while the result was read: does its memory still belong to it, and is it "
                                    "as long as its shape says?"
                                  : "");
}

/* The inputs of the case that ran last, when they are few enough to follow by hand: "x = [3 4; 1 0], W = [1; 2]". */
static char given[256];

static void note_given(const Run *r)
{
    size_t at = 0;
    *given = 0;
    for (int i = 0; i < r->values; i++) {
        Value v = r->value[i];
        if (!v.given) continue;
        if (v.n * v.d > 16) {
            *given = 0;
            return;
        }
        at += (size_t)snprintf(given + at, at < sizeof given ? sizeof given - at : 0, "%s%s = [", at ? ", " : " for ",
                               v.name);
        for (int k = 0; k < v.n * v.d && at < sizeof given; k++) {
            const char *between = k % v.d ? " " : "; ";
            at += (size_t)snprintf(given + at, sizeof given - at, "%s%.4g", k == 0 ? "" : between, v.a[k]);
        }
        if (at < sizeof given) at += (size_t)snprintf(given + at, sizeof given - at, "]");
        if (at >= sizeof given) {
            *given = 0;
            return;
        }
    }
}

/* What driver.c can note, worst first there. The message is a format for the name that stands in the note. */
static const struct {
    const char *note, *message;
} notes[] = {
    {"overrun", "wrote outside of %s\nhint: check the bounds of every loop"},
    {"input",
     "the result is its input %s, written over\nhint: make a new matrix: mat_new, or mat_copy and change that"},
    {"given back", "%s lies in memory that was given back\nhint: arena_rewind and arena_reset take everything that "
                   "came after the mark; make the result before it"},
    {"stack", "%s lies in a local array, which is gone when the function returns\nhint: make it in the arena: mat_new"},
    {"static", "%s lies in a static variable, which the next call writes over\nhint: make it in the arena: mat_new"},
    {"read outside", "read outside of what it was given%s\nhint: an index out of range? check the bounds of every "
                     "loop, and which index is the row"},
    {"changed", "changed its input %s\nhint: work on a copy: mat_copy"},
    {"leak", "memory from malloc is not freed%s\nhint: one free for each malloc, or take it from the arena: mat_new"},
    {"race", "two threads gave another result than one%s\nhint: threads that write to one variable? reduction(+:sum), "
             "or a variable of each thread's own"},
    {"unsteady", "two calls with the same input gave different results%s\nhint: a variable that is never set, a static "
                 "one that is kept from call to "
                 "call, rand(), or a number read outside of an array?"},
};

static void judge_note(const char *note)
{
    for (int i = 0; i < (int)(sizeof notes / sizeof *notes); i++) {
        size_t length = strlen(notes[i].note);
        if (strncmp(note, notes[i].note, length) || note[length] != ' ') continue;
        const char *name = note + length + 1, *end = strrchr(name, '.');
        char text[512];
        bool gradients = !strcmp(notes[i].note, "changed") && end && !strcmp(end, ".g");
        snprintf(text, sizeof text,
                 gradients ? "changed its input %s\nhint: these are the gradients of a net that it does not train: let "
                             "none in, and clear none"
                           : notes[i].message,
                 name);
        ck_abort_msg("[wrong] %s", text);
    }
}

/* The exercise that found no end: its other tests are not tried. Shared by all tests, which are processes. */
static int current; /* counts the exercises as they come */
static int *endless;

static void next_exercise(void) { current++; }

static void crash_report(int sig, const char *error)
{
    if (sig == SIGXFSZ) ck_abort_msg("[limit] it wrote a file larger than it may\nhint: an exercise writes to no file");
    if (sig == SIGKILL) ck_abort_msg("[limit] killed: it took more time or memory than it may");
    const char *hint =
        sig == SIGSEGV  ? "an index out of range, or a matrix that was never made? `make test-NN SAN=1` names the line"
        : sig == SIGFPE ? "an integer division by zero?"
                        : "`make test-NN SAN=1` names the line";
    char said[256];
    snprintf(said, sizeof said, "%.*s", (int)strcspn(error, "\n"), error);
    ck_abort_msg("[crashed] %s%s%s\nhint: %s", strsignal(sig), *said ? ": " : "", said, hint);
}

static char *committed(const char *path, const char *test_case);

/* From a driver that is run, or from a file of transcripts that one has written (make stability). */
Run student(const char *test_case)
{
    Run r;
    char note[64];
    if (access(setting("JUDGE_DRIVER"), X_OK)) {
        if (!parse(committed(setting("JUDGE_DRIVER"), test_case), &r, note, sizeof note))
            ck_abort_msg("[grader] no whole transcript of %s", test_case);
        judge_note(note);
        return r;
    }
    if (endless && *endless == current)
        ck_abort_msg("[timed out] not tried, as the test before found no end\nhint: does every loop end?");
    Output o = run_driver(setting("JUDGE_DRIVER"), test_case, setting("JUDGE_SEED"));
    if (o.no_box) ck_abort_msg("[grader] the box did not start: %s", first_line(o.error));
    if (o.timed_out && endless) *endless = current;
    if (o.timed_out)
        ck_abort_msg("[timed out] no answer within %.0f s\nhint: does every loop end?", ceil(CPU_S * slowness()));
    if (o.hung)
        ck_abort_msg("[stopped] it closed its files and did not end; the test ended it\nhint: an exercise opens and "
                     "closes no files");
    if (o.spilled)
        ck_abort_msg("[limit] it wrote more than %d MB of results\nhint: an exercise writes to no file",
                     MOST_TEXT >> 20);
    if (WIFSIGNALED(o.status)) {
        sanitizer_report(o.error);
        crash_report(WTERMSIG(o.status), o.error);
    }
    int status = WEXITSTATUS(o.status);
    if (status == 3 && strstr(o.error, "is not written yet")) ck_abort_msg("[not written] %s", first_line(o.error));
    if (status != 0) sanitizer_report(o.error);
    if (status != 0 && strstr(o.error, "out of memory"))
        ck_abort_msg("[limit] %s\nhint: is a size read from memory that was never set?", first_line(o.error));
    if (status == NO_TRANSCRIPT)
        ck_abort_msg(
            "[stopped] its results could not be read\nhint: an exercise closes no files but those that it has opened");
    if (status != 0)
        ck_abort_msg("[stopped] %s",
                     *o.error ? o.error
                              : "the program ended inside the exercise\nhint: an exercise returns, it does not exit");
    if (!parse(o.text, &r, note, sizeof note))
        ck_abort_msg("[stopped] it did not return its results\nhint: an exercise returns, it does not exit");
    judge_note(note);
    note_given(&r);
    return r;
}

/* In a file of transcripts each case stands after a line "case NAME". */
static char *committed(const char *path, const char *test_case)
{
    FILE *f = fopen(path, "r");
    if (!f) ck_abort_msg("[grader] cannot open %s", path);
    char *text = calloc(1, MOST_TEXT + 1), want[80];
    size_t n = fread(text, 1, MOST_TEXT, f);
    text[n] = 0;
    fclose(f);
    snprintf(want, sizeof want, "case %s\n", test_case);
    char *at = strstr(text, want);
    if (!at) ck_abort_msg("[grader] no case %s in %s; make references", test_case, path);
    return at + strlen(want);
}

Run reference(const char *test_case)
{
    const char *path = setting("JUDGE_REFERENCE");
    Run r;
    char note[64];
    char *text =
        access(path, X_OK) == 0 ? run_driver(path, test_case, setting("JUDGE_SEED")).text : committed(path, test_case);
    if (!parse(text, &r, note, sizeof note) || *note)
        ck_abort_msg("[grader] the reference failed in case %s %s", test_case, note);
    return r;
}

Value value(const Run *r, const char *name)
{
    for (int i = 0; i < r->values; i++)
        if (!strcmp(r->value[i].name, name)) return r->value[i];
    ck_abort_msg("[stopped] %s is missing from the results", name);
}

double *numbers(int n) { return calloc((size_t)n + 1, sizeof(double)); }

/* ---- comparing ---- */

static bool near(double got, double want, double rtol, double atol)
{
    return fabs(got - want) <= atol + rtol * fabs(want);
}

static bool all_near(const double *got, const double *want, double factor, int size, double rtol, double atol)
{
    for (int i = 0; i < size; i++)
        if (!near(got[i], factor * want[i], rtol, atol * fmax(1, fabs(factor)))) return false;
    return true;
}

static bool transposed(Value got, const double *want, double rtol, double atol)
{
    if (got.n != got.d || got.n == 1) return false;
    for (int i = 0; i < got.n; i++)
        for (int j = 0; j < got.d; j++)
            if (!near(got.a[i * got.d + j], want[j * got.d + i], rtol, atol)) return false;
    return true;
}

/* Mistakes that any exercise can have. */
static const char *common_slip(Value got, const double *want, double rtol, double atol, int batch)
{
    static char text[160];
    int size = got.n * got.d, written = 0, zeros = 0;
    bool unset = false;
    for (int i = 0; i < size; i++) {
        written += !isnan(got.a[i]);
        zeros += got.a[i] == 0;
        unset |= isfinite(got.a[i]) && fabs(got.a[i]) > 1e36;
    }
    if (written == 0 && size == 1)
        return "NaN: 0/0, the logarithm or root of a negative number, an entry of an input or of mat_new that is not "
               "there?";
    if (written == 0)
        return "NaN everywhere: never written, added to (+=) before it was set to 0, or read past the end of an input? "
               "mat_new leaves its numbers undefined, mat_zeros does not";
    if (written < size) return "NaN: an entry that is never written, 0/0, or the logarithm of a negative number?";
    bool sunk = false;
    for (int i = 0; i < size; i++) sunk |= got.a[i] == -INFINITY && isfinite(want[i]);
    if (sunk)
        return "the logarithm of 0, or a local variable that is never set? (this test fills those with -1.7e38, and "
               "doubles with more)";
    if (unset) return "a local variable or array that is never set? (this test fills those with -1.7e38)";
    if (zeros == size) return "all zeros: is the result computed at all? (1/n of two ints is 0; write 1.f/n)";
    if (all_near(got.a, want, -1, size, rtol, atol)) return "right but for the sign: which minus which?";
    if (transposed(got, want, rtol, atol)) return "the right numbers, transposed";
    if (batch > 1 && all_near(got.a, want, batch, size, rtol, atol)) {
        snprintf(text, sizeof text, "%d times too large, and the batch has %d samples: average over it", batch, batch);
        return text;
    }
    if (batch > 1 && all_near(got.a, want, 1. / batch, size, rtol, atol))
        return "divided by the batch size once too often";
    static const double factors[] = {2, .5, -2, -.5, 4, .25};
    for (int i = 0; i < 6; i++)
        if (all_near(got.a, want, factors[i], size, rtol, atol)) {
            snprintf(text, sizeof text, "every entry is %g times the right one: a factor %s?", factors[i],
                     fabs(factors[i]) < 1 ? "was forgotten" : "counted twice");
            return text;
        }
    return NULL;
}

/* The hints of all slips that give this result: it cannot tell them apart, and says so. */
static const char *known_slips(Value got, const Slip *slips, double rtol, double atol)
{
    static char text[600];
    size_t at = 0;
    const char *last = NULL;
    for (; slips && slips->a; slips++) {
        if (!all_near(got.a, slips->a, 1, got.n * got.d, rtol, atol)) continue;
        if (last && !strcmp(last, slips->hint)) continue;
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", last ? "; or: " : "", slips->hint);
        if (at >= sizeof text) break;
        last = slips->hint;
    }
    return last ? text : NULL;
}

void expect_result(Value got, Expected e)
{
    const double *want = e.want.a;
    int n = e.want.n, d = e.want.d;
    if (got.n != n || got.d != d)
        ck_abort_msg("[wrong] %s has the shape (%d,%d), want (%d,%d)%s", got.name, got.n, got.d, n, d,
                     got.n == d && got.d == n ? "\nhint: transposed?" : "");
    int bad = 0;
    while (bad < n * d && near(got.a[bad], want[bad], e.rtol, e.atol)) bad++;
    if (bad == n * d) return;

    const char *hint = known_slips(got, e.slips, e.rtol, e.atol);
    if (!hint) hint = common_slip(got, want, e.rtol, e.atol, e.batch);
    char place[48] = "";
    if (n * d > 1) snprintf(place, sizeof place, "[%d][%d]", bad / d, bad % d);
    ck_abort_msg("[wrong] %s%s: want %.6g, got %.6g%s%s%s", got.name, place, want[bad],
                 isnan(got.a[bad]) ? NAN : got.a[bad], given, hint ? "\nhint: " : "", hint ? hint : "");
}

void expect_as_reference(const char *test_case, double rtol, double atol)
{
    Run got = student(test_case), want = reference(test_case);
    for (int i = 0; i < want.values; i++) {
        Value v = want.value[i];
        if (!v.given) expect(value(&got, v.name), ARRAY(v.n, v.d, v.a), .rtol = rtol, .atol = atol);
    }
}

void expect_that(bool holds, const char *fmt, ...)
{
    if (holds) return;
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    ck_abort_msg("[wrong] %s", text);
}

void expect_one(const Run *got, const char *name, double want, double tolerance, const char *hint)
{
    Value v = value(got, name);
    expect_that(v.n == 1 && v.d == 1, "%s: want one number, got %d x %d\nhint: %s", name, v.n, v.d, hint);
    expect_that(fabs(v.a[0] - want) <= tolerance, "%s: want %.7g, got %.7g\nhint: %s", name, want, v.a[0], hint);
}

void expect_sum_in_double(const char *test_case, const char *name, const char *terms, double rtol, int batch)
{
    Run got = student(test_case), want = reference(test_case);
    double right = value(&want, name).a[0], found = value(&got, name).a[0];
    bool near = found / right < 2 && found / right > .5;
    char hint[160];
    snprintf(hint, sizeof hint, "%s were added up in a float, which has seven digits; add up in a double", terms);
    expect(value(&got, name), SCALAR(right), .rtol = rtol, .batch = batch,
           .slips = SLIPS(SLIP(hint, near ? found : NAN)));
}

void expect_one_step(const Run *got, const char *net)
{
    double steps = value(got, "steps").a[0];
    expect_that(steps == 1, "adam_step ran %g times on %s, want once", steps, net);
}

double *product(const double *a, bool ta, const double *b, bool tb, int n, int k, int m)
{
    double *c = numbers(n * m);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            for (int p = 0; p < k; p++) c[i * m + j] += a[ta ? p * n + i : i * k + p] * b[tb ? j * k + p : p * m + j];
    return c;
}

double *weighted_sum(const double *a, double s, const double *b, double t, int n)
{
    double *c = numbers(n);
    for (int i = 0; i < n; i++) c[i] = s * a[i] + t * (b ? b[i] : 1);
    return c;
}

double *scaled(const double *a, double s, int n) { return weighted_sum(a, s, NULL, 0, n); }

double sigmoid(double v) { return 1 / (1 + exp(-v)); }
double softplus(double v) { return fmax(v, 0) + log1p(exp(-fabs(v))); }

double *adam_first_step(const double *w, const double *g, int n)
{
    double *after = numbers(n);
    for (int i = 0; i < n; i++) after[i] = w[i] - .01 * g[i] / (fabs(g[i]) + 1e-8);
    return after;
}

/* ---- Check ---- */

/* JUDGE_ONLY names the exercises to judge, between commas; without it all are. */
static bool wanted(const char *name)
{
    const char *only = getenv("JUDGE_ONLY");
    char word[64];
    snprintf(word, sizeof word, ",%s,", name);
    return !only || strstr(only, word);
}

/* A TCase for each exercise, named like it. */
static Suite *suite_of(const char *lab, const Exercise *exercises)
{
    Suite *s = suite_create(lab);
    for (const Exercise *e = exercises; e->name; e++) {
        if (!wanted(e->name)) continue;
        TCase *tc = tcase_create(e->name);
        tcase_set_timeout(tc, 10 * WALL_S * slowness());
        tcase_add_unchecked_fixture(tc, next_exercise, NULL);
        for (int i = 0; e->test[i]; i++) tcase_add_test(tc, e->test[i]);
        suite_add_tcase(s, tc);
    }
    return s;
}

int judge_main(const char *lab, const Exercise *exercises)
{
    Suite *s = suite_of(lab, exercises);
    void *shared = mmap(NULL, sizeof *endless, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    endless = shared == MAP_FAILED ? NULL : shared;
    SRunner *runner = srunner_create(s);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, getenv("CK_XML_LOG_FILE_NAME") ? CK_SILENT : CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
