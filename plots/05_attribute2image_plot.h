/* 05_attribute2image_plot.h: what the figures of lab 05 are drawn from. Nothing to write here; the
 * place for a figure of your own. plots/05_attribute2image.gp draws it.
 */
#ifndef PLOT_05_ATTRIBUTE2IMAGE_H
#define PLOT_05_ATTRIBUTE2IMAGE_H

#include "05_attribute2image.h"

/* The first 96 of pictures x (n,d): sprites.png. Figure: sprites. */
void plot_sprites(Lab *lab, Mat x);

/* Sixty-four pairs of the drawings, outline above colour: openmoji.png. Figure: openmoji. */
void plot_openmoji(Lab *lab, const Openmoji *o, Arena *mem);

/* Of every value of every attribute, what share was seen as which other, or as unclear, which comes
 * last in its attribute: confusion_WHAT.csv. asked, seen (n,A). Figure: confusion. */
void plot_confusion(Lab *lab, const char *what, Mat asked, Mat seen);

/* Pictures of an attribute's values: sweep0.png .. sweep6.png. Figure: sweep. */
void plot_sweep(Lab *lab, int attribute, Mat x, Arena *mem);

/* The layers of LAYERED pictures, and what they make together: layers.png. Figure: layers. */
enum { LAYERED = 12 };
void plot_layers(Lab *lab, Layers l, Mat x, Arena *mem);

/* Twelve real pictures of one sprite, and a model's: within_real.png, within.png.
 * Figure: within. */
void plot_within(Lab *lab, Mat real, Mat x);

/* COMPARED sprites as they are in the book, and two models' pictures: compare.png.
 * Figure: compare. */
enum { COMPARED = 12 };
void plot_compare(Lab *lab, Mat book, Mat layers, Mat flat, Arena *mem);

#endif
