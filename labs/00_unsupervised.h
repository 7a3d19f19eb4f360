/* 00_unsupervised.h: the contract of lab 00, find structure without labels. You write these six
 * functions in 00_unsupervised.c.
 *
 * Letters: n samples, d features, k clusters or axes, K components, m points where a density is
 * asked for. Samples are rows.
 * Stars: one is a warm-up, three need paper and pencil. Functions that return a Mat take its memory
 * from mem. Add up in double.
 * Test yours with `make test-00`; each is judged alone, from given inputs.
 */
#ifndef LAB_00_UNSUPERVISED_H
#define LAB_00_UNSUPERVISED_H

#include "gen.h"

/* A Gaussian mixture p(x) = sum_k weight_k N(x; mean_k, cov_k):
 * weight (1,K), mean (K,d), cov (K, d*d), one matrix per row. d is 1 or 2. */
typedef struct { Mat weight, mean, cov; } Gmm;

/* 1. kmeans_assign  *  8 min
 * which_i <- the k whose centroid is nearest: argmin_k |x_i - c_k|^2; the smaller k where two
 * are equally near.
 * x (n,d), c (k,d); which (n) is written -> the inertia 1/n sum_i |x_i - c_which_i|^2
 * (Lloyd 1957, first half). */
double kmeans_assign(Mat x, Mat c, int *which);

/* 2. kmeans_update  *  8 min
 * c_k <- the mean of the samples with which_i = k. A cluster without samples keeps its centroid:
 * 0/0 is no place to be.
 * x (n,d), which (n); c (k,d) is changed in place (Lloyd 1957, second half). */
void kmeans_update(Mat x, const int *which, Mat c);

/* 3. covariance  *  8 min
 * C = 1/n sum_i (x_i - mean)(x_i - mean)^T, by 1/n and not 1/(n-1). Subtract the mean before you
 * multiply; x itself stays as it is.
 * x (n,d) -> C (d,d). */
Mat covariance(Mat x, Arena *mem);

/* 4. pca_power  ***  25 min
 * The k leading eigenpairs of a covariance by power iteration with deflation (Hotelling 1933).
 * For each axis in turn: start at random; `steps` times v <- C v, without its parts along the
 * axes already found, at length 1. Then lambda = v^T C v.
 * Where C v is nothing (shorter than 1e-6 of the trace) no variance is left: keep v, orthogonal
 * to the others and of length 1.
 * cov (d,d) stays as it is -> value (1,k), vec (d,k) with orthonormal columns; their signs are
 * free. */
Eig pca_power(Mat cov, int k, int steps, Rng *rng, Arena *mem);

/* Given: log N(x; mean, cov) for d = 1 or 2; cov (d,d), row by row. */
double log_normal(const float *x, const float *mean, const float *cov, int d);

/* 5. kde_eval  **  15 min
 * The LOGARITHM of the kernel density, log 1/n sum_i N(q; x_i, h^2 I), at every row of q: the
 * exponential of -1000 is 0 even in a double, its logarithm is not. log_normal and log_sum_exp,
 * given above kde_eval, are enough (Rosenblatt 1956, Parzen 1962).
 * x (n,d), q (m,d), bandwidth h, d is 1 or 2 -> log density (m,1), in nats. */
Mat kde_eval(Mat x, Mat q, float h, Arena *mem);

/* 6. em_step  ***  30 min
 * One step of expectation-maximisation (Dempster, Laird & Rubin 1977).
 *   E  r_ik = weight_k N(x_i; mean_k, cov_k) / sum_j weight_j N(x_i; mean_j, cov_j), by logarithms
 *   M  N_k = sum_i r_ik,  weight_k <- N_k / n,  mean_k <- sum_i r_ik x_i / N_k,
 *      cov_k <- sum_i r_ik (x_i - mean_k)(x_i - mean_k)^T / N_k + floor I, with the NEW mean_k
 * A component with N_k = 0 gets weight 0 and keeps mean and cov. floor stops a component from
 * shrinking onto a single sample.
 * x (n,d); m's matrices are changed in place -> 1/n sum_i log p(x_i), of the mixture as it was
 * BEFORE the step. */
double em_step(Mat x, Gmm m, float floor, Arena *mem);

#endif
