/* 11_latent_walk_plot.h: what the figures of lab 11 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/11_latent_walk.gp draws it.
 */
#ifndef PLOT_11_LATENT_WALK_H
#define PLOT_11_LATENT_WALK_H

#include "11_latent_walk.h"

/* The ways between two points of noise: straight or along an arc in z, straight in w, and through
 * pictures. */
typedef enum { LERP, SLERP, LERP_W, BLEND, WAYS } Way;
extern const char *const way_name[WAYS];
enum { STOPS = 9 };                     /* pictures of a walk, its ends among them; odd */

Sheet sprite_sheet(int cols);
Sheet garment_sheet(int cols);

/* The first 96 of pictures x (n,d), and what was seen in the first row of them: fresh.png,
 * fresh.csv. Figure: fresh. */
void plot_fresh(Lab *lab, Mat x, Mat seen);

/* A walk's pictures x (STOPS,d), and what was seen in them as rows of strips.csv: strip_WAY.png.
 * Figure: asked. */
void plot_strip(Lab *lab, Way way, Mat x, Mat seen, Csv *csv);

/* SQUARE x SQUARE pictures between four corners: corners_WHAT.png. Figure: corners. */
enum { SQUARE = 9 };
void plot_square(Lab *lab, const char *what, Mat x, Sheet sheet);

/* Frame f of FRAMES, a sheet of WALKERS pictures: WHAT_00.png ... Figure: movie. */
enum { FRAMES = 48, WALKERS = 12 };
void plot_frame(Lab *lab, const char *what, int f, Mat x, Sheet sheet, Arena *mem);

/* a, b, c and their sum, of the first TRIPLES triples: triples.png; what was seen: triples.csv.
 * Figure: triples. */
enum { TRIPLES = 6 };
void plot_triples(Lab *lab, Mat x, Mat seen);

/* OTHERS rows of DOSES pictures: doses.png. Figure: directions. */
enum { OTHERS = 6, DOSES = 6 };
void plot_doses(Lab *lab, const Mat rows[OTHERS], Arena *mem);

/* Walk number i of GARMENTS, (STOPS,h*w): garments_WAY_I.png. Figure: garments. */
enum { GARMENTS = 2 };
void plot_garments(Lab *lab, Way way, int i, Mat x, Arena *mem);

#endif
