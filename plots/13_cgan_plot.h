/* 13_cgan_plot.h: what the figures of lab 13 are drawn from. Nothing to write here; the place for a
 * figure of your own. plots/13_cgan.gp draws it.
 */
#ifndef PLOT_13_CGAN_H
#define PLOT_13_CGAN_H

#include "13_cgan.h"

/* The first of these images, and beside it the planes of y (1,K): condition.png. Figure:
 * condition. */
void plot_condition(Lab *lab, Data images, Mat y, Arena *mem);

/* Points x (n,2), and which mode each was asked to be of: ring_WAY.csv. Figure: ring. */
void plot_ring(Lab *lab, const char *way, Mat x, const int *asked);

/* confusion.csv, one row per pair of classes. Figure: confusion. */
void plot_confusion(Lab *lab, Mat confusion);

/* A row of COLUMNS images per class: sheet.png. Figure: sheet. */
enum { COLUMNS = 16 };
void plot_sheet(Lab *lab, Mat x, int side);

/* BETWEEN images from one class of a pair to the other, a row per pair: between.png. Figure:
 * between. */
enum { BETWEEN = 11, BETWEEN_ROWS = 4 };
extern const int between_pair[BETWEEN_ROWS][2];
void plot_between(Lab *lab, Mat x, int side);

#endif
