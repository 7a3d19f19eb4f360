/* test_base.c: dying with a sentence, arenas, random numbers, progress. */
#define _XOPEN_SOURCE 700 /* a pseudo-terminal */
#include "suite.h"

#include <fcntl.h>
#include <time.h>

/* ---- errors ---- */

START_TEST(a_false_check_prints_its_sentence_and_ends_with_status_1_and_a_true_one_says_nothing)
{
    dies(check(false, "dense: got %d features, want %d\n  hint: none", 3, 4), "");
    ck_assert_str_eq(child_err, "dense: got 3 features, want 4\n  hint: none\n");
    ends(check(1 + 1 == 2, "arithmetic is broken"), EXIT_OK, "");
    ck_assert_str_eq(child_err, "");
}
END_TEST

START_TEST(die_takes_its_status_and_keeps_what_was_printed_before)
{
    ends((printf("result 1"), die(EXIT_DIVERGED, "loss is %s", "nan")), EXIT_DIVERGED, "loss is nan\n");
    ck_assert_str_eq(child_out, "result 1");
}
END_TEST

/* ---- arenas ---- */

START_TEST(allocations_are_aligned_and_do_not_overlap)
{
    static const size_t size[] = {1, 63, 64, 65, 0, 1000, 7};
    enum { N = sizeof size / sizeof *size };
    unsigned char *p[N];
    for (size_t i = 0; i < N; i++) {
        p[i] = arena_alloc(&mem, size[i]);
        ck_assert_uint_eq((uintptr_t)p[i] % 64, 0);
        memset(p[i], (int)i, size[i]);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < size[i]; j++) ck_assert_uint_eq(p[i][j], i);
}
END_TEST

START_TEST(an_arena_gives_all_it_has_and_then_dies_with_a_hint)
{
    Arena step = arena_new("step", MB(1));
    ck_assert_ptr_nonnull(arena_alloc(&step, MB(1) - 64 - 2 * REDZONE));
    ck_assert_ptr_nonnull(arena_alloc(&step, 64));
    dies(arena_alloc(&step, 3000), "arena 'step' is full: 2 kB wanted, 1024 of 1024 kB in use",
         "\n  hint: a smaller --batch", "arena_new(\"step\", ...)");
    arena_free(&step);
}
END_TEST

START_TEST(a_size_near_the_end_of_numbers_does_not_wrap_around)
{
    dies(arena_alloc(&mem, SIZE_MAX), "is full");
    dies(arena_alloc(&mem, SIZE_MAX - 4096), "is full");
}
END_TEST

/* An address sanitizer would rather stop the program than say no, unless it is told otherwise. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }

START_TEST(memory_that_is_not_to_be_had_is_named_with_a_hint)
{
    dies(arena_new("vast", (size_t)1 << 60), "arena 'vast': no 1099511627776 MB of memory to be had", "\n  hint: ");
}
END_TEST

START_TEST(what_is_rewound_is_handed_out_again)
{
    char *kept = arena_alloc(&mem, 100);
    size_t mark = mem.used;
    char *first = arena_alloc(&mem, 100);
    arena_rewind(&mem, mark);
    ck_assert_ptr_eq(arena_alloc(&mem, 50), first);
    arena_reset(&mem);
    ck_assert_uint_eq(mem.used, 0);
    ck_assert_ptr_eq(arena_alloc(&mem, 50), kept);
}
END_TEST

START_TEST(a_debug_build_poisons_what_is_forgotten_and_only_that)
{
    Mat kept = random_mat(1, 1, 1);
    size_t mark = mem.used;
    Mat lost = random_mat(3, 5, 2);
    float before = kept.a[0];
    arena_rewind(&mem, mark);
    ck_assert_float_eq(kept.a[0], before);
#if defined __SANITIZE_ADDRESS__
    for (size_t i = 0; i < mat_size(lost); i++) ck_assert(__asan_address_is_poisoned(&lost.a[i]));
#elif defined DEBUG
    for (size_t i = 0; i < mat_size(lost); i++) ck_assert_float_nan(lost.a[i]);
#else
    ck_assert(mat_finite(lost)); /* a fast build does not touch it */
#endif
}
END_TEST

START_TEST(a_freed_arena_is_empty)
{
    Arena step = arena_new("step", MB(1));
    arena_free(&step);
    ck_assert_ptr_null(step.base);
    dies(arena_alloc(&step, 1), "arena 'step' is full");
}
END_TEST

/* ---- random numbers ---- */

START_TEST(the_generator_is_splitmix64_and_its_numbers_never_change)
{
    Rng zero = {0}, one = rng_new(1); /* key 0 gives the numbers published for SplitMix64 with seed 0 */
    ck_assert_uint_eq(rng_u64(&zero), 0xe220a8397b1dcdaf);
    ck_assert_uint_eq(rng_u64(&zero), 0x6e789e6aa1b965f4);
    ck_assert_uint_eq(rng_u64(&zero), 0x06c45d188009454f);
    ck_assert_uint_eq(rng_u64(&one), 0x41142829ae9e115e);
    ck_assert_uint_eq(rng_u64(&one), 0xe50c946b325658b5);
    ck_assert_uint_eq(rng_u64(&one), 0x5fb7237762d9c3e4);
}
END_TEST

START_TEST(neighbouring_seeds_have_nothing_in_common)
{
    enum { SEEDS = 200 };
    uint64_t first[SEEDS];
    for (uint64_t s = 0; s < SEEDS; s++) {
        Rng r = rng_new(s);
        first[s] = rng_u64(&r);
        for (uint64_t t = 0; t < s; t++) {
            int same = 64 - __builtin_popcountll(first[s] ^ first[t]);
            ck_assert_int_ge(same, 8); /* 32 in the mean, sd 4: 6 sd cover 20,000 pairs */
            ck_assert_int_le(same, 56);
        }
    }
}
END_TEST

/* Correlation of two streams of uniform numbers, times sqrt(n): a standard normal number if they are independent. */
static double correlation_z(Rng a, Rng b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += ((double)rng_uniform(&a) - .5) * ((double)rng_uniform(&b) - .5);
    return sum / n * 12 * sqrt(n);
}

START_TEST(split_streams_are_independent_of_parent_siblings_and_the_past)
{
    Rng parent = rng_new(3), child1 = rng_split(&parent);
    ck_assert_uint_eq(parent.count, 1); /* a split costs the parent one number */
    Rng child2 = rng_split(&parent), later = child1, grandchild = rng_split(&later);
    rng_u64(&later);
    const Rng stream[] = {parent, child1, child2, grandchild, later};
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < i; j++) within_5_se(correlation_z(stream[i], stream[j], 100000), 0, 1);
    Rng again = rng_new(3), same = rng_split(&again);
    ck_assert_uint_eq(same.key, child1.key);
}
END_TEST

START_TEST(uniform_numbers_fill_the_half_open_unit_interval_evenly)
{
    enum { N = 1000000 };
    Rng r = rng_new(4);
    double sum = 0, square = 0, lo = 1, hi = 0;
    for (int i = 0; i < N; i++) {
        double u = (double)rng_uniform(&r);
        lo = fmin(lo, u);
        hi = fmax(hi, u);
        sum += u - .5;
        square += (u - .5) * (u - .5);
    }
    ck_assert(0 <= lo && lo < 2e-5 && 1 - 2e-5 < hi && hi < 1);
    within_5_se(sum / N, 0, sqrt(1. / 12 / N));
    within_5_se(square / N, 1. / 12, sqrt(1. / 180 / N));
    Rng last = {.key = 0x31628af67b2131ab}; /* the one whose first number is 2^64 - 1 */
    ck_assert_float_lt(rng_uniform(&last), 1);
}
END_TEST

START_TEST(normal_numbers_have_the_moments_and_tails_of_a_gaussian)
{
    enum { N = 1000000 };
    Rng r = rng_new(5);
    double m1 = 0, m2 = 0, m3 = 0, m4 = 0, tail = 0;
    for (int i = 0; i < N; i++) {
        double z = (double)rng_normal(&r), z2 = z * z;
        m1 += z / N;
        m2 += z2 / N;
        m3 += z * z2 / N;
        m4 += z2 * z2 / N;
        tail += (fabs(z) > 3) / (double)N;
    }
    within_5_se(m1, 0, sqrt(1. / N));
    within_5_se(m2, 1, sqrt(2. / N));
    within_5_se(m3, 0, sqrt(15. / N));
    within_5_se(m4, 3, sqrt(96. / N)); /* E z^8 = 105, less 3^2 */
    within_5_se(tail, erfc(3 / sqrt(2)), sqrt(.0027 / N));
    Rng lowest = {.key = -0x9e3779b97f4a7c15u}; /* its first number is 0, whose logarithm must not be taken */
    ck_assert_float_finite(rng_normal(&lowest));
}
END_TEST

START_TEST(numbers_below_a_bound_are_all_equally_likely)
{
    enum { N = 70000, BOUND = 7 };
    Rng r = rng_new(6);
    int seen[BOUND] = {0};
    for (int i = 0; i < N; i++) {
        int k = rng_below(&r, BOUND);
        ck_assert(0 <= k && k < BOUND);
        seen[k]++;
    }
    for (int k = 0; k < BOUND; k++) within_5_se(seen[k], N / (double)BOUND, sqrt(N / 7. * 6 / 7));
    ck_assert_int_eq(rng_below(&r, 1), 0);
    dies(rng_below(&r, 0), "rng_below: wants a positive bound, got 0");
}
END_TEST

START_TEST(a_shuffle_is_a_permutation_and_each_is_equally_likely)
{
    enum { N = 48000 };
    Rng r = rng_new(7);
    int seen[256] = {0}, orders = 0; /* an order of 0..3 read as a number of base 4 */
    for (int i = 0; i < N; i++) {
        int v[] = {0, 1, 2, 3}, bits = 0;
        rng_shuffle(&r, v, 4);
        for (int j = 0; j < 4; j++) bits |= 1 << v[j];
        ck_assert_int_eq(bits, 15);
        seen[64 * v[0] + 16 * v[1] + 4 * v[2] + v[3]]++;
    }
    for (int k = 0; k < 256; k++) {
        if (!seen[k]) continue;
        orders++;
        within_5_se(seen[k], N / 24., sqrt(N / 24. * 23 / 24));
    }
    ck_assert_int_eq(orders, 24);
    rng_shuffle(&r, NULL, 0); /* nothing to shuffle is no error */
}
END_TEST

/* ---- clock and progress ---- */

START_TEST(the_clock_goes_forward)
{
    double before = now_s();
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    ck_assert_double_ge(now_s() - before, .002);
}
END_TEST

static void count_to(long n)
{
    for (long i = 1; i <= n; i++) progress(i, n, "loss %ld", i);
}

START_TEST(progress_is_a_plain_line_every_tenth_where_there_is_no_terminal)
{
    ends((count_to(200), count_to(1), count_to(1)), EXIT_OK, "    0% loss 1\n", "   10% loss 20\n",
         "  100% loss 200\n");
    int lines = 0;
    for (const char *p = child_err; *p; p++) {
        ck_assert_msg(*p == '\n' || *p >= ' ', "a control character among plain lines");
        lines += *p == '\n';
    }
    ck_assert_int_eq(lines, 11 + 1 + 1); /* 0 to 100%; and each run starts anew */
    ck_assert_str_eq(child_out, "");
}
END_TEST

START_TEST(progress_redraws_one_line_on_a_terminal_and_leaves_it_empty)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY), err = dup(STDERR_FILENO);
    ck_assert(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    dup2(slave, STDERR_FILENO);
    progress(50, 100, "half");
    progress(100, 100, "whole");
    dup2(err, STDERR_FILENO);
    close(slave);
    char text[1024] = ""; /* what was written may come in pieces */
    for (ssize_t n = 0, got; (got = read(master, text + n, sizeof text - 1 - (size_t)n)) > 0; n += got)
        ;
    ck_assert_ptr_null(strchr(text, '\n'));
    ck_assert_ptr_nonnull(strstr(text, "\r\033[K   50% [############            ] half"));
    ck_assert_str_eq(text + strlen(text) - 4, "\r\033[K");
}
END_TEST

static void first_words(void) { fputs("first\n", stderr); }
static void second_words(void) { fputs("second\n", stderr); }

static void die_with_words(void)
{
    at_death(first_words);
    at_death(second_words);
    at_death(first_words); /* again: counts once */
    die(EXIT_FAILED, "dead");
}

START_TEST(what_is_registered_for_death_runs_once_the_last_one_first)
{
    ends(die_with_words(), EXIT_FAILED, "dead\nsecond\nfirst\n");
    ck_assert_str_eq(child_err, "dead\nsecond\nfirst\n");
}
END_TEST

static void all_die(void)
{
    at_death(first_words);
#pragma omp parallel num_threads(4)
    die(EXIT_DIVERGED, "dead");
}

START_TEST(of_threads_that_die_at_once_one_is_heard)
{
    for (int turn = 0; turn < 50; turn++) {
        ends(all_die(), EXIT_DIVERGED, "dead");
        ck_assert_str_eq(child_err, "dead\nfirst\n");
    }
}
END_TEST

START_TEST(a_name_is_as_long_as_it_must_be)
{
    char *name = name_of(&mem, "%s_k%d.npy", "weights", 32), *second = name_of(&mem, "%0500d", 7);
    ck_assert_str_eq(name, "weights_k32.npy");
    ck_assert_int_eq(strlen(second), 500);
}
END_TEST

int main(void)
{
    return run_tests(
        "base", (const TTest *[]){a_false_check_prints_its_sentence_and_ends_with_status_1_and_a_true_one_says_nothing,
                                  die_takes_its_status_and_keeps_what_was_printed_before,
                                  allocations_are_aligned_and_do_not_overlap,
                                  an_arena_gives_all_it_has_and_then_dies_with_a_hint,
                                  a_size_near_the_end_of_numbers_does_not_wrap_around,
                                  memory_that_is_not_to_be_had_is_named_with_a_hint,
                                  what_is_rewound_is_handed_out_again,
                                  a_debug_build_poisons_what_is_forgotten_and_only_that,
                                  a_freed_arena_is_empty,
                                  the_generator_is_splitmix64_and_its_numbers_never_change,
                                  neighbouring_seeds_have_nothing_in_common,
                                  split_streams_are_independent_of_parent_siblings_and_the_past,
                                  uniform_numbers_fill_the_half_open_unit_interval_evenly,
                                  normal_numbers_have_the_moments_and_tails_of_a_gaussian,
                                  numbers_below_a_bound_are_all_equally_likely,
                                  a_shuffle_is_a_permutation_and_each_is_equally_likely,
                                  the_clock_goes_forward,
                                  progress_is_a_plain_line_every_tenth_where_there_is_no_terminal,
                                  progress_redraws_one_line_on_a_terminal_and_leaves_it_empty,
                                  what_is_registered_for_death_runs_once_the_last_one_first,
                                  of_threads_that_die_at_once_one_is_heard,
                                  a_name_is_as_long_as_it_must_be,
                                  NULL});
}
