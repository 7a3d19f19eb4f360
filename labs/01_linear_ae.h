/* 01_linear_ae.h: the contract of lab 01, a linear autoencoder is PCA. You write these six
 * functions in 01_linear_ae.c.
 *
 * Letters: n rows or B batch, d features, k hidden units. Samples are rows. Stars: one is a
 * warm-up, three need paper and pencil.
 * Functions that return a Mat take its memory from mem. Test yours with `make test-01`; each is
 * judged alone, from given inputs.
 */
#ifndef LAB_01_LINEAR_AE_H
#define LAB_01_LINEAR_AE_H

#include "gen.h"

/* 1. centre_data  *  5 min
 * mean_j <- 1/n sum_i x_ij  and  x_ij <- x_ij - mean_j.
 * x (n,d) is changed in place, mean (1,d) is written. 
 * Add up in double: 60,000 floats lose digits. */
void centre_data(Mat x, Mat mean);

/* 2. ae_encode  *  3 min
 * The code of every sample: z = x W, that is z_ib = w_b . x_i for the columns w_b of W.
 * x (B,d), W (d,k) -> z (B,k). */
Mat ae_encode(Mat x, Mat W, Arena *mem);

/* 3. ae_decode  *  3 min
 * Back with the same weights, transposed: xhat = z W^T.
 * z (B,k), W (d,k) -> xhat (B,d). */
Mat ae_decode(Mat z, Mat W, Arena *mem);

/* 4. tied_loss  *  5 min
 * L = 1/B sum_i |x_i - xhat_i|^2: summed over features, averaged over the batch. With
 * xhat = x W W^T this is |x - W W^T x|^2.
 * x (B,d), xhat (B,d) -> L. Add up in double. */
float tied_loss(Mat x, Mat xhat);

/* 5. tied_grad  ***  25 min
 * dL/dW. W stands in two places, in z = x W and in xhat = z W^T, and both hand back a gradient:
 * add them.
 * x (B,d), z (B,k) and xhat (B,d) are what the forward pass made, W (d,k) -> dW (d,k). */
Mat tied_grad(Mat x, Mat z, Mat xhat, Mat W, Arena *mem);

/* 6. principal_angles  **  15 min
 * The k angles between the column spans of U (d,k) and V (d,k), in degrees, falling: (1,k). 0
 * means a shared direction, 90 a direction of one span at right angles to all of the other
 * (Bjorck & Golub 1973).
 * With orthonormal bases P and Q of the spans, the sines of the angles are the singular values
 * of Q - P P^T Q. (Their cosines are those of P^T Q, but in floats a cosine cannot tell 0 from
 * 0.02 degrees.) See mat_orthonormal and mat_singular_values. */
Mat principal_angles(Mat U, Mat V, Arena *mem);

#endif
