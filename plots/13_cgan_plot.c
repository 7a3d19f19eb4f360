/* 13_cgan_plot.c: what the figures of lab 13 are drawn from; see 13_cgan_plot.h. */
#include "13_cgan_plot.h"
#include <stdio.h>

void plot_condition(Lab *lab, Data images, Mat y, Arena *mem)
{
    Mat tile = mat_new(mem, 1 + y.d, images.h * images.w);
    mat_set(mat_rows(tile, 0, 1), mat_rows(images.x, 0, 1));
    for (int k = 0; k < y.d; k++) mat_fill(mat_rows(tile, 1 + k, 1), .15f + .85f * y.a[k]);
    png_sheet(lab->out, "condition.png", tile, sheet_of(images, 1 + y.d, 2));
}

void plot_ring(Lab *lab, const char *way, Mat x, const int *asked)
{
    enum { SHOWN = 800 };
    char file[32];
    snprintf(file, sizeof file, "ring_%s.csv", way);
    Csv *csv = csv_open(lab->out, file, "x,y,asked");
    for (int i = 0; i < x.n && i < SHOWN; i++)
        csv_row(csv, "%.4f,%.4f,%d", (double)row(x, i)[0], (double)row(x, i)[1], asked[i]);
    csv_close(csv);
}

void plot_confusion(Lab *lab, Mat confusion)
{
    Csv *csv = csv_open(lab->out, "confusion.csv", "asked,judged,share");
    for (int i = 0; i < confusion.n; i++)
        for (int j = 0; j < confusion.d; j++)
            csv_row(csv, "%d,%d,%.4f", i, j, (double)row(confusion, i)[j]);
    csv_close(csv);
}

void plot_sheet(Lab *lab, Mat x, int side)
{
    png_sheet(lab->out, "sheet.png", x,
              (Sheet){side, side, 1, .cols = COLUMNS, .zoom = 2, .hi = 1});
}

/* Of Fashion-MNIST: trousers to dress, T-shirt to bag, sneaker to boot, dress to coat. */
const int between_pair[BETWEEN_ROWS][2] = {{1, 3}, {0, 8}, {7, 9}, {3, 4}};

void plot_between(Lab *lab, Mat x, int side)
{
    png_sheet(lab->out, "between.png", x,
              (Sheet){side, side, 1, .cols = BETWEEN, .zoom = 2, .hi = 1});
}
