/* 15_stackgan_plot.c: what the figures of lab 15 are drawn from; see 15_stackgan_plot.h.
 */
#include "15_stackgan_plot.h"
#include <stdlib.h>

enum { SHOWN = 64 };                                    /* pixels of a tile on the screen */

static void sheet(Lab *lab, const char *file, Mat x, int side, int cols)
{
    Sheet s = {side, side, 3, .cols = cols, .zoom = SHOWN / side, .hi = 1};
    png_sheet(lab->out, file, x, s);
}

void plot_stages(Lab *lab, Mat asked, const Mat kind[KINDS], int side)
{
    captions_write(lab->out, "stages.txt", mat_rows(asked, 0, ROWS));
    sheet(lab, "stage1.png", mat_rows(kind[BLOCKS], 0, ROWS), side, 1);
    sheet(lab, "smooth.png", mat_rows(kind[SMOOTH], 0, ROWS), side, 1);
    sheet(lab, "stage2.png", mat_rows(kind[REFINED], 0, ROWS), side, 1);
    sheet(lab, "truth.png", mat_rows(kind[REAL], 0, ROWS), side, 1);
}

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

void plot_edges(Lab *lab, const Mat kind[KINDS], int side, EdgeEnergy *energy_of, Arena *mem)
{
    enum { STEPS = 200 };
    int n = kind[REAL].n;
    Mat energy = mat_new(mem, KINDS, n);
    for (int k = 0; k < KINDS; k++) {
        for (int i = 0; i < n; i++)
            row(energy, k)[i] = (float)energy_of(mat_rows(kind[k], i, 1), side, side);
        qsort(row(energy, k), (size_t)n, sizeof(float), ascending);
    }
    Csv *csv = csv_open(lab->out, "edges.csv", "share,real,refined,blocks,smooth");
    for (int i = 0; i < STEPS; i++) {
        int at = (int)((long)i * (n - 1) / (STEPS - 1));
        csv_row(csv, "%.4f,%.5g,%.5g,%.5g,%.5g", (double)i / (STEPS - 1),
                (double)row(energy, REAL)[at], (double)row(energy, REFINED)[at],
                (double)row(energy, BLOCKS)[at], (double)row(energy, SMOOTH)[at]);
    }
    csv_close(csv);
}

void plot_clouds(Lab *lab, Mat asked, Mat with, Mat without, int each, int side, Arena *mem)
{
    int shown[CLOUDS * DRAWS];                          /* the first DRAWS of each caption */
    for (int i = 0; i < CLOUDS * DRAWS; i++) shown[i] = i / DRAWS * each + i % DRAWS;
    captions_write(lab->out, "clouds.txt", mat_rows(asked, 0, CLOUDS));
    sheet(lab, "cloud.png", mat_gather(mem, with, shown, CLOUDS * DRAWS), side, DRAWS);
    sheet(lab, "plain.png", mat_gather(mem, without, shown, CLOUDS * DRAWS), side, DRAWS);
}

void plot_residual(Lab *lab, Mat blocks, Mat refined, int side, Arena *mem)
{
    Mat added = mat_copy(mem, refined);
    mat_sub(added, blocks);
    Sheet s = {side, side, 3, .cols = ADDED, .zoom = SHOWN / side, .lo = -1, .hi = 1};
    png_sheet(lab->out, "added.png", added, s);
    sheet(lab, "blocks.png", blocks, side, ADDED);
    sheet(lab, "refined.png", refined, side, ADDED);
}

void plot_typed(Lab *lab, Mat asked, Mat x, int side)
{
    captions_write(lab->out, "typed.txt", mat_rows(asked, 0, 1));
    sheet(lab, "typed.png", x, side, TYPED);
}
