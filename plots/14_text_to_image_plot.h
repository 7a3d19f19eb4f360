/* 14_text_to_image_plot.h: what the figures of lab 14 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/14_text_to_image.gp draws it.
 */
#ifndef PLOT_14_TEXT_TO_IMAGE_H
#define PLOT_14_TEXT_TO_IMAGE_H

#include "14_text_to_image.h"

enum { SIDE = 32 };                                     /* of a picture */

/* The first PAIRS of what was asked (n,7), drawn with and without wrong captions in training:
 * aware.png, unaware.png, and their captions in mismatch.txt. Figure: mismatch. */
enum { PAIRS = 8 };
void plot_mismatch(Lab *lab, Mat asked, Mat aware, Mat unaware);

/* SHEET pictures for each of CAPTIONS captions (n,7): captions.png, sheet.txt. Figure: captions. */
enum { CAPTIONS = 8, SHEET = 8 };
void plot_captions(Lab *lab, Mat asked, Mat x);

/* The values of the k-th attribute in turn: words0.png, words1.png, ... Figure: words. */
void plot_words(Lab *lab, int k, Mat x);

/* A row of BETWEEN pictures from caption to caption: between.png. Figure: between. */
enum { BETWEEN = 9, BETWEEN_ROWS = 4 };
void plot_between(Lab *lab, Mat x);

/* TYPED pictures of what the user typed: typed.png, typed.csv. Figure: typed. */
enum { TYPED = 8 };
void plot_typed(Lab *lab, const char *words, Mat x);

#endif
