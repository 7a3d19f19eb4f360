/* 00_unsupervised_plot.c: what the figures of lab 00 are drawn from; see 00_unsupervised_plot.h. */
#include "00_unsupervised_plot.h"

void plot_centroids(Csv *trail, int step, Mat c, double inertia)
{
    for (int k = 0; k < c.n; k++)
        csv_row(trail, "%d,%d,%.6g,%.6g,%.6g", step, k, row(c, k)[0], row(c, k)[1], inertia);
}

void plot_axes(Lab *lab, Mat x, Eig e, Arena *mem)
{
    table_write(lab->out, "cloud", "x1,x2", x);
    Mat axes = mat_join(mem, mat_transpose(mem, e.value), mat_transpose(mem, e.vec));   // (2,3)
    table_write(lab->out, "axes", "variance,v1,v2", axes);
}

void plot_codes(Lab *lab, Data centred, Eig e, Arena *mem)
{
    Mat code = mat_mul(mem, centred.x, mat_cols(mem, e.vec, 0, 2));     // (n,2)
    Mat label = mat_new(mem, code.n, 1);
    for (int i = 0; i < label.n; i++) label.a[i] = centred.label[i];
    csv_mat(lab->out, "codes.csv", "z1,z2,label", mat_join(mem, code, label));
}

void plot_components(Lab *lab, Gmm m, Arena *mem)
{
    const char *header = m.mean.d == 1 ? "weight,m1,c11" : "weight,m1,m2,c11,c12,c21,c22";
    Mat table = mat_join(mem, mat_transpose(mem, m.weight), m.mean);
    table = mat_join(mem, table, m.cov);                // (K, 1 + d + d*d)
    table_write(lab->out, name_of(mem, "components_%dd", m.mean.d), header, table);
}

void plot_density(Lab *lab, Mat samples, Mat columns, Arena *mem)
{
    int d = samples.d;
    const char *at = d == 1 ? "x1" : "x1,x2";
    table_write(lab->out, name_of(mem, "samples_%dd", d), at, samples);
    char *header = name_of(mem, "%s,truth,histogram,kernel,mixture", at);
    table_write(lab->out, name_of(mem, "density_%dd", d), header, columns);
}
