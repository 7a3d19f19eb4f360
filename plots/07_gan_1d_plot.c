/* 07_gan_1d_plot.c: what the figures of lab 07 are drawn from; see 07_gan_1d_plot.h. */
#include "07_gan_1d_plot.h"

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

void plot_slopes(Lab *lab, Mat rows)
{
    Csv *csv = csv_open(lab->out, "slopes.csv", "logit,saturating,nonsaturating");
    for (int i = 0; i < rows.n; i++) {
        const float *r = row(rows, i);
        csv_row(csv, "%.3g,%.5g,%.5g", (double)r[0], (double)r[1], (double)r[2]);
    }
    csv_close(csv);
}

/* ---- the film ---- */

enum { FRAMES = 37 };
struct Film { Csv *lines, *curves; Mat z, grid; int frame; };

Film *film_open(Lab *lab, Mat z, Mat grid, Arena *keep)
{
    Film *film = arena_alloc(keep, sizeof *film);
    *film = (Film){.z = z, .grid = grid};
    film->lines = csv_open(lab->out, "lines.csv", "frame,step,z,x");
    film->curves = csv_open(lab->out, "curves.csv", "frame,step,x,d");
    return film;
}

/* Frame f is due at the share (f / last)^2 of all steps. */
bool film_due(const Film *film, int step, int steps)
{
    if (!film || film->frame >= FRAMES) return false;
    long last = FRAMES - 1, f = film->frame;
    return step * last * last >= f * f * steps;
}

void film_frames(Film *film, int step, int steps, Mat x, Mat d)
{
    while (film_due(film, step, steps)) {
        int f = film->frame;
        for (int i = 0; i < x.n; i++)
            csv_row(film->lines, "%d,%d,%.4g,%.5g", f, step, (double)film->z.a[i], (double)x.a[i]);
        for (int i = 0; i < GRID; i += 10)
            csv_row(film->curves, "%d,%d,%.4g,%.4g", f, step, (double)film->grid.a[i],
                    (double)d.a[i]);
        csv_gap(film->lines);
        csv_gap(film->curves);
        film->frame++;
    }
}

void film_close(Film *film)
{
    if (!film) return;
    csv_close(film->lines);
    csv_close(film->curves);
}
