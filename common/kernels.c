/* kernels.c: which of OpenBLAS's kernels compute the products, and how long idle threads spin. Decided before main.
 *
 * OpenBLAS holds kernels for a score of processors and picks one set when it is loaded. Its pick has two faults. A
 * processor that is younger than the library gets the Prescott kernels of 2004, a third to a fifth of its speed
 * (OpenMathLib/OpenBLAS#4267, #4268). And two sets of kernels add up in different orders, so that the same seed trains
 * another GAN on another processor. So by default every processor with AVX2 and FMA runs the Haswell kernels: the same
 * digits everywhere. `--kernels native` takes the fastest ones instead. An OPENBLAS_CORETYPE in the environment is the
 * user's choice and wins over both.
 *
 * OpenBLAS picks again on request (its own gotoblas_dynamic_quit and gotoblas_dynamic_init, exported by every build
 * that holds more than one set). That needs no second start of the program, so it works under a debugger, under
 * valgrind and in the grader's sandbox alike.
 */
#include "internal.h"
#include "parallel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

char *openblas_get_corename(void);
void  gotoblas_dynamic_init(void) __attribute__((weak));        /* NULL where OpenBLAS holds one set only */
void  gotoblas_dynamic_quit(void) __attribute__((weak));

/* ---- which kernels ---- */

const char *blas_kernels(void) { return openblas_get_corename(); }

int kernels_level(const char *kernels)
{
    static const struct { const char *kernels; int level; } known[] = {
        {"Sandybridge", KERNELS_AVX}, {"Bulldozer", KERNELS_AVX},   {"Piledriver", KERNELS_AVX},
        {"Steamroller", KERNELS_AVX}, {"Excavator", KERNELS_AVX},   {"Haswell", KERNELS_AVX2},
        {"Zen", KERNELS_AVX2},        {"SkylakeX", KERNELS_AVX512}, {"Cooperlake", KERNELS_AVX512},
        {"SapphireRapids", KERNELS_AVX512},
    };
    for (int i = 0; i < LENGTH(known); i++)
        if (!strcasecmp(known[i].kernels, kernels)) return known[i].level;
    return KERNELS_SSE;
}

int processor_level(void)
{
#ifdef __x86_64__
    bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    if (avx512) return KERNELS_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return KERNELS_AVX2;
    if (__builtin_cpu_supports("avx")) return KERNELS_AVX;
    return KERNELS_SSE;
#else
    return KERNELS_OTHER;
#endif
}

const char *kernels_for(int processor, const char *picked, bool native)
{
    static const char *const first[] = {
        [KERNELS_AVX] = "Sandybridge", [KERNELS_AVX2] = "Haswell", [KERNELS_AVX512] = "SkylakeX"};
    if (processor == KERNELS_OTHER) return picked;
    if (!native && processor >= KERNELS_AVX2) return first[KERNELS_AVX2];
    if (kernels_level(picked) >= processor) return picked;
    return first[processor];
}

/* The tests set DGN_IGNORE_CORETYPE: then OPENBLAS_CORETYPE stands for what OpenBLAS itself would have picked. */
static bool chosen_by_user(void)
{
    const char *coretype = getenv("OPENBLAS_CORETYPE");
    return coretype && *coretype && !getenv("DGN_IGNORE_CORETYPE");
}

/* OpenBLAS reads the variable whenever it picks; the environment of child processes stays as it was. */
static void pick_again(const char *coretype)
{
    const char *before = getenv("OPENBLAS_CORETYPE");
    char *saved = before ? strdup(before) : NULL;
    setenv("OPENBLAS_CORETYPE", coretype, 1);
    gotoblas_dynamic_quit();
    gotoblas_dynamic_init();
    if (saved) setenv("OPENBLAS_CORETYPE", saved, 1);
    if (!saved) unsetenv("OPENBLAS_CORETYPE");
    free(saved);
}

void kernels_use(bool native)
{
    static char picked[32];                         /* by OpenBLAS itself, when it was loaded */
    if (chosen_by_user()) return;
    if (!*picked) snprintf(picked, sizeof picked, "%s", blas_kernels());
    const char *wanted = kernels_for(processor_level(), picked, native);
    if (gotoblas_dynamic_init && gotoblas_dynamic_quit && strcasecmp(wanted, blas_kernels())) pick_again(wanted);
}

void kernels_advise(void)
{
    const char *wanted = kernels_for(processor_level(), blas_kernels(), false);
    if (chosen_by_user() || processor_level() == KERNELS_OTHER) return;
    if (kernels_level(blas_kernels()) >= kernels_level(wanted)) return;
    fprintf(stderr, "note: OpenBLAS uses its %s kernels, which are older than this processor\n"
            "  hint: OPENBLAS_CORETYPE=%s in front of the command, or another build of OpenBLAS\n",
            blas_kernels(), wanted);
}

/* ---- how long idle threads spin ---- */

#ifdef _OPENMP
/* Is a debugger or valgrind at work? A second start would leave valgrind, and interrupt the other. */
static bool observed(void)
{
    const char *preload = getenv("LD_PRELOAD");
    if (preload && strstr(preload, "vgpreload")) return true;
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    int tracer = 0;
    while (status && fgets(line, sizeof line, status)) sscanf(line, "TracerPid: %d", &tracer);
    if (status) fclose(status);
    return tracer != 0;
}

/* Starts the program once more, with the same arguments. Returns only if that cannot be done. */
static void start_again(void)
{
    enum { ROOM = 1 << 20, MOST = 1 << 12 };
    static char text[ROOM], program[4096], *argument[MOST + 1];
    FILE *command_line = fopen("/proc/self/cmdline", "r");
    if (!command_line) return;
    size_t size = fread(text, 1, ROOM - 1, command_line);
    fclose(command_line);
    int n = 0;
    for (char *at = text; at < text + size && n < MOST; at += strlen(at) + 1) argument[n++] = at;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n == 0 || n == MOST || size == ROOM - 1 || length <= 0) return;
    execv(program, argument);
}

/* On a busy machine, threads that spin while they wait cost a factor of three to six; a short spin costs nothing that
 * can be measured on an idle one. OpenMP reads this setting when it is loaded, and there is no call for it. */
static void spin_briefly(void)
{
    bool set = getenv("GOMP_SPINCOUNT") || getenv("OMP_WAIT_POLICY");
    if (set || omp_get_max_threads() < 2 || observed()) return;
    setenv("GOMP_SPINCOUNT", "3000", 1);
    start_again();
}
#else
static void spin_briefly(void) {}
#endif

void kernels_start(void)
{
    spin_briefly();
    kernels_use(false);
}
