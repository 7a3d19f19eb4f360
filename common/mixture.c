/* mixture.c: Gaussian mixtures in the plane. */
#include "gen.h"

#include <math.h>

static const double pi = 3.141592653589793;

static void add_mode(Mixture *m, float x, float y, float xx, float xy, float yy)
{
    check(m->n < MODES, "a mixture of more than %d modes", MODES);
    int i = m->n++;
    m->mode[i].mean[0] = x;
    m->mode[i].mean[1] = y;
    m->mode[i].cov[0] = xx;
    m->mode[i].cov[1] = xy;
    m->mode[i].cov[2] = yy;
    for (int j = 0; j < m->n; j++) m->mode[j].weight = 1.f / (float)m->n;
}

Mixture mixture_cloud(float sd1, float sd2, float degrees)
{
    Mixture m = {0};
    float a = degrees * (float)(pi / 180), c = cosf(a), s = sinf(a), u = sd1 * sd1, v = sd2 * sd2;
    add_mode(&m, 0, 0, c * c * u + s * s * v, c * s * (u - v), s * s * u + c * c * v);
    return m;
}

Mixture mixture_ring(int modes, float radius, float sd)
{
    Mixture m = {0};
    for (int i = 0; i < modes; i++) {
        double a = 2 * pi * i / modes;
        add_mode(&m, radius * (float)cos(a), radius * (float)sin(a), sd * sd, 0, sd * sd);
    }
    return m;
}

Mixture mixture_grid(int side, float spacing, float sd)
{
    Mixture m = {0};
    float middle = .5f * (float)(side - 1);
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
            add_mode(&m, spacing * ((float)j - middle), spacing * ((float)i - middle), sd * sd, 0, sd * sd);
    return m;
}

Mat mixture_sample(const Mixture *m, int n, int *which, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, 2);
    for (int i = 0; i < n; i++) {
        float u = rng_uniform(rng);
        int k = 0;
        while (k < m->n - 1 && u >= m->mode[k].weight) u -= m->mode[k++].weight;
        const float *cov = m->mode[k].cov;
        float l = sqrtf(cov[0]), e0 = rng_normal(rng), e1 = rng_normal(rng);    /* Cholesky factor of the covariance */
        row(x, i)[0] = m->mode[k].mean[0] + l * e0;
        row(x, i)[1] = m->mode[k].mean[1] + cov[1] / l * e0 + sqrtf(fmaxf(0, cov[2] - cov[1] * cov[1] / cov[0])) * e1;
        if (which) which[i] = k;
    }
    return x;
}

float mixture_log_density(const Mixture *m, const float x[2])
{
    double term[MODES];
    for (int k = 0; k < m->n; k++) {
        double dx = (double)(x[0] - m->mode[k].mean[0]), dy = (double)(x[1] - m->mode[k].mean[1]);
        double a = (double)m->mode[k].cov[0], b = (double)m->mode[k].cov[1], c = (double)m->mode[k].cov[2],
               det = a * c - b * b;
        double square = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / det;
        term[k] = log((double)m->mode[k].weight) - .5 * square - .5 * log(fmax(det, 1e-300)) - log(2 * pi);
    }
    return (float)log_sum_exp(term, m->n);
}
