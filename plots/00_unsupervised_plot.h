/* 00_unsupervised_plot.h: what the figures of lab 00 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/00_unsupervised.gp draws it.
 */
#ifndef PLOT_00_UNSUPERVISED_H
#define PLOT_00_UNSUPERVISED_H

#include "00_unsupervised.h"

/* Where the centroids c (k,2) stand after so many steps: k rows of trail.csv.
 * Figures: clustering, clustering_steps. */
void plot_centroids(Csv *trail, int step, Mat c, double inertia);

/* A cloud (n,2) and its principal axes: cloud and axes, as csv and npy. Figure: axes. */
void plot_axes(Lab *lab, Mat x, Eig e, Arena *mem);

/* Centred digits on their first two axes, with their labels: codes.csv. Figure: codes. */
void plot_codes(Lab *lab, Data centred, Eig e, Arena *mem);

/* The components of a mixture, a row each: components_1d or components_2d, as csv and npy.
 * Figures: density1d, density2d. */
void plot_components(Lab *lab, Gmm m, Arena *mem);

/* Samples (n,d), and columns (m, d + 4): a grid, the log of the true density and of three
 * estimates: samples_1d and density_1d, or _2d, as csv and npy. Figures: density1d, density2d. */
void plot_density(Lab *lab, Mat samples, Mat columns, Arena *mem);

#endif
