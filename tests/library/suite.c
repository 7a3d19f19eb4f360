/* suite.c: see suite.h. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "suite.h"

#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>

Arena mem;
char content[1 << 16], folder[512], child_out[8192], child_err[8192], complaint[9000];

static char base[256]; /* holds one folder per test */
static FILE *child_stream[2];
static pid_t child;
static bool in_child;

/* ---- runner ---- */

static void set_up(void)
{
    mem = arena_new("test", MB(64));
    snprintf(folder, sizeof folder, "%s/XXXXXX", base);
    check(mkdtemp(folder), "cannot make %s", folder);
}

static void tear_down(void) { arena_free(&mem); }
static int remove_it(const char *name, const struct stat *s, int kind, struct FTW *w) { return remove(name); }

int run_tests(const char *name, const TTest **tests)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(base, sizeof base, "%s/gen_%s_XXXXXX", tmp && *tmp ? tmp : "/tmp", name);
    check(mkdtemp(base), "cannot make %s", base);
    TCase *all = tcase_create(name);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 120); /* generous: valgrind is slow */
    for (; *tests; tests++) tcase_add_test(all, *tests);
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    nftw(base, remove_it, 8, FTW_DEPTH | FTW_PHYS); /* by the parent: a crashed test leaves nothing either */
    return failed ? EXIT_FAILED : EXIT_OK;
}

const char *path(const char *name)
{
    static char ring[4][1024];
    static int at;
    at = (at + 1) % 4;
    snprintf(ring[at], sizeof ring[at], "%s/%s", folder, name);
    return ring[at];
}

const char *text_of(const char *name)
{
    static char text[4096];
    FILE *f = fopen(path(name), "r");
    ck_assert_ptr_nonnull(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

Mat random_mat(int n, int d, uint64_t seed)
{
    Mat x = mat_new(&mem, n, d);
    Rng rng = rng_new(seed);
    mat_normal(x, 1, &rng);
    return x;
}

/* ---- comparisons ---- */

static bool PRINTF_LIKE(1, 2) complain(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(complaint, sizeof complaint, fmt, args);
    va_end(args);
    return false;
}

bool mats_are_close(const char *what, Mat got, Mat want, double atol, double rtol)
{
    if (got.n != want.n || got.d != want.d)
        return complain("%s: want (%d,%d), got (%d,%d)", what, want.n, want.d, got.n, got.d);
    for (int i = 0; i < want.n; i++)
        for (int j = 0; j < want.d; j++) {
            double g = (double)row(got, i)[j], w = (double)row(want, i)[j];
            if (!(fabs(g - w) <= atol + rtol * fabs(w)))
                return complain("%s [%d][%d]: want %.9g, got %.9g", what, i, j, w, g);
        }
    return true;
}

/* ---- children ---- */

/* A child that dies has no duty to free; LeakSanitizer, where it is linked in, asks this function. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void) { return in_child; }

bool child_starts(void)
{
    fflush(NULL); /* or the child would write our unwritten text again */
    for (int i = 0; i < 2; i++) ck_assert_ptr_nonnull(child_stream[i] = tmpfile());
    ck_assert_int_ge(child = fork(), 0);
    in_child = child == 0;
    if (in_child) {
        /* one that never ends fails its test all the same */
        signal(SIGALRM, SIG_DFL);
        alarm(20);
    }
    for (int i = 0; in_child && i < 2; i++) dup2(fileno(child_stream[i]), STDOUT_FILENO + i);
    return in_child;
}

static void read_stream(FILE *f, char into[8192])
{
    rewind(f);
    into[fread(into, 1, 8191, f)] = 0;
    fclose(f);
}

bool child_ends(int status, const char *const *pieces)
{
    int s = 0;
    waitpid(child, &s, 0);
    read_stream(child_stream[0], child_out);
    read_stream(child_stream[1], child_err);
    int got = WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s); /* as shells count */
    if (got != status) return complain("want exit status %d, got %d; stderr: %s", status, got, child_err);
    for (; *pieces; pieces++)
        if (!strstr(child_err, *pieces)) return complain("want \"%s\" on stderr, got: %s", *pieces, child_err);
    return true;
}

/* ---- gradients ---- */

static double weighted_sum(Net *net, Mat x, Mat r)
{
    size_t mark = mem.used;
    Trace t = trace(&mem, TRAIN);
    Mat y = net_forward(net, x, &t);
    double sum = 0;
    for (size_t i = 0; i < mat_size(y); i++) sum += (double)r.a[i] * (double)y.a[i];
    arena_rewind(&mem, mark);
    return sum;
}

/* Moves each number of v, which is x or one of the net's weights, and compares the slope of L with grad. */
static bool slopes_agree(const char *what, Net *net, Mat x, Mat r, Mat v, Mat grad, double rtol)
{
    double largest = 0;
    for (size_t i = 0; i < mat_size(v); i++) largest = fmax(largest, fabs((double)grad.a[i]));
    for (size_t i = 0; i < mat_size(v); i++) {
        float middle = v.a[i], right = middle + 1e-2f, left = middle - 1e-2f;
        v.a[i] = right;
        double up = weighted_sum(net, x, r);
        v.a[i] = left;
        double want = (up - weighted_sum(net, x, r)) / ((double)right - (double)left), got = (double)grad.a[i];
        v.a[i] = middle;
        if (!(fabs(got - want) <= rtol * largest))
            return complain("%s [%zu][%zu]: want %.6g, got %.6g", what, i / (size_t)v.d, i % (size_t)v.d, want, got);
    }
    return true;
}

bool gradients_agree(Net *net, Mat x, double rtol)
{
    Trace t = trace(&mem, TRAIN);
    Mat moved = mat_copy(&mem, x), y = net_forward(net, moved, &t), r = random_mat(y.n, y.d, 99);
    net_zero_grad(net);
    bool good = slopes_agree("dL/dx", net, moved, r, moved, net_backward(net, r, &t, WRT_BOTH), rtol);
    Param *p;
    for (int i = 0; good && (p = net_param(net, &i));)
        good = slopes_agree((i - 1) % 2 ? "dL/dbias" : "dL/dweight", net, moved, r, p->v, p->g, rtol);
    return good;
}

/* ---- small things ---- */

Mat forward_as(Net *net, Mat x, bool train)
{
    Trace t = train ? trace(&mem, TRAIN) : trace(&mem, EVAL);
    return net_forward(net, x, &t);
}

Mat forward(Net *net, Mat x) { return forward_as(net, x, true); }

Mat with_mean(Mat x, float mean)
{
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += mean;
    return x;
}

/* ---- files, integrals ---- */

size_t read_back(const char *name)
{
    FILE *f = fopen(path(name), "rb");
    ck_assert_msg(f != NULL, "there is no %s", name);
    size_t n = fread(content, 1, sizeof content - 1, f);
    content[n] = 0;
    fclose(f);
    return n;
}

void write_file(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(path(name), "wb");
    ck_assert(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

/* Integrals over the plane by the trapezoid rule. For a Gaussian of sd s a grid as wide as s errs by some e^(-2 pi^2).
 */
double mass(double (*density)(const float x[2], const void *of), const void *of, double half_side, double step)
{
    int n = (int)ceil(half_side / step);
    double sum = 0;
    for (int i = -n; i <= n; i++)
        for (int j = -n; j <= n; j++) sum += density((float[]){(float)(step * j), (float)(step * i)}, of);
    return sum * step * step;
}
