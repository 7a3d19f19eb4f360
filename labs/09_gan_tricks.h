/* 09_gan_tricks.h: the contract of lab 09, which tricks work. You write these six exercises, seven
 * functions, in 09_gan_tricks.c.
 *
 * Letters: B batch, d features, D discriminator, m samples in a pack. Samples are rows. Stars: one
 * is a warm-up, three need paper.
 * Functions that return a Mat take its memory from mem and leave what they are given as it is,
 * unless it says otherwise.
 * Test yours with `make test-09`; each is judged alone, from given inputs.
 */
#ifndef LAB_09_GAN_TRICKS_H
#define LAB_09_GAN_TRICKS_H

#include "gen.h"

/* 1. smooth_target  *  5 min
 * What D is asked for: a where y is 1 (real), b where y is 0 (fake); between them along a line,
 * b + y (a - b).
 * y (B,1), a, b in [0,1] -> t (B,1). One-sided smoothing has b = 0 (Salimans et al. 2016,
 * section 3.4). */
Mat smooth_target(Mat y, float a, float b, Arena *mem);

/* 2. instance_noise  *  5 min
 * x + s eps with s = sd (1 - step/last) before step `last`, and s = 0 from then on
 * (Sonderby et al. 2017; Arjovsky & Bottou 2017).
 * x (B,d), eps (B,d) drawn from N(0,1) -> (B,d). */
Mat instance_noise(Mat x, Mat eps, float sd, long step, long last, Arena *mem);

/* 3. minibatch_std  ***  25 min
 * y = (x | s): x with one more column, the same number s in every row: s = 1/d sum_j sd_j, the
 * mean over features of the standard deviation over the batch, 
 * sd_j^2 = 1/B sum_i (x_ij - mean_j)^2 (Karras et al. 2018, section 3).
 * x (B,d) -> y (B,d+1).
 * Its backward: from dy (B,d+1) to dx (B,d). The copy hands its part back as it is; the last
 * column's gradients add up to dL/ds, and ds/dx_ij = (x_ij - mean_j) / (d B sd_j). Where sd_j is
 * 0 the feature adds nothing. */
Mat minibatch_std(Mat x, Arena *mem);
Mat minibatch_std_back(Mat x, Mat dy, Arena *mem);

/* 4. pack  *  8 min
 * Packs of m samples: row i of the result holds rows i m, i m + 1, ..., i m + m - 1 of x, one
 * after the other (Lin et al. 2018).
 * x (B,d), m a divisor of B -> (B/m, m d). */
Mat pack(Mat x, int m, Arena *mem);

/* 5. gradient_penalty  ***  30 min
 * R1 = gamma/2 1/B sum_i |v_i|^2, where v_i is the gradient of D's output for row i of x in its
 * input (Mescheder, Geiger & Nowozin 2018).
 * Returns R1, and ADDS its gradient in D's weights to D's .g (the step has zeroed them). With
 * h_i = PENALTY_STEP / |v_i| it is
 *     dR1/dtheta = gamma/(2B) sum_i ( dD(x_i + h_i v_i)/dtheta - dD(x_i - h_i v_i)/dtheta ) / h_i .
 * x (B,d), D has one output. A row with v = 0 adds nothing. One forward pass gives v by a
 * backward pass of ones, WRT_INPUT; its WRT_PARAMS half is not wanted. */
#define PENALTY_STEP 0.01f
float gradient_penalty(Net *D, Mat x, float gamma, Arena *mem);

/* 6. spectral_norm  **  12 min
 * The largest singular value of W by `rounds` of power iteration (Miyato et al. 2018,
 * algorithm 1):
 *     v = u W / |u W|,   u = v W^T / |v W^T|,   sigma = |v W^T| before the division.
 * W (in,out); u (1,in), not 0, is changed: the next call goes on from it. W = 0 gives 0 and
 * leaves u alone. */
float spectral_norm(Mat W, Mat u, int rounds, Arena *mem);

#endif
