/* 01_linear_ae_plot.c: what the figures of lab 01 are drawn from; see 01_linear_ae_plot.h. */
#include "01_linear_ae_plot.h"
#include <math.h>

static Mat there_and_back(Mat x, Mat W, Arena *mem)
{
    return ae_decode(ae_encode(x, W, mem), W, mem);
}

/* Node i of a row of `nodes` over [-1.5, 1.5]. */
static float node(int i, int nodes) { return -1.5f + 3.f * (float)i / (float)(nodes - 1); }

void plot_surface(Lab *lab, Mat x, Arena *mem)
{
    enum { SIDE = 121 };
    Csv *csv = csv_open(lab->out, "surface.csv", "w1,w2,loss");
    size_t mark = mem->used;
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            float at[2] = {node(j, SIDE), node(i, SIDE)};
            Mat w = {2, 1, at};
            arena_rewind(mem, mark);
            csv_row(csv, "%.4g,%.4g,%.6g", at[0], at[1], tied_loss(x, there_and_back(x, w, mem)));
        }
        csv_gap(csv);
    }
    csv_close(csv);
}

/* Columns of A (d,k) become rows of the sheet from `first` on, each scaled so that its largest
 * entry is white or black, and 0 is grey. */
static void columns_to_tiles(Mat sheet, int first, Mat A)
{
    for (int j = 0; j < A.d; j++) {
        float top = 1e-12f;
        for (int i = 0; i < A.n; i++) top = fmaxf(top, fabsf(row(A, i)[j]));
        for (int i = 0; i < A.n; i++) row(sheet, first + j)[i] = row(A, i)[j] / top;
    }
}

void plot_filters(Lab *lab, Mat W, Mat V, Data data, Arena *mem)
{
    int k = W.d;
    Mat tiles = mat_new(mem, 3 * k, W.n);                               // (3k,d)
    Mat back = there_and_back(mat_transpose(mem, V), W, mem);           // (k,d)
    columns_to_tiles(tiles, 0, W);
    columns_to_tiles(tiles, k, V);
    columns_to_tiles(tiles, 2 * k, mat_transpose(mem, back));
    Sheet sheet = sheet_of(data, k, 4);
    sheet.lo = -1;
    png_sheet(lab->out, "filters.png", tiles, sheet);
}

void plot_reconstructions(Lab *lab, const Mat *W, int sizes, Mat mean, Data data, Arena *mem)
{
    int shown = data.classes, first[256] = {0};         // the first test image of each class
    for (int i = data.x.n - 1; i >= 0; i--) first[data.label[i]] = i;
    Mat x = mat_gather(mem, data.x, first, shown);      // (classes,d)
    Mat tiles = mat_new(mem, (sizes + 1) * shown, data.x.d);
    for (int r = 0; r <= sizes; r++) {
        Mat line = mat_rows(tiles, r * shown, shown);
        mat_set(line, r == 0 ? x : there_and_back(x, W[r - 1], mem));
        mat_add_row(line, mean);
    }
    png_sheet(lab->out, "reconstructions.png", tiles, sheet_of(data, shown, 3));
}
