/* test_kernels.c: a program that is linked with the library runs the right kernels, whatever OpenBLAS picked by itself.
 *
 * OPENBLAS_CORETYPE makes OpenBLAS pick any set. Together with DGN_IGNORE_CORETYPE it stands for OpenBLAS's own pick,
 * as on a processor that it does not know; alone it is the user's choice. The program under test is this one: with an
 * argument it says what a lab would see.
 */
#include "suite.h"

#include <stdint.h>

static char said[4096]; /* by the program that was run last */

static const char *this_program(void)
{
    static char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    ck_assert(length > 0);
    path[length] = 0;
    return path;
}

/* Runs a shell command, keeps what it says in `said`, and returns its status. */
static int capture(const char *command)
{
    FILE *pipe = popen(command, "r");
    ck_assert(pipe != NULL);
    said[fread(said, 1, sizeof said - 1, pipe)] = 0;
    return pclose(pipe);
}

/* Runs this program as `env SETTINGS this ARGUMENTS`; returns its first line. */
static const char *run(const char *settings, const char *arguments)
{
    char command[8192];
    snprintf(command, sizeof command, "env -u OPENBLAS_CORETYPE -u GOMP_SPINCOUNT -u OMP_WAIT_POLICY %s '%s' %s 2>&1",
             settings, this_program(), arguments);
    ck_assert_msg(capture(command) == 0, "%s: %s", command, said);
    said[strcspn(said, "\n")] = 0;
    return said;
}

static const char *const old_ones[] = {"Prescott", "Core2", "Nehalem", "Sandybridge"};

START_TEST(every_processor_with_avx2_runs_the_same_kernels)
{
    static const char *const picks[] = {"Prescott", "Nehalem",  "Sandybridge", "Haswell",
                                        "Zen",      "SkylakeX", "Cooperlake",  "a new one"};
    for (int i = 0; i < LENGTH(picks); i++) {
        ck_assert_str_eq(kernels_for(KERNELS_AVX2, picks[i], false), "Haswell");
        ck_assert_str_eq(kernels_for(KERNELS_AVX512, picks[i], false), "Haswell");
    }
}
END_TEST

START_TEST(an_older_processor_runs_what_it_can)
{
    ck_assert_str_eq(kernels_for(KERNELS_AVX, "Prescott", false), "Sandybridge");
    ck_assert_str_eq(kernels_for(KERNELS_AVX, "Piledriver", false), "Piledriver");
    ck_assert_str_eq(kernels_for(KERNELS_SSE, "Nehalem", false), "Nehalem");
    ck_assert_str_eq(kernels_for(KERNELS_SSE, "Nehalem", true), "Nehalem");
    ck_assert_str_eq(kernels_for(KERNELS_OTHER, "neoversen1", false), "neoversen1");
    ck_assert_str_eq(kernels_for(KERNELS_OTHER, "neoversen1", true), "neoversen1");
}
END_TEST

START_TEST(native_kernels_are_never_older_than_the_processor)
{
    ck_assert_str_eq(kernels_for(KERNELS_AVX512, "Prescott", true), "SkylakeX");
    ck_assert_str_eq(kernels_for(KERNELS_AVX512, "Haswell", true), "SkylakeX");
    ck_assert_str_eq(kernels_for(KERNELS_AVX512, "SapphireRapids", true), "SapphireRapids");
    ck_assert_str_eq(kernels_for(KERNELS_AVX2, "Nehalem", true), "Haswell");
    ck_assert_str_eq(kernels_for(KERNELS_AVX2, "Zen", true), "Zen");
}
END_TEST

START_TEST(kernels_that_openblas_picked_wrongly_are_exchanged_before_main)
{
    if (processor_level() == KERNELS_OTHER) return; /* nothing is chosen there */
    for (int i = 0; i < LENGTH(old_ones); i++) {
        char settings[96];
        snprintf(settings, sizeof settings, "DGN_IGNORE_CORETYPE=1 OPENBLAS_CORETYPE=%s", old_ones[i]);
        ck_assert_str_eq(run(settings, "kernels"), kernels_for(processor_level(), old_ones[i], false));
        run(settings, "native");
        ck_assert_msg(kernels_level(said) >= processor_level(), "%s: native kernels are %s", settings, said);
    }
}
END_TEST

START_TEST(the_user_s_choice_of_kernels_wins)
{
    if (processor_level() == KERNELS_OTHER) return; /* nothing is chosen there */
    ck_assert_str_eq(run("OPENBLAS_CORETYPE=Nehalem", "kernels"), "Nehalem");
    ck_assert_str_eq(run("OPENBLAS_CORETYPE=Nehalem", "native"), "Nehalem");
}
END_TEST

START_TEST(products_have_the_bytes_of_the_kernels_that_are_named)
{
    if (processor_level() < KERNELS_AVX2) return;
    char asked[64];
    snprintf(asked, sizeof asked, "%s", run("OPENBLAS_CORETYPE=Haswell", "product"));
    ck_assert_str_eq(run("DGN_IGNORE_CORETYPE=1 OPENBLAS_CORETYPE=Prescott", "product"), asked);
    ck_assert_str_eq(run("", "product"), asked);
    ck_assert_str_ne(run("OPENBLAS_CORETYPE=Prescott", "product"), asked);
}
END_TEST

START_TEST(child_processes_see_the_environment_as_it_was)
{
    if (processor_level() == KERNELS_OTHER) return; /* nothing is chosen there */
    ck_assert_str_eq(run("", "OPENBLAS_CORETYPE"), "-");
    ck_assert_str_eq(run("DGN_IGNORE_CORETYPE=1 OPENBLAS_CORETYPE=Prescott", "OPENBLAS_CORETYPE"), "Prescott");
}
END_TEST

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif

#ifdef _OPENMP
START_TEST(threads_that_wait_go_to_sleep_soon_unless_the_user_says_otherwise)
{
    ck_assert_str_eq(run("OMP_NUM_THREADS=2", "GOMP_SPINCOUNT"), "3000");
    ck_assert_str_eq(run("OMP_NUM_THREADS=2 GOMP_SPINCOUNT=7", "GOMP_SPINCOUNT"), "7");
    ck_assert_str_eq(run("OMP_NUM_THREADS=2 OMP_WAIT_POLICY=active", "GOMP_SPINCOUNT"), "-");
    ck_assert_str_eq(run("OMP_NUM_THREADS=1", "GOMP_SPINCOUNT"), "-");
}
END_TEST

START_TEST(a_second_start_has_the_same_arguments)
{
    ck_assert_str_eq(run("OMP_NUM_THREADS=2", "arguments 'a b' '' --c=\\$d"), "[a b][][--c=$d]");
    ck_assert_str_eq(run("OMP_NUM_THREADS=1", "arguments 'a b' '' --c=\\$d"), "[a b][][--c=$d]");
}
END_TEST

START_TEST(under_a_debugger_there_is_no_second_start)
{
    if (SANITIZED || system("command -v gdb >/dev/null") != 0) return; /* the search for leaks fails under gdb */
    char command[8192];
    snprintf(command, sizeof command,
             "env -u GOMP_SPINCOUNT OMP_NUM_THREADS=2 DGN_IGNORE_CORETYPE=1 OPENBLAS_CORETYPE=Prescott "
             "gdb -q -batch -ex run --args '%s' kernels 2>&1",
             this_program());
    capture(command);
    if (strstr(said, "Operation not permitted")) return; /* ptrace is forbidden here */
    ck_assert_msg(strstr(said, kernels_for(processor_level(), "Prescott", false)) &&
                      !strstr(said, "executing new program"),
                  "%s", said);
}
END_TEST
#endif

/* A hash of a product whose sums are long enough for their order to show. */
static void print_product(void)
{
    mem = arena_new("tests", MB(64));
    Mat c = mat_mul(&mem, random_mat(37, 1000, 1), random_mat(1000, 41, 2));
    uint64_t hash = 14695981039346656037u;
    const uint8_t *bytes = (const uint8_t *)c.a;
    for (size_t i = 0; i < mat_size(c) * sizeof *c.a; i++) hash = (hash ^ bytes[i]) * 1099511628211u;
    printf("%016llx\n", (unsigned long long)hash);
}

static int answer(int argc, char **argv)
{
    const char *variable = getenv(argv[1]);
    if (!strcmp(argv[1], "native")) kernels_use(true);
    if (!strcmp(argv[1], "kernels") || !strcmp(argv[1], "native")) {
        puts(blas_kernels());
    } else if (!strcmp(argv[1], "product")) {
        print_product();
    } else if (!strcmp(argv[1], "arguments")) {
        for (int i = 2; i < argc; i++) printf("[%s]", argv[i]);
        putchar('\n');
    } else {
        puts(variable ? variable : "-");
    }
    return EXIT_OK;
}

int main(int argc, char **argv)
{
    if (argc > 1) return answer(argc, argv);
    return run_tests("kernels",
                     (const TTest *[]){every_processor_with_avx2_runs_the_same_kernels,
                                       an_older_processor_runs_what_it_can,
                                       native_kernels_are_never_older_than_the_processor,
                                       kernels_that_openblas_picked_wrongly_are_exchanged_before_main,
                                       the_user_s_choice_of_kernels_wins,
                                       products_have_the_bytes_of_the_kernels_that_are_named,
                                       child_processes_see_the_environment_as_it_was,
#ifdef _OPENMP
                                       threads_that_wait_go_to_sleep_soon_unless_the_user_says_otherwise,
                                       a_second_start_has_the_same_arguments, under_a_debugger_there_is_no_second_start,
#endif
                                       NULL});
}
