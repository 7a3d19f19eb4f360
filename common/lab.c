/* lab.c: what turns a C file into a notebook: flags, steps, unwritten exercises, metrics. */
#include "gen.h"

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

typedef struct { const char *name, *arg, *help; } Flag;
enum { SEED, EPOCHS, BATCH, DATA, OUT, THREADS, QUICK, FULL, UNTIL, LOAD, FAILURE, HELP, FLAGS };
static const Flag flags[FLAGS] = {
    [SEED]    = {"seed", "N", "seed of the random numbers [1]"},
    [EPOCHS]  = {"epochs", "N", "passes over the training data"},
    [BATCH]   = {"batch", "N", "samples per training step"},
    [DATA]    = {"data", "DIR", "folder of IDX files, plain or .gz [Fashion-MNIST]"},
    [OUT]     = {"out", "DIR", "folder for everything written"},
    [THREADS] = {"threads", "N", "processor cores to use [all]"},
    [QUICK]   = {"quick", NULL, "a few seconds on the small shipped data, to see that it runs"},
    [FULL]    = {"full", NULL, "the long run, for the record"},
    [UNTIL]   = {"until", "STEP", "end after this step"},
    [LOAD]    = {"load", "DIR", "take trained weights from an earlier run's folder"},
    [FAILURE] = {"show-failure", "NAME", "show how training fails, in DIR/NAME:"},
    [HELP]    = {"help", NULL, "this text"},
};

static bool has(const LabInfo *info, int flag) { return flag == FULL ? info->full_epochs > 0 : flag == FAILURE ? info->failures != NULL : true; }

static void help(const LabInfo *info)
{
    printf("%s: %s\n\nusage: %s [flags]\n\n", info->name, info->title, info->name);
    for (int i = 0; i < FLAGS; i++) {
        char left[32];
        if (!has(info, i)) continue;
        snprintf(left, sizeof left, "--%s %s", flags[i].name, flags[i].arg ? flags[i].arg : "");
        printf("  %-19s %s", left, flags[i].help);
        if (i == EPOCHS) printf(" [%d; %d with --quick]", info->epochs, info->quick_epochs);
        if (i == EPOCHS && has(info, FULL)) printf(" [%d with --full]", info->full_epochs);
        if (i == FAILURE) printf(" %s", info->failures);
        if (i == BATCH) printf(" [%d]", info->batch);
        if (i == OUT) printf(" [out/%s]", info->name);
        putchar('\n');
    }
    printf("\nsteps: %s\n\nstatus: 0 done, 1 failed, 2 wrong usage, 3 an exercise is unwritten, 4 training diverged\n", info->steps);
}

static long long number(const LabInfo *info, const Flag *flag, const char *text, long long lo, long long hi)
{
    char *end;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    if (errno || end == text || *end || v < lo || v > hi)
        die(EXIT_USAGE, "%s: --%s wants a whole number from %lld to %lld, not '%s'", info->name, flag->name, lo, hi, text);
    return v;
}

/* Is word one of the words of list? */
static bool listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; n && !strchr(word, ' ') && (p = strstr(p, word)); p++)
        if ((p == list || p[-1] == ' ') && (p[n] == 0 || p[n] == ' ')) return true;
    return false;
}

static void read_flags(int argc, char **argv, const LabInfo *info)
{
    struct option table[FLAGS + 1] = {0};
    for (int i = 0, n = 0; i < FLAGS; i++)
        if (has(info, i)) table[n++] = (struct option){flags[i].name, flags[i].arg ? required_argument : no_argument, NULL, 1000 + i};
    bool epochs_given = false;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, ":", table, NULL)) != -1;) {
        if (c == '?' && optopt > 0 && optopt < 1000) die(EXIT_USAGE, "%s: unknown flag '-%c'; --help lists all flags", info->name, optopt);
        if (c == ':' || c == '?')
            die(EXIT_USAGE, "%s: %s '%s'; --help lists all flags", info->name, c == ':' ? "a value is missing after" : "unknown flag", argv[optind - 1]);
        const Flag *flag = &flags[c - 1000];
        switch (c - 1000) {
        case SEED:    lab.seed = (uint64_t)number(info, flag, optarg, 0, INT64_MAX); break;
        case EPOCHS:  lab.epochs = (int)number(info, flag, optarg, 1, 100000); epochs_given = true; break;
        case BATCH:   lab.batch = (int)number(info, flag, optarg, 1, 65536); break;
        case THREADS: lab.threads = (int)number(info, flag, optarg, 1, 256); break;
        case DATA:    lab.data = optarg; break;
        case OUT:     lab.out = optarg; break;
        case LOAD:    lab.load = optarg; break;
        case UNTIL:   lab.until = optarg; break;
        case FAILURE: lab.failure = optarg; break;
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

Lab *lab_open(int argc, char **argv, const LabInfo *info)
{
    static char out[128], failing[4096];
    snprintf(out, sizeof out, "out/%s", info->name);
    lab = (Lab){.seed = 1, .epochs = info->epochs, .batch = info->batch, .out = out, .info = info, .start = now_s()};
    read_flags(argc, argv, info);
    make_dir(lab.out);
    if (lab.failure) {                              /* beside the last whole run, not over it */
        snprintf(failing, sizeof failing, "%s/%s", lab.out, lab.failure);
        make_dir(lab.out = failing);
    }
    threads_set(lab.threads);
    signal(SIGINT, on_interrupt);
    return &lab;
}

/* ---- metrics ---- */

void lab_metric(Lab *l, const char *unit, double value, const char *name_fmt, ...)
{
    check(l->metrics < METRICS, "more than %d metrics", METRICS);
    Metric *m = &l->metric[l->metrics++];
    va_list args;
    va_start(args, name_fmt);
    vsnprintf(m->name, sizeof m->name, name_fmt, args);
    va_end(args);
    snprintf(m->unit, sizeof m->unit, "%s", unit);
    m->value = value;
}

static void write_metrics(void)
{
    Csv *csv = csv_open(lab.out, "metrics.csv", "name,value,unit");
    for (int i = 0; i < lab.metrics; i++) csv_row(csv, "%s,%.7g,%s", lab.metric[i].name, lab.metric[i].value, lab.metric[i].unit);
    csv_row(csv, "wall_s,%.1f,s", now_s() - lab.start);
    csv_close(csv);
}

int lab_close(Lab *l)
{
    write_metrics();
    files_abandon();                                /* a csv that --until left open */
    if (interrupted) fprintf(stderr, "%s: interrupted in step %s; what was reached is in %s\n", l->info->name, l->step, l->out);
    return EXIT_OK;
}

void lab_finite(const char *what, double value, long step)
{
    if (isfinite(value)) return;
    die(EXIT_DIVERGED, "%s is %g at step %ld\n  hint: first the exercises: make test-%.2s; if all pass, a smaller learning rate",
        what, value, step, lab.info ? lab.info->name : "NN");
}

/* ---- steps ---- */

void step_begin(const char *name)
{
    check(lab.info && listed(lab.info->steps, name), "STEP(\"%s\") is not in the list of steps that lab_open was given", name);
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
    const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    if (lab.info) write_metrics();
    die(EXIT_UNWRITTEN, "%s:%d: %s is not written yet: %s. To test it: make test-%.2s", file, line, func, what, base);
}
