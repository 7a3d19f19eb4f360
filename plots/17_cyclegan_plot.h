/* 17_cyclegan_plot.h: what the figures of lab 17 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/17_cyclegan.gp draws it.
 */
#ifndef PLOT_17_CYCLEGAN_H
#define PLOT_17_CYCLEGAN_H

#include "17_cyclegan.h"

/* All pictures are (n,d) in [0,1] but where it says otherwise, and as many as are shown are taken
 * evenly among n. */

/* Sprites, others in their place, and back again, in [-1,1]: relabelled0.png, relabelled1.png,
 * relabelled2.png. Figure: relabelled. */
enum { RELABELLED = 12 };
void plot_relabelled(Lab *lab, Mat x, Mat there, Mat back, Arena *mem);

/* Points x (n,2) of the left ring, where they go, and where they come back: NAME.csv with x0, x1,
 * there0, there1, back0, back1, and NAME.npy; y, the right ring: NAME_y.csv. Figure: clouds. */
enum { CLOUD_KINDS = 3, TESTED_POINTS = 600 };
void plot_clouds(Lab *lab, const char *name, Mat x, Mat y, Mat there, Mat back, Arena *mem);

/* a, b made of it, and a again; and b, a made of it, and b again: NAME_a0.png, NAME_a1.png,
 * NAME_a2.png, NAME_b0.png, ...; how far the third is from the first, times AMPLIFIED:
 * NAME_a3.png, NAME_b3.png. Figures: sprites, boots, emoji, folders, ablation, lost. */
enum { SPRITE_KINDS = 4, TRIPS_SHOWN = 14, AMPLIFIED = 3 };
void plot_trip(Lab *lab, const char *name, const Mat a[3], const Mat b[3], Shape shape, Arena *mem);

/* Drawings, their outlines, back again; the outlines cleaned, and back from there: hidden0.png, ...
 * hidden4.png. Those drawings whose colours are strongest. Figure: hidden. */
enum { HIDDEN_ROWS = 5, HIDDEN_SHOWN = 9 };
void plot_hidden(Lab *lab, const Mat x[HIDDEN_ROWS], Arena *mem);

#endif
