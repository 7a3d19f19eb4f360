/* test_line.c: densities on the line: mass, quantiles, samples, and distances with known answers. */
#include "suite.h"

static const Line unit = {1, {1}, {0}, {1}}, two = {2, {.3f, .7f}, {-2, 1}, {.5f, 1.5f}};

START_TEST(the_density_is_the_slope_of_the_cumulative_and_its_mass_is_1)
{
    double mass = 0;
    for (int i = -1200; i < 1200; i++) mass += line_density(&two, .01 * i) * .01;
    close_to(mass, 1, 1e-6);
    for (double x = -4; x < 4; x += .37)
        close_to((line_cumulative(&two, x + 1e-4) - line_cumulative(&two, x - 1e-4)) / 2e-4, line_density(&two, x),
                 1e-6);
    close_to(line_cumulative(&unit, 1.959963985), .975, 1e-9);
    close_to(line_density(&unit, 1), .24197072451914337, 1e-9);
    mats_close(line_densities(&unit, (Mat){3, 1, (float[]){-1, 0, 1}}, &mem),
               ((Mat){3, 1, (float[]){.24197072f, .39894228f, .24197072f}}), 1e-6, 0);
    dies(line_densities(&unit, mat_zeros(&mem, 1, 3), &mem), "points (1,3), a column is wanted");
}
END_TEST

START_TEST(quantiles_turn_the_cumulative_round)
{
    for (double share = .001; share < 1; share += .0499)
        close_to(line_cumulative(&two, line_quantile(&two, share)), share, 1e-9);
    close_to(line_quantile(&unit, .5), 0, 1e-9);
    close_to(line_quantile(&unit, .025), -1.959963985, 1e-8);
    dies(line_quantile(&unit, 0), "between 0 and 1, not at 0");
    dies(line_quantile(&unit, 1), "between 0 and 1, not at 1");
}
END_TEST

START_TEST(samples_follow_the_mixture)
{
    enum { N = 40000 };
    Rng rng = rng_new(3);
    Mat x = line_sample(&two, N, &rng, &mem);
    close_to(line_sd(&two), sqrt(.3 * (4 + .25) + .7 * (1 + 2.25) - .1 * .1), 1e-6);
    double mean = (double)mat_mean(x), square = mat_dot(x, x) / N;
    close_to(mean, .1, 4 * line_sd(&two) / sqrt(N));
    close_to(sqrt(square - mean * mean), line_sd(&two), .03);
    ck_assert(line_w1(x, &two, &mem) < .03);
    ck_assert(line_js(x, &two, -7, 7, 50) < .001);
}
END_TEST

START_TEST(a_shift_costs_its_length_and_order_does_not_matter)
{
    enum { N = 2000 };
    Mat x = mat_new(&mem, N, 1);
    for (int i = 0; i < N; i++) x.a[N - 1 - i] = (float)(line_quantile(&two, (i + .5) / N) + .25);
    Mat before = mat_copy(&mem, x);
    close_to(line_w1(x, &two, &mem), .25, 1e-5);
    ck_assert(!memcmp(before.a, x.a, N * sizeof *x.a)); /* sorted elsewhere */
    dies(line_w1(mat_zeros(&mem, 2, 2), &two, &mem), "points (2,2), a column is wanted");
}
END_TEST

START_TEST(js_is_ln_2_for_strangers_and_0_for_twins)
{
    enum { N = 1000 };
    Mat x = mat_new(&mem, N, 1);
    mat_fill(x, 50); /* outside: the last bin, where unit has nothing */
    close_to(line_js(x, &unit, -9, 90, 40), log(2), 1e-9);
    for (int i = 0; i < N; i++) x.a[i] = i < N / 2 ? -1 : 1;
    close_to(line_js(x, &unit, -8, 8, 2), 0, 1e-9);
    for (int i = 0; i < N; i++) x.a[i] = i < N / 4 ? -1 : 1;
    close_to(line_js(x, &unit, -8, 8, 2),
             .5 * (.5 * log(.5 / .375) + .25 * log(.25 / .375) + .5 * log(.5 / .625) + .75 * log(.75 / .625)), 1e-9);
    dies(line_js(x, &unit, 1, -1, 2), "2 bins from 1 to -1");
}
END_TEST

int main(void)
{
    return run_tests("line", (const TTest *[]){the_density_is_the_slope_of_the_cumulative_and_its_mass_is_1,
                                               quantiles_turn_the_cumulative_round, samples_follow_the_mixture,
                                               a_shift_costs_its_length_and_order_does_not_matter,
                                               js_is_ln_2_for_strangers_and_0_for_twins, NULL});
}
