/* 04_vae_plot.c: what the figures of lab 04 are drawn from; see 04_vae_plot.h. */
#include "04_vae_plot.h"

void plot_gradients(Lab *lab, const Mat *grad, int kinds, Arena *mem)
{
    Mat first = mat_cols(mem, grad[0], 0, 1);           // (n,kinds) in the end
    for (int k = 1; k < kinds; k++) first = mat_join(mem, first, mat_cols(mem, grad[k], 0, 1));
    csv_mat(lab->out, "gradients.csv", "score,baseline,reparam", first);
}

void plot_codes(Lab *lab, Mat vae, Mat ae, Data test, Arena *mem)
{
    Mat table = mat_new(mem, test.x.n, 1);
    for (int i = 0; i < table.n; i++) table.a[i] = test.label[i];
    table = mat_join(mem, table, mat_join(mem, vae, ae));
    csv_mat(lab->out, "codes.csv", "label,vae1,vae2,ae1,ae2", table);
}

/* ---- between codes ---- */

enum { PAIRS = 3, STEPS = 14 };
static const struct { int from, to; } pair[PAIRS] = {{0, 2}, {1, 8}, {6, 12}};  /* below PLOTTED */

Mat code_lines(Mat mu, Arena *mem)
{
    Mat z = mat_new(mem, PAIRS * STEPS, mu.d);
    for (int p = 0; p < PAIRS; p++) {
        const float *from = row(mu, pair[p].from), *to = row(mu, pair[p].to);
        for (int s = 0; s < STEPS; s++)
            for (int j = 0; j < mu.d; j++)
                row(z, p * STEPS + s)[j] = from[j] + (float)s / (STEPS - 1) * (to[j] - from[j]);
    }
    return z;
}

void plot_between(Lab *lab, Mat vae, Mat ae, Data data)
{
    png_sheet(lab->out, "between_vae.png", vae, sheet_of(data, STEPS, 2));
    png_sheet(lab->out, "between_ae.png", ae, sheet_of(data, STEPS, 2));
}

/* ---- sheets ---- */

void plot_grid(Lab *lab, Mat images, Data data)
{
    png_sheet(lab->out, "grid.png", images, sheet_of(data, GRID, 2));
}

void plot_samples(Lab *lab, Mat real, Mat reconstructed, Mat samples, Data data)
{
    enum { SHOWN = 12 };
    Sheet sheet = sheet_of(data, SHOWN, 2);
    png_sheet(lab->out, "real.png", mat_rows(real, 0, SHOWN), sheet);
    png_sheet(lab->out, "reconstructed.png", mat_rows(reconstructed, 0, SHOWN), sheet);
    png_sheet(lab->out, "samples.png", mat_rows(samples, 0, SHOWN), sheet);
}
