/* test_toy.c: mixtures and curves in the plane: densities that integrate to 1, samples that follow them, layouts. */
#include "suite.h"

static const double pi = 3.141592653589793;

/* Integrals over the plane by the trapezoid rule. For a Gaussian of sd s a grid as wide as s errs by some e^(-2 pi^2).
 */
static double mass(double (*density)(const float x[2], const void *of), const void *of, double half_side, double step)
{
    int n = (int)ceil(half_side / step);
    double sum = 0;
    for (int i = -n; i <= n; i++)
        for (int j = -n; j <= n; j++) sum += density((float[]){(float)(step * j), (float)(step * i)}, of);
    return sum * step * step;
}

/* ---- mixtures ---- */

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

/* ---- curves ---- */

static const Curve curve[] = {HALF_CIRCLE, SINE, SPIRAL};

static void passes_through(Curve c, float t, double x, double y)
{
    float p[2];
    curve_point(c, t, p);
    close_to(p[0], x, 1e-5);
    close_to(p[1], y, 1e-5);
}

START_TEST(curves_pass_through_their_ends_and_middles)
{
    passes_through(HALF_CIRCLE, 0, 1, 0);
    passes_through(HALF_CIRCLE, .5f, 0, 1);
    passes_through(HALF_CIRCLE, 1, -1, 0);
    passes_through(SINE, 0, -1, 0);
    passes_through(SINE, .25f, -.5, .6);
    passes_through(SINE, .5f, 0, 0);
    passes_through(SINE, 1, 1, 0);
    passes_through(SPIRAL, 0, .15, 0);
    passes_through(SPIRAL, 1, -1, 0);
    passes_through(SPIRAL, 1.5f, -1, 0); /* beyond its end a curve stays there */
    passes_through(SINE, -.5f, -1, 0);
}
END_TEST

START_TEST(equal_steps_of_t_are_equal_steps_along_the_curve)
{
    enum { STEPS = 500 };
    for (int c = 0; c < 3; c++) {
        double chord[STEPS], total = 0;
        float p[2], q[2];
        for (int i = 0; i < STEPS; i++) {
            curve_point(curve[c], (float)i / STEPS, p);
            curve_point(curve[c], (float)(i + 1) / STEPS, q);
            chord[i] = hypot((double)(q[0] - p[0]), (double)(q[1] - p[1]));
            total += chord[i];
        }
        for (int i = 0; i < STEPS; i++) close_to(chord[i] * STEPS / total, 1, 2e-3);
        if (curve[c] == HALF_CIRCLE) close_to(total, pi, 1e-4);
    }
}
END_TEST

typedef struct {
    Curve c;
    float sd;
} Blurred;
static double curve_density(const float x[2], const void *of)
{
    const Blurred *b = of;
    return exp((double)curve_log_density(b->c, b->sd, x));
}

START_TEST(every_curves_density_integrates_to_1)
{
    for (int c = 0; c < 3; c++) {
        Blurred b = {curve[c], .2f};
        close_to(mass(curve_density, &b, 2.2, .2), 1, 1e-5);
    }
}
END_TEST

START_TEST(the_density_at_a_half_circles_centre_is_that_of_one_distance)
{
    close_to(curve_log_density(HALF_CIRCLE, .3f, (float[]){0, 0}), -.5 / .09 - log(2 * pi * .09), 1e-5);
    close_to(curve_log_density(HALF_CIRCLE, .3f, (float[]){0, 1000}), -.5 * 999 * 999 / .09, 1e3); /* finite far out */
}
END_TEST

START_TEST(curve_samples_lie_at_their_t_with_the_noise_asked_for)
{
    enum { N = 20000 };
    for (int c = 0; c < 3; c++) {
        Rng rng = rng_new(4);
        Mat t = mat_new(&mem, N, 1), x = curve_sample(curve[c], N, .1f, t, &rng, &mem);
        double mean_t = 0, noise[2] = {0}, square = 0;
        for (int i = 0; i < N; i++) {
            float p[2];
            curve_point(curve[c], t.a[i], p);
            mean_t += (double)t.a[i] / N;
            for (int j = 0; j < 2; j++) {
                double e = (double)(row(x, i)[j] - p[j]);
                noise[j] += e / N;
                square += e * e / (2 * N);
            }
        }
        within_5_se(mean_t, .5, sqrt(1. / 12 / N));
        for (int j = 0; j < 2; j++) within_5_se(noise[j], 0, .1 / sqrt(N));
        within_5_se(square, .01, .01 * sqrt(2. / (2 * N)));
    }
}
END_TEST

START_TEST(samples_without_noise_lie_on_the_curve_and_t_must_fit)
{
    Rng rng = rng_new(5);
    Mat t = mat_new(&mem, 100, 1), x = curve_sample(HALF_CIRCLE, 100, 0, t, &rng, &mem);
    for (int i = 0; i < 100; i++) close_to(hypot((double)row(x, i)[0], (double)row(x, i)[1]), 1, 1e-6);
    dies(curve_sample(SINE, 50, 0, t, &rng, &mem), "curve_sample: t is (100,1), want (50,1)");
}
END_TEST

/* ---- grids and counts ---- */

START_TEST(log_sum_exp_neither_overflows_nor_loses_what_is_small)
{
    close_to(log_sum_exp((double[]){log(1), log(2), log(5)}, 3), log(8), 1e-12);
    close_to(log_sum_exp((double[]){-1000, -1000}, 2), log(2) - 1000, 1e-12);
    close_to(log_sum_exp((double[]){1000, 0}, 2), 1000, 1e-12);
    close_to(log_sum_exp((double[]){-INFINITY, 3}, 2), 3, 1e-12);
    ck_assert(log_sum_exp((double[]){-INFINITY, -INFINITY}, 2) == -INFINITY);
}
END_TEST

START_TEST(grid_points_go_from_end_to_end_first_coordinate_fastest)
{
    Mat line = grid_points(-1, 1, 5, 1, &mem), plane = grid_points(0, 2, 3, 2, &mem);
    ck_assert(line.n == 5 && line.d == 1 && plane.n == 9 && plane.d == 2);
    for (int i = 0; i < 5; i++) close_to(line.a[i], -1 + .5 * i, 1e-7);
    for (int i = 0; i < 9; i++) {
        close_to(row(plane, i)[0], i % 3, 1e-7);
        close_to(row(plane, i)[1], i / 3, 1e-7);
    }
    dies(grid_points(0, 1, 1, 2, &mem), "grid_points: 1 points a side in 2 dimensions");
    dies(grid_points(0, 1, 1000, 4, &mem), "grid_points: 1000 points a side in 4 dimensions");
}
END_TEST

START_TEST(a_histogram_counts_by_hand)
{
    Mat x = {3, 1, (float[]){.1f, .2f, .9f}},
        q = {4, 1, (float[]){.3f, .6f, -5, 7}}; /* two bins on [0,1]: 2.5 and 1.5 of 4, width 1/2 */
    Mat log_p = histogram_log_density(x, q, 0, 1, 2, &mem);
    for (int i = 0; i < 4; i++) close_to(log_p.a[i], log((i % 2 ? 1.5 : 2.5) / 4 / .5), 1e-6);
    Mat plane = histogram_log_density((Mat){1, 2, (float[]){.9f, .1f}}, (Mat){2, 2, (float[]){.8f, .2f, .2f, .8f}}, 0,
                                      1, 2, &mem);
    close_to(plane.a[0], log(1.5 / 3 / .25), 1e-6);
    close_to(plane.a[1], log(.5 / 3 / .25), 1e-6);
    dies(histogram_log_density(x, q, 1, 1, 2, &mem), "histogram: 2 bins on [1, 1]");
    dies(histogram_log_density(x, grid_points(0, 1, 3, 2, &mem), 0, 1, 2, &mem), "in 1 dimensions, asked in 2");
}
END_TEST

START_TEST(a_histogram_integrates_to_1)
{
    for (int d = 1; d <= 2; d++) {
        Mat q = grid_points(-2 + 4. / 80, 2 - 4. / 80, 40, d, &mem),
            log_p = histogram_log_density(random_mat(200, d, 1), q, -2, 2, 10, &mem);
        double sum = 0; /* four points to a bin, none on an edge */
        for (int i = 0; i < q.n; i++) sum += exp((double)log_p.a[i]) * pow(.1, d);
        close_to(sum, 1, 1e-5);
    }
}
END_TEST

int main(void)
{
    return run_tests(
        "toy",
        (const TTest *[]){every_mixtures_density_integrates_to_1, the_density_of_one_gaussian_is_the_textbooks,
                          a_clouds_long_axis_lies_at_its_angle, a_ring_goes_round_from_the_x_axis,
                          a_grid_is_centred_and_evenly_spaced, samples_of_a_cloud_have_its_moments_and_its_entropy,
                          samples_choose_their_mode_by_weight_and_say_which,
                          a_cloud_as_flat_as_a_line_still_gives_numbers, curves_pass_through_their_ends_and_middles,
                          equal_steps_of_t_are_equal_steps_along_the_curve, every_curves_density_integrates_to_1,
                          the_density_at_a_half_circles_centre_is_that_of_one_distance,
                          curve_samples_lie_at_their_t_with_the_noise_asked_for,
                          samples_without_noise_lie_on_the_curve_and_t_must_fit,
                          log_sum_exp_neither_overflows_nor_loses_what_is_small,
                          grid_points_go_from_end_to_end_first_coordinate_fastest, a_histogram_counts_by_hand,
                          a_histogram_integrates_to_1, NULL});
}
