/* test_mixture.c: mixtures in the plane: densities that integrate to 1, samples that follow them, layouts. */
#include "suite.h"

static const double pi = 3.141592653589793;

static double mixture_density(const float x[2], const void *m) { return exp((double)mixture_log_density(m, x)); }

START_TEST(every_mixtures_density_integrates_to_1)
{
    Mixture cloud = mixture_cloud(2, .5f, 30), ring = mixture_ring(8, 2, .2f), grid = mixture_grid(5, 1, .15f);
    close_to(mass(mixture_density, &cloud, 14, .25), 1, 1e-5);
    close_to(mass(mixture_density, &ring, 4, .15), 1, 1e-5);
    close_to(mass(mixture_density, &grid, 4, .1), 1, 1e-5);
}
END_TEST

START_TEST(the_density_of_one_gaussian_is_the_textbooks)
{
    Mixture m = mixture_cloud(2, .5f, 90); /* long axis upright: x / .5, y / 2 */
    double top = -log(2 * pi * 2 * .5);
    close_to(mixture_log_density(&m, (float[]){0, 0}), top, 1e-5);
    close_to(mixture_log_density(&m, (float[]){.5f, 2}), top - 1, 1e-5);
    close_to(mixture_log_density(&m, (float[]){100, 0}), top - 20000, .1); /* far out: finite, no log 0 */
}
END_TEST

START_TEST(a_clouds_long_axis_lies_at_its_angle)
{
    for (int degrees = -75; degrees <= 75; degrees += 30) {
        Mixture m = mixture_cloud(2, .5f, (float)degrees);
        const float *c = m.mode[0].cov;
        ck_assert(m.n == 1 && m.mode[0].weight == 1 && m.mode[0].mean[0] == 0 && m.mode[0].mean[1] == 0);
        Eig e = mat_eigh(&mem, (Mat){2, 2, (float[]){c[0], c[1], c[1], c[2]}}, 2);
        mats_close(e.value, ((Mat){1, 2, (float[]){4, .25f}}), 1e-5, 0);
        close_to(atan(row(e.vec, 1)[0] / row(e.vec, 0)[0]) * 180 / pi, degrees, 1e-3);
    }
}
END_TEST

START_TEST(a_ring_goes_round_from_the_x_axis)
{
    Mixture m = mixture_ring(8, 2, .1f);
    ck_assert_int_eq(m.n, 8);
    for (int k = 0; k < 8; k++) {
        close_to(m.mode[k].mean[0], 2 * cos(pi * k / 4), 1e-6);
        close_to(m.mode[k].mean[1], 2 * sin(pi * k / 4), 1e-6);
        close_to(m.mode[k].weight, .125, 1e-9);
        close_to(m.mode[k].cov[0], .01, 1e-8);
        ck_assert(m.mode[k].cov[1] == 0 && m.mode[k].cov[2] == m.mode[k].cov[0]);
    }
}
END_TEST

START_TEST(a_grid_is_centred_and_evenly_spaced)
{
    Mixture m = mixture_grid(5, .5f, .1f), full = mixture_grid(8, 1, .1f);
    ck_assert_int_eq(m.n, 25);
    ck_assert_int_eq(full.n, MODES);
    for (int k = 0; k < 25; k++) {
        close_to(m.mode[k].mean[0], .5 * (k % 5 - 2), 1e-6);
        close_to(m.mode[k].mean[1], .5 * (k / 5 - 2), 1e-6);
        close_to(m.mode[k].weight, .04, 1e-8);
    }
    dies(mixture_grid(9, 1, .1f), "a mixture of more than 64 modes");
    dies(mixture_ring(65, 1, .1f), "a mixture of more than 64 modes");
}
END_TEST

START_TEST(samples_of_a_cloud_have_its_moments_and_its_entropy)
{
    enum { N = 100000 };
    Mixture m = mixture_cloud(2, .5f, 30);
    Rng rng = rng_new(1);
    Mat x = mixture_sample(&m, N, NULL, &rng, &mem);
    double mx = 0, my = 0, xx = 0, xy = 0, yy = 0, entropy = 0;
    for (int i = 0; i < N; i++) {
        double a = (double)row(x, i)[0], b = (double)row(x, i)[1];
        mx += a / N;
        my += b / N;
        xx += a * a / N;
        xy += a * b / N;
        yy += b * b / N;
        entropy -= (double)mixture_log_density(&m, row(x, i)) / N;
    }
    const float *c = m.mode[0].cov;
    double cx = (double)c[0], cxy = (double)c[1], cy = (double)c[2];
    within_5_se(mx, 0, sqrt(cx / N));
    within_5_se(my, 0, sqrt(cy / N));
    within_5_se(xx, cx, cx * sqrt(2. / N));
    within_5_se(yy, cy, cy * sqrt(2. / N));
    within_5_se(xy, cxy, sqrt((cx * cy + cxy * cxy) / N));
    within_5_se(entropy, 1 + log(2 * pi * 2 * .5), sqrt(1. / N)); /* half a chi-square of 2 degrees: variance 1 */
}
END_TEST

START_TEST(samples_choose_their_mode_by_weight_and_say_which)
{
    enum { N = 80000 };
    Mixture m = mixture_ring(8, 2, .1f);
    /* .25 together, as before */
    m.mode[0].weight = .03f;
    m.mode[1].weight = .22f;
    Rng rng = rng_new(2);
    int which[N], count[8] = {0};
    double sum[8][2] = {{0}};
    Mat x = mixture_sample(&m, N, which, &rng, &mem);
    for (int i = 0; i < N; i++) {
        count[which[i]]++;
        for (int j = 0; j < 2; j++) sum[which[i]][j] += (double)row(x, i)[j];
    }
    for (int k = 0; k < 8; k++) {
        double w = (double)m.mode[k].weight;
        within_5_se(count[k], N * w, sqrt(N * w * (1 - w)));
        for (int j = 0; j < 2; j++) within_5_se(sum[k][j] / count[k], (double)m.mode[k].mean[j], .1 / sqrt(count[k]));
    }
}
END_TEST

START_TEST(a_cloud_as_flat_as_a_line_still_gives_numbers)
{
    for (int degrees = 0; degrees < 180; degrees++) {
        Mixture m = mixture_cloud(1, 1e-4f, (float)degrees);
        Rng rng = rng_new(3);
        ck_assert_msg(mat_finite(mixture_sample(&m, 10, NULL, &rng, &mem)), "at %d degrees", degrees);
    }
}
END_TEST

int main(void)
{
    return run_tests("mixture",
                 (const TTest *[]){every_mixtures_density_integrates_to_1,
                                   the_density_of_one_gaussian_is_the_textbooks, a_clouds_long_axis_lies_at_its_angle,
                                   a_ring_goes_round_from_the_x_axis, a_grid_is_centred_and_evenly_spaced,
                                   samples_of_a_cloud_have_its_moments_and_its_entropy,
                                   samples_choose_their_mode_by_weight_and_say_which,
                                   a_cloud_as_flat_as_a_line_still_gives_numbers, NULL});
}
