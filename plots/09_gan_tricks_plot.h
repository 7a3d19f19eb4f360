/* 09_gan_tricks_plot.h: what the figures of lab 09 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/09_gan_tricks.gp draws it.
 */
#ifndef PLOT_09_GAN_TRICKS_H
#define PLOT_09_GAN_TRICKS_H

#include "09_gan_tricks.h"

/* The best D for two densities when it is asked for a on real and b on fake samples: rows of
 * smoothing.csv. Figure: smoothing. */
void plot_smoothing(Csv *csv, const char *name, float a, float b, Arena *mem);

/* All data at one point, all fakes at another: how often is the best D right, at several distances
 * and sds of instance noise? noise.csv. Figure: noise. */
void plot_noise(Lab *lab, Rng *rng, Arena *mem);

/* D's loss in games without noise and with it, a row of loss each: failure.csv.
 * Figure: no-noise. */
void plot_failure(Lab *lab, Mat loss, Arena *mem);

#endif
