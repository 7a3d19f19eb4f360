/* 17_cyclegan.h: the contract of lab 17, CycleGAN. You write these five functions in 17_cyclegan.c.
 *
 * Letters: B batch, d numbers of a picture, q patches that D judges; x is of the one kind, y of the
 * other; G makes y from x, F makes x from y. Stars: one is a warm-up, three need pencil and paper.
 * Memory comes from mem. Test yours with `make test-17`; each is judged alone, from given inputs.
 */
#ifndef LAB_17_CYCLEGAN_H
#define LAB_17_CYCLEGAN_H

#include "gen.h"

/* 1. cycle_loss  *  10 min
 * There and back should be where one was: the mean of |back - x| over all B*d numbers, and its
 * gradient for back (B,d); where back is x to the last bit the gradient is 0. Add up in double.
 * back is F(G(x)), or G(F(y)) beside y. (Zhu et al. 2017, eq. 2) */
Loss cycle_loss(Mat back, Mat x, Arena *mem);

/* 2. identity_loss  **  15 min
 * A net that paints stripes, shown something striped, should leave it as it is: the mean of
 * |net(y) - y| over all B*d numbers. y (B,d) is of the kind that the net makes.
 * Returns that mean, without weight, and adds weight times its gradient to those of net's weights,
 * which may hold something already. One pass forward. (Zhu et al. 2017, section 5.2) */
float identity_loss(Net *net, Mat y, float weight, Arena *mem);

/* 3. lsgan_loss  *  10 min
 * The mean of (says - target)^2 over pictures and patches, and its gradient for says (B,q), without
 * the factor 1/2 of Mao et al.'s equation 2. Add up in double.
 * (Mao et al. 2017; Zhu et al. 2017, section 4) */
Loss lsgan_loss(Mat says, float target, Arena *mem);

/* value = gan + lambda cycle + lambda_id identity; fake (B,d) is G(x) */
typedef struct { float value, gan, cycle, identity; Mat fake; } CycleganLoss;

/* 4. cyclegan_g_total  ***  30 min
 * All that is asked of G and F when they are shown x (B,d):
 *     gan       every patch of G(x) is to be worth 1 to D, which judges what G makes; lsgan_loss
 *     cycle     F(G(x)) is to be x
 *     identity  F(x) is to be x; 0 and not even tried where lambda_id is 0
 * Adds the gradients of value to those of the weights of G and of F, which may hold something
 * already; those of D stay as they are. A trace for each pass: G runs once, F once for the cycle
 * and once for the identity, D once.
 * The whole of eq. 3 is this for x and, with G and F exchanged and the other D, for y.
 * (Zhu et al. 2017, eq. 3) */
CycleganLoss cyclegan_g_total(Net *G, Net *F, Net *D, Mat x, float lambda, float lambda_id,
                              Arena *mem);

/* Fakes of earlier steps: rows 0..n-1 of kept hold one each; kept.n is how many there may be. */
typedef struct { Mat kept; int n; } Pool;

/* 5. pool_query  **  15 min
 * Which fakes is D shown? While the pool is not full, a fake goes into its next row and is shown as
 * it is. When it is full: where swap[i], the picture in row at[i] is shown and fake i takes its
 * place; else fake i is shown, and not kept. One fake after the other, so that a picture may come
 * and go in one call. A pool with room for none shows every fake as it is.
 * fake (B,d) stays as it is; swap (B), at (B) from 0 to kept.n - 1. Returns what is shown (B,d).
 * (Shrivastava et al. 2017, section 2.3; Zhu et al. 2017, section 4) */
Mat pool_query(Pool *pool, Mat fake, const bool *swap, const int *at, Arena *mem);

#endif
