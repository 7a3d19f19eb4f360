/* 08_gan_plot.c: what the figures of lab 08 are drawn from; see 08_gan_plot.h. */
#include "08_gan_plot.h"
#include <math.h>

static void write_block(Csv *csv, Mat x)
{
    for (int i = 0; i < x.n; i++) csv_row(csv, "%.4g,%.4g", row(x, i)[0], row(x, i)[1]);
    csv_gap(csv);
}

void plot_target(Lab *lab, const char *kind, const Mixture *m, Rng *rng, Arena *mem)
{
    Mat modes = mat_new(mem, m->n, 3);
    for (int k = 0; k < m->n; k++) {
        row(modes, k)[0] = m->mode[k].mean[0];
        row(modes, k)[1] = m->mode[k].mean[1];
        row(modes, k)[2] = sqrtf(m->mode[k].cov[0]);
    }
    table_write(lab->out, name_of(mem, "modes_%s", kind), "x1,x2,sd", modes);
    Mat real = mixture_sample(m, SHOWN, NULL, rng, mem);
    csv_mat(lab->out, name_of(mem, "real_%s.csv", kind), "x1,x2", real);
}

/* ---- films ---- */

struct Film { Csv *field, *samples, *warp, *arrows; };

Film *film_open(Lab *lab, const char *run, Arena *keep)
{
    Film *film = arena_alloc(keep, sizeof *film);
    film->field = csv_open(lab->out, name_of(keep, "%s-field.csv", run), "x1,x2,D");
    film->samples = csv_open(lab->out, name_of(keep, "%s-samples.csv", run), "x1,x2");
    film->warp = csv_open(lab->out, name_of(keep, "%s-warp.csv", run), "x1,x2");
    film->arrows = csv_open(lab->out, name_of(keep, "%s-arrows.csv", run), "x1,x2,dx1,dx2");
    return film;
}

void film_close(Film *film)
{
    if (!film) return;
    csv_close(film->field);
    csv_close(film->samples);
    csv_close(film->warp);
    csv_close(film->arrows);
}

static void write_field(Csv *csv, Net *D, Arena *mem)
{
    enum { SIDE = 71 };
    Mat at = grid_points(-1.6f, 1.6f, SIDE, 2, mem);
    Mat logit = net_eval(D, at, mem);
    for (int i = 0; i < at.n; i++)
        csv_row(csv, "%.4g,%.4g,%.3f", row(at, i)[0], row(at, i)[1], 1 / (1 + exp(-logit.a[i])));
    csv_gap(csv);
}

/* The lines of a grid of noise, [-2,2]^2, each carried through G: first those along z2, then z1. */
static void write_warp(Csv *csv, Net *G, Arena *mem)
{
    enum { LINES = 13, NODES = 41 };
    for (int line = 0; line < 2 * LINES; line++) {
        Mat z = mat_new(mem, NODES, 2);
        int fixed = line % 2, along = 1 - fixed;
        for (int i = 0; i < NODES; i++) {
            row(z, i)[fixed] = -2 + 4.f * (float)(line / 2) / (LINES - 1);
            row(z, i)[along] = -2 + 4.f * (float)i / (NODES - 1);
        }
        write_block(csv, net_eval(G, z, mem));
    }
}

/* Which way G's loss falls at each sample: of that sample's own loss, not of the mean. */
static void write_arrows(Csv *csv, Net *D, GLoss loss, Mat x, Arena *mem)
{
    Trace t = trace(mem, TRAIN);
    Loss L = bce_logits_to(net_forward(D, x, &t), loss == FOOLING, mem);
    float downhill = loss == FOOLING ? -1 : 1;
    mat_scale(L.grad, downhill * (float)x.n);
    Mat down = net_backward(D, L.grad, &t, WRT_INPUT);
    for (int i = 0; i < x.n; i++) {
        const float *at = row(x, i), *to = row(down, i);
        csv_row(csv, "%.4g,%.4g,%.4g,%.4g", at[0], at[1], to[0], to[1]);
    }
    csv_gap(csv);
}

void film_frame(Film *film, Game *game, Mat samples, Arena *mem)
{
    enum { SOME = 60 };
    if (!film) return;
    arena_reset(mem);
    write_field(film->field, &game->D, mem);
    write_block(film->samples, samples);
    write_warp(film->warp, &game->G, mem);
    write_arrows(film->arrows, &game->D, game->loss, mat_rows(samples, 0, SOME), mem);
}

/* ---- curves and last samples ---- */

void curve_add(LossCurve *curve, long round, long rounds, Losses loss)
{
    long at = round * STRETCHES / rounds;
    curve->d[at] += loss.d;
    curve->g[at] += loss.g;
    curve->n[at]++;
}

void curve_write(Csv *csv, const char *run, const LossCurve *curve, long rounds)
{
    for (int p = 0; p < STRETCHES; p++) {
        int n = curve->n[p];
        if (n == 0) continue;
        long round = p * rounds / STRETCHES;
        csv_row(csv, "%s,%ld,%.4g,%.4g", run, round, curve->d[p] / n, curve->g[p] / n);
    }
}

void plot_last(Lab *lab, const char *kind, Mat all, int seeds, int some, Arena *mem)
{
    Csv *csv = csv_open(lab->out, name_of(mem, "last_%s.csv", kind), "x1,x2");
    int n = all.n / seeds;
    for (int s = 0; s < seeds; s++) write_block(csv, mat_rows(all, s * n, some));
    csv_close(csv);
}
