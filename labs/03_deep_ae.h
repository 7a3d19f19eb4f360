/* 03_deep_ae.h: the contract of lab 03, deep codes of real images. You write these six functions in
 * 03_deep_ae.c.
 *
 * Letters: n rows or B batch, d pixels, k size of the code, c classes. Samples are rows. Stars: one
 * is a warm-up, three need paper.
 * Functions that return a Mat take its memory from mem. Test yours with `make test-03`; each is
 * judged alone, from given inputs.
 */
#ifndef LAB_03_DEEP_AE_H
#define LAB_03_DEEP_AE_H

#include "gen.h"
#include <math.h>

typedef struct { Net enc, dec; } Ae;    /* x (B,d) -> z (B,k) -> logits (B,d), one per pixel */

/* Given: the pictures that a decoder makes of codes z (n,k): (n,d) in [0,1], the sigmoid of its
 * logits. */
static inline Mat ae_picture(Net *dec, Mat z, Arena *mem)
{
    Mat x = net_eval(dec, z, mem);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] = 1 / (1 + expf(-x.a[i]));
    return x;
}

/* 1. bce_loss  **  15 min
 * Pixels in [0,1] as shades between off and on; v is a logit, so the pixel's model is
 * p = 1 / (1 + e^-v). Value and gradient of
 *     L = 1/B sum over samples and pixels of  -t log p - (1 - t) log(1 - p),   dL/dv = (p - t) / B,
 * finite for any logit, exact at v = 1000: no exponential of a positive number, no log of 0. In
 * terms of v each summand is max(v, 0) - v t + log(1 + e^-|v|).
 * logits, target (B,d). Add up in double.
 * The library has the same loss; there it is called bce_logits, and one program cannot hold two
 * functions of one name. */
Loss bce_loss(Mat logits, Mat target, Arena *mem);

/* 2. denoise_corrupt  *  5 min
 * Salt and pepper: a share of the pixels is lost, and what stands there instead is black (0) or
 * white (1), as likely one as the other.
 * u (n,d) is uniform on [0,1):  u < share/2 -> 0,  share/2 <= u < share -> 1,  else x as it is.
 * x (n,d) stays; the result is new. (Vincent et al. 2010, section 3.3) */
Mat denoise_corrupt(Mat x, Mat u, float share, Arena *mem);

/* 3. encode_sweep  **  15 min
 * One row for each of the n autoencoders: (code size k, how many weights it learns in all,
 * squared error) -> (n, 3). The error is that of its pictures against x (B,d): summed over
 * pixels, averaged over samples. See net_eval, net_out, net_weights and ae_picture. */
Mat encode_sweep(Ae *ae, int n, Mat x, Arena *mem);

typedef struct { Mat z, picture; } Probe;           /* (m,k), (m,d) */

/* 4. hole_probe  **  20 min
 * Fit a Gaussian to codes (n,k), draw from it, decode. With the codes' mean mu and covariance
 * C = 1/n sum (z - mu)(z - mu)^T, a draw is z = mu + A eps for any A with A A^T = C; pca_fit knows
 * such an A, one column of it is sqrt(lambda_j) v_j.
 * codes (n,k), eps (m,k) from N(0,1). */
Probe hole_probe(Net *dec, Mat codes, Mat eps, Arena *mem);

/* 5. knn_accuracy  **  20 min
 * Each row of x (m,d) is given the class that most of its k nearest rows of known (n,d) have, by
 * Euclidean distance; n >= k, k <= 32.
 * Of equally frequent classes the one with the nearest member wins; of equally near rows the
 * earlier counts as nearer.
 * Returns the share of x's rows whose class so found is their label. (Fix & Hodges 1951; Cover &
 * Hart 1967) */
float knn_accuracy(Mat known, const uint8_t *known_label, Mat x, const uint8_t *label, int k);

/* 6. logreg_step  **  20 min
 * One step of descent for multinomial logistic regression. With s = x W + b and p = softmax(s)
 * per row,
 *     L = 1/B sum -log p[label] + decay/2 |W|^2,      dL/ds = (p - one_hot) / B,
 *     W.g = x^T dL/ds + decay W,                      b.g = column sums of dL/ds.
 * Writes both .g, lets sgd_update move both, and returns L as it was before.
 * x (B,d), W (d,c), b (1,c); no label is c or larger.
 * Any s must do, 1000 too: take off each row's largest before the exponential. The library's
 * softmax_ce may serve, or write it out. */
float logreg_step(Param *W, Param *b, Mat x, const uint8_t *label, float decay, const Sgd *opt,
                  Arena *mem);

#endif
