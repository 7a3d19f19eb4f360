/* 08_gan_plot.h: what the figures of lab 08 are drawn from. Nothing to write here; the place for a
 * figure of your own. plots/08_gan.gp draws it.
 */
#ifndef PLOT_08_GAN_H
#define PLOT_08_GAN_H

#include "08_gan.h"

/* The modes, and real points to look at: modes_KIND.csv and .npy, real_KIND.csv.
 * Figures: all that show the plane. */
enum { SHOWN = 400 };
void plot_target(Lab *lab, const char *kind, const Mixture *m, Rng *rng, Arena *mem);

/* A film of one game, a block a frame in each of RUN-field.csv (D over the plane),
 * RUN-samples.csv, RUN-warp.csv (a grid of z carried through G), RUN-arrows.csv (which way G's loss
 * falls at some samples). Figures: ring_movie, grid_movie, moments, time, losses. */
typedef struct Film Film;
Film *film_open(Lab *lab, const char *run, Arena *keep);
void  film_frame(Film *film, Game *game, Mat samples, Arena *mem);  /* film NULL: nothing */
void  film_close(Film *film);                                       /* film NULL: nothing */

/* Both losses of a run, averaged over 200 stretches of its rounds: its rows of losses.csv.
 * Figure: losses. */
enum { STRETCHES = 200 };
typedef struct { double d[STRETCHES], g[STRETCHES]; int n[STRETCHES]; } LossCurve;
void curve_add(LossCurve *curve, long round, long rounds, Losses loss);
void curve_write(Csv *csv, const char *run, const LossCurve *curve, long rounds);

/* The first `some` samples of each of `seeds` games, a block a game: last_KIND.csv.
 * Figure: seeds. */
void plot_last(Lab *lab, const char *kind, Mat all, int seeds, int some, Arena *mem);

#endif
