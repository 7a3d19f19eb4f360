/* 12_progressive_plot.h: what the figures of lab 12 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/12_progressive.gp draws it.
 */
#ifndef PLOT_12_PROGRESSIVE_H
#define PLOT_12_PROGRESSIVE_H

#include "12_progressive.h"

/* A row of images that were made at some side, enlarged: WHAT_HOW4.png, WHAT_HOW8.png, ... Figures:
 * stages, drawings. */
enum { REAL_ROWS = 12 };
void plot_stage(Lab *lab, const char *what, const char *how, int side, Mat x, int colours);

/* A film of growth: what is drawn from the same noise z, FRAMES_A_STAGE times a stage:
 * WHAT_00.png ..., WHAT_frames.csv. plot_stage keeps the last frame of a stage, too, as "drawn".
 * Figures: movie, stages, drawings. */
enum { FILMED = 48, FRAMES_A_STAGE = 12 };
typedef struct {
    Lab *lab;
    const char *what;
    int colours, frame;
    bool ramped;
    Mat z;                                              // (FILMED,Z)
    Csv *frames;
} Film;
Film *film_open(Lab *lab, const char *what, int colours, int z, Arena *keep);
void  film_frame(Film *film, int side, float alpha, long images_seen, Mat x);
void  film_close(Film *film);

/* RAMP alphas from 0 to 1, RAMP_ROWS images each: WHAT_ramp.png, once, when the last stage is half
 * faded in. Figure: ramp. */
enum { RAMP = 5, RAMP_ROWS = 4 };
bool  film_wants_ramp(const Film *film, int stages, float alpha);
void  film_ramp(Film *film, const Mat x[RAMP], Arena *mem);

/* The first SAMPLES: samples_WHAT.png. Figures: samples, drawings. */
enum { SAMPLES = 120 };
void plot_samples(Lab *lab, const char *what, Mat x, int colours);

#endif
