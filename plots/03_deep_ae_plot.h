/* 03_deep_ae_plot.h: what the figures of lab 03 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/03_deep_ae.gp draws it.
 */
#ifndef PLOT_03_DEEP_AE_H
#define PLOT_03_DEEP_AE_H

#include "03_deep_ae.h"

enum { SHOWN = 12 };                    /* images in a row of a figure */

/* The table of encode_sweep, and PCA's errors (5,1) at the same sizes: sweep.csv. Figure: sweep. */
void plot_sweep(Lab *lab, Mat table, Mat linear, Arena *mem);

/* A test image of each class, its copy by PCA and by the net: copies.png. Figure: copies. */
void plot_copies(Lab *lab, Mat linear, Mat deep, Data test, Arena *mem);

/* Codes and principal components (n,2) of up to 3000 test images, with their class: codes.csv.
 * Figure: codes. */
void plot_codes(Lab *lab, Mat codes, Mat axes, Data test, Arena *mem);

/* A lattice over the plane of codes: its cells from the top left on, and how many codes each holds;
 * and what the decoder draws there: plane.csv, plane.png. Figure: plane. */
enum { SIDE = 16, CELLS = SIDE * SIDE };
typedef struct { Mat z, count; } Plane;                 /* (CELLS,2), (CELLS,1) */
void plot_plane(Lab *lab, Net *dec, Plane plane, Data data, Arena *mem);

/* Copies of test images above pictures of random codes: probe.png. Figure: probe. */
void plot_probe(Lab *lab, Mat copies, Mat drawn, Data data, Arena *mem);

/* Test images, damaged, through a net that never saw damage and through one that did: denoise.png.
 * Figure: denoise. */
void plot_denoise(Lab *lab, Mat whole, Mat noisy, Mat plain, Mat fixed, Data data, Arena *mem);

#endif
