/* Tests of score.c: coverage of planted samples, and intervals by hand. */
#include "suite.h"

#include <math.h>

static void put(Mat x, int i, double a, double b)
{
    row(x, i)[0] = (float)a;
    row(x, i)[1] = (float)b;
}

START_TEST(planted_samples_are_counted)
{
    Mixture m = mixture_grid(2, 2, .1f); /* modes at (-1,-1) (1,-1) (-1,1) (1,1); the fair share of 16 is 4 */
    Mat x = mat_new(&mem, 16, 2);
    for (int i = 0; i < 16; i++) put(x, i, i < 8 ? -1 : 1, -1); /* 8 and 8 */
    put(x, 0, -1.1, 1); /* two at the third mode: half the fair share counts */
    put(x, 1, -1, 1.1);
    put(x, 2, 1, 1); /* one at the fourth: not enough */
    put(x, 3, 0, .2); /* a bridge: near none, nearest to the third or fourth */
    ModeScore s = mode_score(x, &m);
    ck_assert_int_eq(s.modes, 3);
    ck_assert_double_eq_tol(s.hq, 15 / 16., 1e-12);
    ck_assert_double_eq_tol(s.width, sqrt(.02 / (2 * 15 * .01)), 1e-5);
}
END_TEST

START_TEST(three_sd_is_the_border)
{
    Mixture m = mixture_ring(1, 0, .1f);
    Mat x = mat_new(&mem, 2, 2);
    put(x, 0, .299, 0);
    put(x, 1, .301, 0);
    ck_assert_double_eq_tol(mode_score(x, &m).hq, .5, 1e-12);
}
END_TEST

START_TEST(reverse_kl_by_hand)
{
    Mixture m = mixture_grid(2, 2, .1f);
    Mat x = mat_new(&mem, 8, 2);
    for (int i = 0; i < 8; i++) put(x, i, i < 4 ? -1 : 1, -1); /* two modes of four, equally: ln 2 */
    ck_assert_double_eq_tol(mode_score(x, &m).revkl, log(2), 1e-12);
    for (int i = 0; i < 8; i++) put(x, i, -1, -1);
    ck_assert_double_eq_tol(mode_score(x, &m).revkl, log(4), 1e-12);
}
END_TEST

START_TEST(the_mixture_itself_scores_what_theory_says)
{
    Mixture m = mixture_grid(5, 2, .05f);
    Rng rng = rng_new(3);
    ModeScore s = mode_score(mixture_sample(&m, 100000, NULL, &rng, &mem), &m);
    ck_assert_int_eq(s.modes, 25);
    ck_assert_double_eq_tol(s.hq, 1 - exp(-4.5), 5 * sqrt(.0111 * .9889 / 100000));
    ck_assert_double_eq_tol(s.width, sqrt(1 - 4.5 * exp(-4.5) / (1 - exp(-4.5))), .01);
    ck_assert(s.revkl >= 0 && s.revkl < 5e-4); /* (modes - 1) / 2n on average */
    dies(mode_score((Mat){0, 2, NULL}, &m), "mode_score: wants points");
}
END_TEST

START_TEST(intervals_by_hand)
{
    double half;
    ck_assert_double_eq_tol(mean_interval((double[]){1, 2, 3, 4, 5}, 5, &half), 3, 1e-12);
    ck_assert_double_eq_tol(half, 2.7764 * sqrt(2.5 / 5), 1e-9);
    ck_assert_double_eq_tol(mean_interval((double[]){7, 7}, 2, &half), 7, 1e-12);
    ck_assert_double_eq_tol(half, 0, 1e-12);
    dies(mean_interval((double[]){1}, 1, &half), "a single run has no interval");
}
END_TEST

START_TEST(intervals_hold_the_truth_19_times_of_20)
{
    Rng rng = rng_new(8);
    int held = 0;
    for (int trial = 0; trial < 4000; trial++) {
        double v[6], half, mean;
        for (int i = 0; i < 6; i++) v[i] = (double)rng_normal(&rng);
        mean = mean_interval(v, 6, &half);
        held += fabs(mean) < half;
    }
    ck_assert_double_eq_tol(held / 4000., .95, 5 * sqrt(.95 * .05 / 4000));
}
END_TEST

int main(void)
{
    return run_tests("score", (const TTest *[]){planted_samples_are_counted, three_sd_is_the_border, reverse_kl_by_hand,
                                                the_mixture_itself_scores_what_theory_says, intervals_by_hand,
                                                intervals_hold_the_truth_19_times_of_20, NULL});
}
