/* 04_vae_plot.h: what the figures of lab 04 are drawn from. Nothing to write here; the place for a
 * figure of your own. plots/04_vae.gp draws it.
 */
#ifndef PLOT_04_VAE_H
#define PLOT_04_VAE_H

#include "04_vae.h"

/* The first coordinate of each of three kinds of estimates, grad[k] (n,Z): gradients.csv.
 * Figure: gradients. */
void plot_gradients(Lab *lab, const Mat *grad, int kinds, Arena *mem);

/* Codes of the test images in two planes, with their class: codes.csv. Figure: latent. */
void plot_codes(Lab *lab, Mat vae, Mat ae, Data test, Arena *mem);

/* Codes on straight lines between those of three pairs of test images, 14 steps each: (42,Z). What
 * two decoders draw there, (42,d): between_vae.png, between_ae.png. Figure: interpolation.
 * PLOTTED: how many test images there must be for all these pictures. */
enum { PLOTTED = 13 };
Mat  code_lines(Mat mu, Arena *mem);
void plot_between(Lab *lab, Mat vae, Mat ae, Data data);

/* Images (GRID^2,d) of the whole latent plane: grid.png. Figure: grid. */
enum { GRID = 20 };
void plot_grid(Lab *lab, Mat images, Data data);

/* Twelve images of each kind: real.png, reconstructed.png, samples.png. Figure: samples. */
void plot_samples(Lab *lab, Mat real, Mat reconstructed, Mat samples, Data data);

#endif
