/* 07_gan_1d_plot.c: what the figures of lab 07 are drawn from; see 07_gan_1d_plot.h. */
#include "07_gan_1d_plot.h"

Mat d_of(Net *D, Mat x, Arena *mem)
{
    Mat v = net_eval(D, x, mem);
    for (int i = 0; i < v.n; i++) v.a[i] = sigma(v.a[i]);
    return v;
}

void plot_best(Lab *lab, int distance, Mat grid, Mat p, Mat q, Mat d, Arena *mem)
{
    Mat table = mat_join(mem, mat_join(mem, grid, p), mat_join(mem, q, d));
    csv_mat(lab->out, name_of(mem, "best_%d.csv", distance), "x,p,q,d", table);
}

void plot_estimate(Lab *lab, Mat grid, Mat p, Mat q, Mat d, Mat ratio, Arena *mem)
{
    Mat table = mat_join(mem, mat_join(mem, grid, p), mat_join(mem, q, d));
    table_write(lab->out, "estimate", "x,p,q,d,ratio", mat_join(mem, table, ratio));
}

void plot_slopes(Lab *lab, Arena *mem)
{
    Csv *csv = csv_open(lab->out, "slopes.csv", "logit,saturating,nonsaturating");
    for (int i = 0; i <= 160; i++) {
        float logit = -8 + .1f * (float)i;
        Mat v = {1, 1, &logit};
        double minimax = (double)g_loss(v, true, mem).grad.a[0];
        double other = (double)g_loss(v, false, mem).grad.a[0];
        csv_row(csv, "%.3g,%.5g,%.5g", (double)logit, minimax, other);
    }
    csv_close(csv);
}

/* ---- the film ---- */

enum { FRAMES = 37, NEEDLES = 401 };
struct Film { Csv *lines, *curves; Mat z, grid; int frame; };

Film *film_open(Lab *lab, Arena *keep)
{
    static const Line unit = {1, {1}, {0}, {1}};
    Film *film = arena_alloc(keep, sizeof *film);
    *film = (Film){.z = mat_new(keep, NEEDLES, 1), .grid = grid_points(-6, 6, GRID, 1, keep)};
    for (int i = 0; i < NEEDLES; i++)
        film->z.a[i] = (float)line_quantile(&unit, (i + .5) / NEEDLES);
    film->lines = csv_open(lab->out, "lines.csv", "frame,step,z,x");
    film->curves = csv_open(lab->out, "curves.csv", "frame,step,x,d");
    return film;
}

static void write_frame(Film *film, int step, Net *G, Net *D, Arena *mem)
{
    int f = film->frame;
    Mat d = d_of(D, film->grid, mem), x = net_eval(G, film->z, mem);
    for (int i = 0; i < NEEDLES; i++)
        csv_row(film->lines, "%d,%d,%.4g,%.5g", f, step, (double)film->z.a[i], (double)x.a[i]);
    for (int i = 0; i < GRID; i += 10)
        csv_row(film->curves, "%d,%d,%.4g,%.4g", f, step, (double)film->grid.a[i],
                (double)d.a[i]);
    csv_gap(film->lines);
    csv_gap(film->curves);
}

/* Frame f is due at the share (f / last)^2 of all steps. */
static bool due(const Film *film, int step, int steps)
{
    long last = FRAMES - 1, f = film->frame;
    return f < FRAMES && step * last * last >= f * f * steps;
}

void film_frames(Film *film, int step, int steps, Net *G, Net *D, Arena *mem)
{
    if (!film) return;
    while (due(film, step, steps)) {
        write_frame(film, step, G, D, mem);
        film->frame++;
    }
}

void film_close(Film *film)
{
    if (!film) return;
    csv_close(film->lines);
    csv_close(film->curves);
}
