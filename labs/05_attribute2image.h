/* 05_attribute2image.h: the contract of lab 05, images from attributes. You write these six
 * functions in 05_attribute2image.c.
 *
 * Letters: B batch, A attributes, V all their values together, Z latent dimensions, p pixels, c
 * colours of a pixel, d = p c. Samples are rows; a picture's numbers lie pixel by pixel, the
 * colours of a pixel side by side. An attribute's values are the numbers 0, 1, 2, ... Stars: one is
 * a warm-up, three need pencil and paper. Losses are in nats, summed over numbers or latent
 * dimensions and averaged over the batch. Functions that return a Mat take its memory from mem.
 * Test yours with `make test-05`; each is judged alone, from given inputs.
 */
#ifndef LAB_05_ATTRIBUTE2IMAGE_H
#define LAB_05_ATTRIBUTE2IMAGE_H

#include "gen.h"

/* 1. cond_join  *  10 min
 * x, and beside it one block per attribute: as many columns as it has values, 0 but for a 1 in the
 * column of its value. The columns of x come first, then the blocks in the attributes' order.
 * x may have no columns; then the blocks are all there is.
 * x (B,m), value (B,A), values (A) how many values each attribute has -> (B,m+V). */
Mat cond_join(Mat x, Mat value, const int *values, Arena *mem);

typedef struct { Mat gate, fore, back; } Layers;

/* 2. compose_layers  *  10 min
 * A foreground seen through a gate, before a background: x = g f + (1 - g) b, number by number; all
 * colours of a pixel share its gate.
 * gate (B,p) in [0,1], fore and back (B,p c) -> (B,p c); c is whatever fore.d / gate.d is.
 * (Yan, Yang, Sohn & Lee 2016, section 3.2) */
Mat compose_layers(Layers l, Arena *mem);

/* 3. compose_backward  **  20 min
 * What dL/dx says to each layer: g dx to the foreground, (1 - g) dx to the background, and to the
 * gate the sum, over the colours that share it, of (f - b) dx. Nothing is averaged: dx has its 1/B.
 * dx (B,p c), l as it was composed -> gradients, each of its layer's shape. */
Layers compose_backward(Mat dx, Layers l, Arena *mem);

/* A Gaussian of independent dimensions in each row: mu, logvar (B,Z). */
typedef struct { Mat mu, logvar; } Code;
typedef struct { float rec, kl; Mat dy; Code dq, dp; } Bound;

/* 4. cvae_loss  ***  40 min
 * The two terms of a bound on log p(x|a): a Gaussian p(x|z,a) of mean y and standard deviation sd,
 * and the KL of q(z|x,a), what the encoder makes of a picture, from p(z|a), what the attributes
 * alone let expect. With v = exp(logvar),
 *     rec = 1/B sum ((y - x)^2 / (2 sd^2) + log sd + log(2 pi) / 2),
 *     kl  = 1/B sum (logvar_p - logvar_q + (v_q + (mu_q - mu_p)^2) / v_p - 1) / 2,
 * and the gradients of L = rec + beta kl: dy through rec, dq and dp through kl alone (what the
 * decoder hands back through z comes on top, elsewhere).
 * y, x (B,d); q, p (B,Z); sd above 0 -> both values, and gradients as large as what they belong
 * to. Add up in double: a batch has 100,000 numbers. (Sohn, Lee & Yan 2015, eq. 4) */
Bound cvae_loss(Mat y, Mat x, Code q, Code p, float sd, float beta, Arena *mem);

/* 5. attribute_sweep  *  10 min
 * The same sprite again and again, but for one attribute, `which`, that takes each of its values in
 * turn, from 0 on.
 * value (1,A) -> (values,A). value itself stays as it is. */
Mat attribute_sweep(Mat value, int which, int values, Arena *mem);

/* 6. read_colour  **  25 min
 * Which of k colours is the thing in a picture? Measured from pixels alone.
 * A pixel's contrast is its squared distance from the background, paper. Pixels with a contrast
 * below half the largest are left out, background and edges. Each other pixel misses a colour by
 * its squared distance from that colour in the likeliest shade,
 *     min over s in [.45, 1.1] of |x - s ink|^2,
 * (a parabola in s: look where it is lowest, then stay in the interval), and a colour's miss is the
 * sum over pixels of contrast times that. The answer is the colour with the smallest miss, the
 * first of equals; -1 if the largest contrast is below .02: there is nothing to see.
 * x (p,3) the pixels, ink (k,3), paper (1,3) -> 0 .. k-1, or -1. Add up in double. */
int read_colour(Mat x, Mat ink, Mat paper);

#endif
