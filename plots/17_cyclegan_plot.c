/* 17_cyclegan_plot.c: what the figures of lab 17 are drawn from; see 17_cyclegan_plot.h.
 */
#include "17_cyclegan_plot.h"
#include <math.h>

enum { SIDE = 32, ZOOM = 2 };

static void sheet(Lab *lab, const char *file, Mat x, Shape s, float lo)
{
    Sheet tiles = {s.h, s.w, s.c, .cols = x.n, .zoom = ZOOM, .lo = lo, .hi = 1};
    png_sheet(lab->out, file, x, tiles);
}

static int at_most(int shown, Mat x) { return x.n < shown ? x.n : shown; }

void plot_relabelled(Lab *lab, Mat x, Mat there, Mat back, Arena *mem)
{
    const Mat kind[3] = {x, there, back};
    for (int k = 0; k < 3; k++) {
        Mat some = mat_rows(kind[k], 0, at_most(RELABELLED, x));
        sheet(lab, name_of(mem, "relabelled%d.png", k), some, (Shape){SIDE, SIDE, 3}, -1);
    }
}

void plot_clouds(Lab *lab, const char *name, Mat x, Mat y, Mat there, Mat back, Arena *mem)
{
    Mat all = mat_join(mem, mat_join(mem, x, there), back);
    table_write(lab->out, name, "x0,x1,there0,there1,back0,back1", all);
    csv_mat(lab->out, name_of(mem, "%s_y.csv", name), "y0,y1", y);
}

/* |there and back - x|, times AMPLIFIED, in black on white. */
static Mat lost(Mat x, Mat back, Arena *mem)
{
    Mat far = mat_new(mem, x.n, x.d);
    for (size_t i = 0; i < mat_size(x); i++)
        far.a[i] = fmaxf(0, 1 - AMPLIFIED * fabsf(back.a[i] - x.a[i]));
    return far;
}

void plot_trip(Lab *lab, const char *name, const Mat a[3], const Mat b[3], Shape shape, Arena *mem)
{
    const Mat *way[2] = {a, b};
    for (int w = 0; w < 2; w++)
        for (int k = 0; k < 4; k++) {
            Mat all = k < 3 ? way[w][k] : lost(way[w][0], way[w][2], mem);
            Mat some = mat_evenly(all, at_most(TRIPS_SHOWN, all), mem);
            sheet(lab, name_of(mem, "%s_%c%d.png", name, "ab"[w], k), some, shape, 0);
        }
}

/* How far apart the largest and the smallest of red, green and blue are, on average. */
static float strength(Mat x, int i)
{
    float sum = 0;
    for (int q = 0; q < x.d; q += 3) {
        const float *c = row(x, i) + q;
        sum += fmaxf(c[0], fmaxf(c[1], c[2])) - fminf(c[0], fminf(c[1], c[2]));
    }
    return sum;
}

/* As many groups as are shown, one after the other; of each the strongest drawing. */
void plot_hidden(Lab *lab, const Mat x[HIDDEN_ROWS], Arena *mem)
{
    int n = at_most(HIDDEN_SHOWN, x[0]), pick[HIDDEN_SHOWN];
    for (int k = 0; k < n; k++) {
        int from = k * x[0].n / n, to = (k + 1) * x[0].n / n;
        pick[k] = from;
        for (int i = from; i < to; i++)
            if (strength(x[0], i) > strength(x[0], pick[k])) pick[k] = i;
    }
    for (int k = 0; k < HIDDEN_ROWS; k++) {
        Mat some = mat_gather(mem, x[k], pick, n);
        sheet(lab, name_of(mem, "hidden%d.png", k), some, (Shape){SIDE, SIDE, 3}, 0);
    }
}
