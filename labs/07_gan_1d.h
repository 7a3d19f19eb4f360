/* 07_gan_1d.h: the contract of lab 07, learning by comparison. You write these five functions in
 * 07_gan_1d.c.
 *
 * Letters: x points on the line, p the density of the data, q that of the generator, D(x) in (0,1)
 * the discriminator's probability that x is real, v = log D/(1-D) its logit, sigma(v) = 1/(1+e^-v).
 * Points, densities and logits are columns (n,1).
 * Functions that return a Mat take its memory from mem. Test yours with `make test-07`; each is
 * judged alone, from given inputs.
 */
#ifndef LAB_07_GAN_1D_H
#define LAB_07_GAN_1D_H

#include "gen.h"
#include <math.h>

/* 1. optimal_d  *  5 min
 * The best possible discriminator where the densities are p and q: D* = p / (p + q). Where both
 * are 0 nothing can be told: 1/2.
 * p, q (n,1) -> D* (n,1). (Goodfellow et al. 2014, proposition 1) */
Mat optimal_d(Mat p, Mat q, Arena *mem);

/* 2. ratio_from_d  *  5 min
 * Read backwards, a good discriminator knows how many times denser the data are than the fakes:
 * p/q = D / (1 - D).
 * d (n,1) in (0,1) -> p/q (n,1). Where d is 1 the ratio is infinite. */
Mat ratio_from_d(Mat d, Arena *mem);

/* Given, for 3 and 4: e^-|v| never overflows, so neither do these. */
static inline float sigma(float v)
{
    float e = expf(-fabsf(v));
    return (v > 0 ? 1 : e) / (1 + e);
}

static inline float softplus(float v)   /* log(1 + e^v) = -log sigma(-v) */
{
    return fmaxf(v, 0) + log1pf(expf(-fabsf(v)));
}

/* A loss and its gradients for both batches of logits. */
typedef struct { float value; Mat dreal, dfake; } DLoss;

/* 3. d_loss  **  20 min
 * What D lowers: L = - mean log sigma(real) - mean log(1 - sigma(fake)), from logits.
 * -log sigma(v) = max(-v,0) + log(1 + e^-|v|) never overflows.
 * dreal = -(1 - sigma(real)) / B, dfake = sigma(fake) / B. Finite for logits of +-1000; sizes of
 * the two batches may differ.
 * real (B,1), fake (B',1). (Goodfellow et al. 2014, algorithm 1) */
DLoss d_loss(Mat real, Mat fake, Arena *mem);

/* 4. g_loss  **  15 min
 * What G lowers. saturating: L = mean log(1 - sigma(fake)), the minimax game; its gradient
 * -sigma/B vanishes where D is sure of a fake.
 * Not saturating: L = - mean log sigma(fake), with the gradient -(1 - sigma)/B, largest just
 * there.
 * fake (B,1), logits -> value and gradient (B,1). (Goodfellow et al. 2014, section 3) */
Loss g_loss(Mat fake, bool saturating, Arena *mem);

/* 5. game_step  *  10 min
 * One step of the smallest game, f(x,y) = x y: y climbs, y <- y + eta x; x descends,
 * x <- x - eta y.
 * Simultaneous: both use the old values. Alternating: y moves first, and x answers to the new y.
 * x and y are changed. (Gidel et al. 2019) */
void game_step(float *x, float *y, float eta, bool alternating);

#endif
