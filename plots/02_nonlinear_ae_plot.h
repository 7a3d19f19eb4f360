/* 02_nonlinear_ae_plot.h: what the figures of lab 02 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/02_nonlinear_ae.gp draws it.
 */
#ifndef PLOT_02_NONLINEAR_AE_H
#define PLOT_02_NONLINEAR_AE_H

#include "02_nonlinear_ae.h"

/* Six hundred held-out points (n,2), and where PCA's line puts them: NAME.csv. Figure: curves. */
void plot_points(Lab *lab, const char *name, Mat test, Mat line, Arena *mem);

/* A net's columns of units, as the lecture draws them, and how many weights it has: rows of
 * nets.csv, and a line of text. Figure: nets. */
void plot_net(Csv *csv, const char *name, const Mlp *net);

/* The three activations and their slopes: bends.csv. Figure: bends. */
void plot_bends(Lab *lab, Arena *mem);

/* A film of the curve that a decoder draws, x (POINTS,2), and of its error beside PCA's: a block a
 * frame in grown_NAME.csv, a row in error.csv. The first frame is that of step 0, the next is due
 * at step 10, and then each a fifth later. Figures: growing, moments, curves, error. */
enum { POINTS = 400 };
typedef struct Film Film;
Film *film_open(Lab *lab, const char *name, Csv *error, Arena *keep);
bool  film_due(const Film *film, long step);
void  film_frame(Film *film, long step, Mat x, double error, double linear);
void  film_close(Film *film);

/* Which code each point of the plane gets: points (n,2), and their codes: plane.csv.
 * Figure: plane. */
Mat  plane_points(Arena *mem);
void plot_plane(Lab *lab, Mat x, Mat code, Arena *mem);

/* Share of arc length against code, six hundred points: order_NAME.csv. Figure: order. */
void plot_order(Lab *lab, const char *name, Mat t, Mat code, Arena *mem);

#endif
