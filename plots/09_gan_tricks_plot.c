/* 09_gan_tricks_plot.c: what the figures of lab 09 are drawn from; see 09_gan_tricks_plot.h. */
#include "09_gan_tricks_plot.h"
#include <math.h>

void plot_smoothing(Csv *csv, const char *name, float a, float b, Arena *mem)
{
    Mat y = {2, 1, (float[]){1, 0}};                    // one real, one fake
    Mat t = smooth_target(y, a, b, mem);
    for (int i = 0; i <= 160; i++) {
        float x = -4 + .05f * (float)i;
        float p = .8f * expf(-2 * (x + 1) * (x + 1)), q = .4f * expf(-(x - 1) * (x - 1) / 2);
        float best = (p * t.a[0] + q * t.a[1]) / (p + q);
        csv_row(csv, "%s,%.3g,%.4g,%.4g,%.4g", name, x, p, q, best);
    }
}

/* Real points lie at distance/2, fakes mirrored at -distance/2; the best D asks which side of 0 a
 * point is on. */
static float share_right(float distance, int third, Rng *rng, Arena *mem)
{
    enum { N = 20000 };
    Mat x = mat_new(mem, N, 1);
    mat_fill(x, distance / 2);
    Mat eps = mat_noise(mem, N, 1, rng);
    x = instance_noise(x, eps, 1, 3 - third, 3, mem);   // sd: so many thirds
    float right = 0;
    for (int i = 0; i < N; i++) right += x.a[i] > 0;
    return right / N;
}

void plot_noise(Lab *lab, Rng *rng, Arena *mem)
{
    Csv *csv = csv_open(lab->out, "noise.csv", "sd,distance,right");
    for (int third = 0; third <= 3; third++)
        for (int i = 0; i <= 40; i++) {
            float distance = .1f * (float)i;
            arena_reset(mem);
            float right = share_right(distance, third, rng, mem);
            csv_row(csv, "%.3g,%.3g,%.4g", third / 3., distance, right);
        }
    csv_close(csv);
}

void plot_failure(Lab *lab, Mat loss, Arena *mem)
{
    csv_mat(lab->out, "failure.csv", "none1,none2,none3,noise1,noise2,noise3",
            mat_transpose(mem, loss));
}
