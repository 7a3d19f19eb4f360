/* 10_dcgan_plot.c: what the figures of lab 10 are drawn from; see 10_dcgan_plot.h. */
#include "10_dcgan_plot.h"
#include <stdio.h>

/* ---- convolution ---- */

const int four_images[KERNELS] = {0, 1, 2, 18};         /* all below TEST_IMAGES */

Mat four_kernels(Arena *mem)
{
    Mat W = mat_new(mem, 4 * 4, KERNELS);
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++) {
            bool left = x < 2, top = y < 2, middle = (x == 1 || x == 2) && (y == 1 || y == 2);
            float *w = row(W, 4 * y + x);
            w[0] = left ? -.125f : .125f;               // upright edges
            w[1] = top ? -.125f : .125f;                // level edges
            w[2] = middle ? .25f : -1.f / 12;           // spots
            w[3] = 1.f / 32;                            // the mean, halved
        }
    return W;
}

void plot_convolution(Lab *lab, Mat x, Mat y, Mat back, Data data, Arena *mem)
{
    Mat maps = mat_new(mem, x.n * KERNELS, y.d / KERNELS);      // a tile per image and kernel
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < KERNELS; k++) {
            float *tile = row(maps, i * KERNELS + k);
            for (int p = 0; p < maps.d; p++) tile[p] = row(y, i)[p * KERNELS + k];
        }
    Sheet map = {data.h / 2, data.w / 2, 1, .cols = KERNELS, .zoom = 6, .lo = -.5f, .hi = .5f};
    Sheet whole = sheet_of(data, 1, 3), signed_whole = whole;
    signed_whole.lo = -.25f;
    signed_whole.hi = .25f;
    png_sheet(lab->out, "maps.png", maps, map);
    png_sheet(lab->out, "image.png", x, whole);
    png_sheet(lab->out, "back.png", back, signed_whole);
}

void plot_norm(Lab *lab, Mat before, Normed f)
{
    Csv *csv = csv_open(lab->out, "norm.csv", "channel,mean,sd");
    for (int j = 0; j < before.d; j++) {
        float mean = row(before, 0)[j] - row(f.xhat, 0)[j] / f.rsd.a[j];
        csv_row(csv, "%d,%.5g,%.5g", j, (double)mean, 1 / (double)f.rsd.a[j]);
    }
    csv_close(csv);
}

/* ---- the film ---- */

enum { FRAMES = 25 };
struct Film { const char *out; Csv *frames; Sheet sheet; int frame; };

Film *film_open(Lab *lab, Data data, Arena *keep)
{
    Film *film = arena_alloc(keep, sizeof *film);
    *film = (Film){.out = lab->out, .sheet = sheet_of(data, 12, 2)};
    film->frames = csv_open(lab->out, "frames.csv", "frame,step,images");
    return film;
}

/* Frame f is due at the share (f / last)^2 of all steps. */
bool film_due(const Film *film, long done, long steps)
{
    long last = FRAMES - 1, f = film->frame;
    return done * last * last >= f * f * steps;
}

void film_frame(Film *film, long done, long images_seen, Mat images)
{
    char file[32];
    snprintf(file, sizeof file, "frame_%02d.png", film->frame);
    png_sheet(film->out, file, images, film->sheet);
    csv_row(film->frames, "%d,%ld,%ld", film->frame, done, images_seen);
    film->frame++;
}

void film_close(Film *film) { csv_close(film->frames); }

/* ---- samples ---- */

void plot_samples(Lab *lab, Mat samples, Data data)
{
    png_sheet(lab->out, "samples.png", mat_rows(samples, 0, 200), sheet_of(data, 20, 2));
}

enum { SHOWN = 12 };                                    /* in a row */

void plot_neighbours(Lab *lab, Mat samples, Data train, Arena *mem)
{
    int index[SHOWN];
    Mat some = mat_rows(samples, 0, SHOWN), tiles = mat_new(mem, 2 * SHOWN, train.x.d);
    mat_nearest(some, train.x, index);
    mat_set(mat_rows(tiles, 0, SHOWN), some);
    mat_set(mat_rows(tiles, SHOWN, SHOWN), mat_gather(mem, train.x, index, SHOWN));
    png_sheet(lab->out, "neighbours.png", tiles, sheet_of(train, SHOWN, 2));
}

void plot_compare(Lab *lab, const Mat *from, int rows, Data data, Arena *mem)
{
    png_rows(lab->out, "compare.png", from, rows, NULL, sheet_of(data, SHOWN, 2), mem);
}
