/* 12_progressive_plot.c: what the figures of lab 12 are drawn from; see 12_progressive_plot.h. */
#include "12_progressive_plot.h"
#include <stdio.h>

enum { SIDE = 32 };

static Sheet sheet(int colours, int cols)
{
    Sheet s = {SIDE, SIDE, colours, .cols = cols, .zoom = 2, .lo = 0, .hi = 1};
    return s;
}

void plot_stage(Lab *lab, const char *what, const char *how, int side, Mat x, int colours)
{
    char file[64];
    snprintf(file, sizeof file, "%s_%s%d.png", what, how, side);
    png_sheet(lab->out, file, mat_rows(x, 0, REAL_ROWS), sheet(colours, REAL_ROWS));
}

Film *film_open(Lab *lab, const char *what, int colours, int z, Arena *keep)
{
    char file[64];
    snprintf(file, sizeof file, "%s_frames.csv", what);
    Film *film = arena_alloc(keep, sizeof *film);
    Rng rng = {.key = lab->seed};
    *film = (Film){.lab = lab, .what = what, .colours = colours};
    film->z = mat_noise(keep, FILMED, z, &rng);
    film->frames = csv_open(lab->out, file, "frame,side,alpha,images");
    return film;
}

void film_frame(Film *film, int side, float alpha, long images_seen, Mat x)
{
    char file[64];
    snprintf(file, sizeof file, "%s_%02d.png", film->what, film->frame);
    png_sheet(film->lab->out, file, x, sheet(film->colours, FILMED / 4));
    csv_row(film->frames, "%d,%d,%.3f,%ld", film->frame, side, (double)alpha, images_seen);
    film->frame++;
    if (film->frame % FRAMES_A_STAGE == 0)
        plot_stage(film->lab, film->what, "drawn", side, x, film->colours);
}

void film_close(Film *film) { csv_close(film->frames); }

bool film_wants_ramp(const Film *film, int stages, float alpha)
{
    return !film->ramped && stages == STAGES && alpha >= .5f;
}

void film_ramp(Film *film, const Mat x[RAMP], Arena *mem)
{
    char file[64];
    snprintf(file, sizeof file, "%s_ramp.png", film->what);
    Mat tiles = mat_new(mem, RAMP * RAMP_ROWS, x[0].d);
    for (int i = 0; i < RAMP_ROWS; i++)
        for (int k = 0; k < RAMP; k++)
            mat_set(mat_rows(tiles, i * RAMP + k, 1), mat_rows(x[k], i, 1));
    png_sheet(film->lab->out, file, tiles, sheet(film->colours, RAMP));
    film->ramped = true;
}

void plot_samples(Lab *lab, const char *what, Mat x, int colours)
{
    char file[64];
    snprintf(file, sizeof file, "samples_%s.png", what);
    png_sheet(lab->out, file, mat_rows(x, 0, SAMPLES), sheet(colours, 20));
}
