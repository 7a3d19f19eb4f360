/* test_curve.c: curves in the plane: arc length, densities that integrate to 1, samples that follow them. */
#include "suite.h"

static const double pi = 3.141592653589793;

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

int main(void)
{
    return run_tests("curve",
                 (const TTest *[]){curves_pass_through_their_ends_and_middles,
                                   equal_steps_of_t_are_equal_steps_along_the_curve,
                                   every_curves_density_integrates_to_1,
                                   the_density_at_a_half_circles_centre_is_that_of_one_distance,
                                   curve_samples_lie_at_their_t_with_the_noise_asked_for,
                                   samples_without_noise_lie_on_the_curve_and_t_must_fit, NULL});
}
