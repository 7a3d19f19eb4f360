/* 03_deep_ae_plot.c: what the figures of lab 03 are drawn from; see 03_deep_ae_plot.h. */
#include "03_deep_ae_plot.h"

void plot_sweep(Lab *lab, Mat table, Mat linear, Arena *mem)
{
    csv_mat(lab->out, "sweep.csv", "k,weights,deep,pca", mat_join(mem, table, linear));
}

void plot_copies(Lab *lab, Mat linear, Mat deep, Data test, Arena *mem)
{
    int first[256] = {0};                               // the first test image of each class
    for (int i = test.x.n - 1; i >= 0; i--) first[test.label[i]] = i;
    Mat line[3] = {test.x, linear, deep};
    png_rows(lab->out, "copies.png", line, 3, first, sheet_of(test, test.classes, 3), mem);
}

void plot_codes(Lab *lab, Mat codes, Mat axes, Data test, Arena *mem)
{
    int some = codes.n < 3000 ? codes.n : 3000;
    Mat both = mat_rows(mat_join(mem, codes, axes), 0, some), class = mat_new(mem, some, 1);
    for (int i = 0; i < some; i++) class.a[i] = test.label[i];
    csv_mat(lab->out, "codes.csv", "z1,z2,pca1,pca2,class", mat_join(mem, both, class));
}

void plot_plane(Lab *lab, Net *dec, Plane plane, Data data, Arena *mem)
{
    csv_mat(lab->out, "plane.csv", "z1,z2,codes", mat_join(mem, plane.z, plane.count));
    png_sheet(lab->out, "plane.png", ae_picture(dec, plane.z, mem), sheet_of(data, SIDE, 2));
}

void plot_probe(Lab *lab, Mat copies, Mat drawn, Data data, Arena *mem)
{
    Mat line[2] = {copies, drawn};
    png_rows(lab->out, "probe.png", line, 2, NULL, sheet_of(data, SHOWN, 3), mem);
}

void plot_denoise(Lab *lab, Mat whole, Mat noisy, Mat plain, Mat fixed, Data data, Arena *mem)
{
    Mat line[4] = {whole, noisy, plain, fixed};
    png_rows(lab->out, "denoise.png", line, 4, NULL, sheet_of(data, SHOWN, 3), mem);
}
