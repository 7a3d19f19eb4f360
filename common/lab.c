/* lab.c: what turns a C file into a notebook: flags, steps, unwritten exercises, metrics. */
#include "internal.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Lab lab;                                     /* a program has one; STEP and TODO find it here */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
    static const char text[] = "\nfinishing this step of training; Ctrl-C again ends the program at once\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) interrupted = 1;
    interrupted = 1;
    signal(sig, SIG_DFL);                           /* a second Ctrl-C ends the program at once */
}

bool lab_stopping(void) { return interrupted; }

/* ---- flags ---- */

enum { FIRST = 1000 };                              /* above every letter: what getopt_long returns for flag 0 */
enum { SEED, EPOCHS, BATCH, DATA, OUT, THREADS, KERNELS, QUICK, FULL, UNTIL, LOAD, FAILURE, CAPTION, HELP, FLAGS };
static const LabFlag flags[FLAGS] = {
    [SEED]    = {"seed", "N", "seed of the random numbers [1]"},
    [EPOCHS]  = {"epochs", "N", "passes over the training data"},
    [BATCH]   = {"batch", "N", "samples per training step"},
    [DATA]    = {"data", "DIR", "folder of IDX files, plain or .gz [Fashion-MNIST]"},
    [OUT]     = {"out", "DIR", "folder for everything written"},
    [THREADS] = {"threads", "N", "processor cores to use [all]"},
    [KERNELS] = {"kernels", "portable|native", "the same digits on every AVX2 processor, or fastest [portable]"},
    [QUICK]   = {"quick", NULL, "a few seconds on the small shipped data, to see that it runs"},
    [FULL]    = {"full", NULL, "the long run, for the record"},
    [UNTIL]   = {"until", "STEP", "end after this step"},
    [LOAD]    = {"load", "DIR", "take trained weights from an earlier run's folder"},
    [FAILURE] = {"show-failure", "NAME", "show how training fails, in DIR/NAME:"},
    [CAPTION] = {"caption", "TEXT", "what to draw, like \"a small red striped star on a blue background\""},
    [HELP]    = {"help", NULL, "this text"},
};

static bool has(const LabInfo *info, int flag)
{
    if (flag == FULL) return info->full_epochs > 0;
    if (flag == FAILURE) return info->failures != NULL;
    if (flag == CAPTION) return info->captions;
    return true;
}

/* How many flags this lab alone has. */
static int own_flags(const LabInfo *info)
{
    int n = 0;
    while (info->flags && info->flags[n].name) n++;
    check(n <= LAB_FLAGS, "%s: %d flags of its own, room for %d", info->name, n, LAB_FLAGS);
    return n;
}

const char *lab_flag(const Lab *l, const char *name)
{
    int k = 0, n = own_flags(l->info);
    while (k < n && strcmp(l->info->flags[k].name, name)) k++;
    check(k < n, "%s has no flag '--%s'", l->info->name, name);
    return l->own[k];
}

/* The k-th word of a choice, "32|64", and its length; NULL after the last. */
static const char *choice(const char *choices, int k, size_t *length)
{
    for (; k > 0; k--) {
        choices += strcspn(choices, "|");
        if (!*choices) return NULL;
        choices++;
    }
    *length = strcspn(choices, "|");
    return choices;
}

/* Which word of the choice it is; -1: none. */
static int chosen(const char *choices, const char *value)
{
    const char *word;
    size_t n;
    for (int k = 0; (word = choice(choices, k, &n)); k++)
        if (strlen(value) == n && !strncmp(value, word, n)) return k;
    return -1;
}

/* "32, 64 or 128" */
static const char *choices_text(const char *choices, char *text, size_t size)
{
    const char *word;
    size_t n, used = 0, after;
    for (int k = 0; (word = choice(choices, k, &n)); k++) {
        bool last = !choice(choices, k + 1, &after);
        const char *before = last ? " or " : ", ";
        if (k == 0) before = "";
        used += (size_t)snprintf(text + used, size - used, "%s%.*s", before, (int)n, word);
        if (used >= size) return text;
    }
    return text;
}

static void check_choice(const LabInfo *info, const LabFlag *flag, const char *value)
{
    char text[256];
    if (!strchr(flag->arg, '|') || chosen(flag->arg, value) >= 0) return;
    die(EXIT_USAGE, "%s: --%s wants %s, not '%s'", info->name, flag->name,
        choices_text(flag->arg, text, sizeof text), value);
}

int lab_choice(const Lab *l, const char *name)
{
    const char *value = lab_flag(l, name);
    int k = 0;
    while (strcmp(l->info->flags[k].name, name)) k++;
    return value ? chosen(l->info->flags[k].arg, value) : -1;
}

static void help_line(const LabFlag *flag)
{
    char left[32];
    snprintf(left, sizeof left, "--%s %s", flag->name, flag->arg ? flag->arg : "");
    printf("  %-19s %s", left, flag->help);
}

static void help(const LabInfo *info)
{
    printf("%s: %s\n\nusage: %s [flags]\n\n", info->name, info->title, info->name);
    for (int i = 0; i < FLAGS; i++) {
        if (!has(info, i)) continue;
        help_line(&flags[i]);
        if (i == EPOCHS) printf(" [%d; %d with --quick]", info->epochs, info->quick_epochs);
        if (i == EPOCHS && has(info, FULL)) printf(" [%d with --full]", info->full_epochs);
        if (i == FAILURE) printf(" %s", info->failures);
        if (i == BATCH) printf(" [%d]", info->batch);
        if (i == OUT) printf(" [out/%s]", info->name);
        putchar('\n');
    }
    for (int i = 0; i < own_flags(info); i++) {
        help_line(&info->flags[i]);
        putchar('\n');
    }
    printf("\nsteps: %s\n", info->steps);
    printf("\nstatus: 0 done, 1 failed, 2 wrong usage, 3 an exercise is unwritten, 4 training diverged\n");
}

static long long number(const LabInfo *info, const LabFlag *flag, const char *text, long long lo, long long hi)
{
    char *end;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    bool whole = !errno && end > text && *end == 0;
    if (!whole || v < lo || v > hi)
        die(EXIT_USAGE, "%s: --%s wants a whole number from %lld to %lld, not '%s'", info->name, flag->name, lo, hi,
            text);
    return v;
}

static const Sprite *captioned(const LabInfo *info, const char *caption)
{
    static Sprite sprite;
    char why[512];
    if (!sprite_from_caption(caption, &sprite, why, sizeof why)) die(EXIT_USAGE, "%s: --caption: %s", info->name, why);
    return &sprite;
}

/* Is word one of the words of list? */
static bool listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    if (n == 0 || strchr(word, ' ')) return false;
    for (const char *p = strstr(list, word); p; p = strstr(p + 1, word)) {
        bool begins = p == list || p[-1] == ' ', ends = p[n] == 0 || p[n] == ' ';
        if (begins && ends) return true;
    }
    return false;
}

static void wrong_flag(const LabInfo *info, int c, const char *arg)
{
    if (c == ':') die(EXIT_USAGE, "%s: a value is missing after '%s'; --help lists all flags", info->name, arg);
    bool letter = optopt > 0 && optopt < FIRST;
    if (letter) die(EXIT_USAGE, "%s: unknown flag '-%c'; --help lists all flags", info->name, optopt);
    die(EXIT_USAGE, "%s: unknown flag '%s'; --help lists all flags", info->name, arg);
}

static void read_flags(int argc, char **argv, const LabInfo *info)
{
    struct option table[FLAGS + LAB_FLAGS + 1] = {0};
    int n = 0;
    for (int i = 0; i < FLAGS; i++) {
        int takes = flags[i].arg ? required_argument : no_argument;
        struct option option = {flags[i].name, takes, NULL, FIRST + i};
        if (has(info, i)) table[n++] = option;
    }
    for (int i = 0; i < own_flags(info); i++) {
        struct option option = {info->flags[i].name, required_argument, NULL, FIRST + FLAGS + i};
        table[n++] = option;
    }
    bool epochs_given = false;
    opterr = 0;
    int c;
    while ((c = getopt_long(argc, argv, ":", table, NULL)) != -1) {
        if (c == ':' || c == '?') wrong_flag(info, c, argv[optind - 1]);
        if (c >= FIRST + FLAGS) {
            lab.own[c - FIRST - FLAGS] = optarg;
            check_choice(info, &info->flags[c - FIRST - FLAGS], optarg);
            continue;
        }
        const LabFlag *flag = &flags[c - FIRST];
        switch (c - FIRST) {
        case SEED:    lab.seed = (uint64_t)number(info, flag, optarg, 0, INT64_MAX); break;
        case EPOCHS:
            lab.epochs = (int)number(info, flag, optarg, 1, 100000);
            epochs_given = true;
            break;
        case BATCH:   lab.batch = (int)number(info, flag, optarg, 1, 65536); break;
        case THREADS: lab.threads = (int)number(info, flag, optarg, 1, 256); break;
        case KERNELS:
            check_choice(info, flag, optarg);
            lab.native = !strcmp(optarg, "native");
            break;
        case DATA:    lab.data = optarg; break;
        case OUT:     lab.out = optarg; break;
        case LOAD:    lab.load = optarg; break;
        case UNTIL:   lab.until = optarg; break;
        case FAILURE: lab.failure = optarg; break;
        case CAPTION:
            lab.words = optarg;
            if (!info->own_words) lab.caption = captioned(info, optarg);
            break;
        case QUICK:   lab.quick = true; break;
        case FULL:    lab.full = true; break;
        case HELP:    help(info); exit(EXIT_OK);
        }
    }
    if (optind < argc) die(EXIT_USAGE, "%s: '%s' is not a flag; --help lists all flags", info->name, argv[optind]);
    if (lab.until && !listed(info->steps, lab.until))
        die(EXIT_USAGE, "%s: --until wants one of its steps (%s), not '%s'", info->name, info->steps, lab.until);
    if (lab.failure && !listed(info->failures, lab.failure))
        die(EXIT_USAGE, "%s: --show-failure wants one of %s, not '%s'", info->name, info->failures, lab.failure);
    if (lab.quick && lab.full) die(EXIT_USAGE, "%s: --quick and --full exclude each other", info->name);
    if (!epochs_given && lab.quick) lab.epochs = info->quick_epochs;
    if (!epochs_given && lab.full) lab.epochs = info->full_epochs;
}

/* The last line of a program that dies in a step says which step it was. */
static void name_the_step(void)
{
    if (lab.step) fprintf(stderr, "  in step %s of %s\n", lab.step, lab.info->name);
}

Lab *lab_open(int argc, char **argv, const LabInfo *info)
{
    static char out[128], failing[4096];
    snprintf(out, sizeof out, "out/%s", info->name);
    lab = (Lab){.seed = 1, .epochs = info->epochs, .batch = info->batch, .out = out, .info = info, .start = now_s()};
    read_flags(argc, argv, info);
    make_dir(lab.out);
    if (lab.failure) {                              /* beside the last whole run, not over it */
        snprintf(failing, sizeof failing, "%s/%s", lab.out, lab.failure);
        lab.out = failing;
        make_dir(lab.out);
    }
    at_death(name_the_step);
    threads_set(lab.threads);
    kernels_use(lab.native);
    kernels_advise();
    signal(SIGINT, on_interrupt);
    return &lab;
}

/* ---- metrics ---- */

void lab_metric(Lab *l, const char *unit, double value, const char *name_fmt, ...)
{
    check(l->metrics < METRICS, "more than %d metrics", METRICS);
    Metric *m = &l->metric[l->metrics];
    va_list args;
    va_start(args, name_fmt);
    vsnprintf(m->name, sizeof m->name, name_fmt, args);
    va_end(args);
    snprintf(m->unit, sizeof m->unit, "%s", unit);
    m->value = value;
    if (isfinite(value)) {
        l->metrics++;
        return;
    }
    fprintf(stderr, "note: %s cannot be computed (%g) and is left out\n  hint: are the images all alike, or too few?\n",
            m->name, value);
    if (l->info->result && !strcmp(m->name, l->info->result)) l->failed = true;
}

static void write_metrics(void)
{
    Csv *csv = csv_open(lab.out, "metrics.csv", "name,value,unit");
    for (int i = 0; i < lab.metrics; i++) {
        const Metric *m = &lab.metric[i];
        csv_row(csv, "%s,%.7g,%s", m->name, m->value, m->unit);
    }
    csv_row(csv, "wall_s,%.1f,s", now_s() - lab.start);
    csv_row(csv, "kernels,%s,OpenBLAS", blas_kernels());
    csv_close(csv);
}

int lab_close(Lab *l)
{
    write_metrics();
    files_abandon();                                /* a csv that --until left open */
    if (interrupted)
        fprintf(stderr, "%s: interrupted in step %s; what was reached is in %s\n", l->info->name, l->step, l->out);
    if (!l->failed) return EXIT_OK;
    fprintf(stderr, "%s: its main number, %s, could not be computed\n", l->info->name, l->info->result);
    return EXIT_FAILED;
}

void lab_finite(const char *what, double value, long step)
{
    if (isfinite(value)) return;
    die(EXIT_DIVERGED,
        "%s is %g at step %ld\n  hint: first the exercises: make test-%.2s; if all pass, a smaller learning rate", what,
        value, step, lab.info ? lab.info->name : "NN");
}

/* ---- steps ---- */

void step_begin(const char *name)
{
    check(lab.info && listed(lab.info->steps, name), "STEP(\"%s\") is not in the list of steps that lab_open was given",
          name);
    lab.step = name;
    lab.step_no++;
    lab.step_start = now_s();
    printf("%s-- %d. %s --\n", lab.step_no > 1 ? "\n" : "", lab.step_no, name);
    fflush(stdout);
}

bool step_end(void)
{
    fflush(stdout);
    fprintf(stderr, "   %s: %.1f s\n", lab.step, now_s() - lab.step_start);
    if (interrupted || (lab.until && !strcmp(lab.until, lab.step))) exit(lab_close(&lab));
    return false;
}

void todo(const char *func, const char *file, int line, const char *what)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
    die_alone();
    if (lab.info) write_metrics();
    lab.step = NULL;                                /* the line below names the place */
    die(EXIT_UNWRITTEN, "%s:%d: %s is not written yet: %s. To test it: make test-%.2s", file, line, func, what, base);
}
