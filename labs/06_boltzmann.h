/* 06_boltzmann.h: the contract of lab 06, an explicit density and its price. You write these six
 * functions in 06_boltzmann.c.
 *
 * Letters: n samples, d visible units (pixels), H hidden units. A unit is 0 or 1. Samples are rows.
 * A restricted Boltzmann machine gives v and h the energy
 *     E(v,h) = -b.v - c.h - sum_ij v_i W_ij h_j,      p(v,h) = exp(-E(v,h)) / Z,
 * and hidden units nobody sees, so p(v) = sum over h of p(v,h). sigma(x) = 1 / (1 + exp(-x)).
 * Stars: one is a warm-up, three need pencil and paper. Functions that return a Mat take its memory
 * from mem. Test yours with `make test-06`; the first three are judged alone.
 */
#ifndef LAB_06_BOLTZMANN_H
#define LAB_06_BOLTZMANN_H

#include "gen.h"

typedef struct { Mat W, b, c; } Rbm;                /* (d,H), (1,d), (1,H) */

/* 1. rbm_free_energy  **  15 min
 * F(v) with p(v) = exp(-F(v)) / Z: the hidden units summed out, each for itself,
 *     F(v) = -b.v - sum_j log(1 + exp(x_j)),      x = c + v W.
 * Finite for every x: log(1 + exp(x)) = max(x,0) + log(1 + exp(-|x|)). Add up in double.
 * v (n,d) -> (n,1). (Hinton 2012, section 16.1) */
Mat rbm_free_energy(const Rbm *r, Mat v, Arena *mem);

/* 2. rbm_p_h_given_v  *  10 min
 * Given v the hidden units are independent: p(h_j = 1 | v) = sigma(c_j + sum_i v_i W_ij).
 * v (n,d) -> (n,H). v need not be 0 or 1. */
Mat rbm_p_h_given_v(const Rbm *r, Mat v, Arena *mem);

/* 3. gibbs_step  **  15 min
 * There and back: draw h given v, then v' given h. A unit becomes 1 where its uniform number is
 * below its probability: h_j = 1 if uh_j < p(h_j = 1 | v), v'_i = 1 if
 * uv_i < sigma(b_i + sum_j W_ij h_j); else 0.
 * v (n,d), uh (n,H) and uv (n,d) in [0,1) -> v' (n,d), a new matrix. */
Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem);

/* 4. cd_k_grad  **  20 min
 * Contrastive divergence: the direction in which the mean of log p(v) rises, with what k steps from
 * the data reach in place of samples of p. Step s = 0 .. k-1 uses
 * rows s n .. s n + n - 1 of uh, uv.
 *     dW = 1/n (v^T p - v'^T p'),   db = 1/n sum (v - v'),   dc = 1/n sum (p - p'),
 * where v' is the end of the chain and p, p' are p(h|v), p(h|v') themselves, not draws from them.
 * v (n,d), uh (k n,H), uv (k n,d) -> what is to be added to r, up to a rate. (Hinton 2002) */
Rbm cd_k_grad(const Rbm *r, Mat v, int k, Mat uh, Mat uv, Arena *mem);

/* 5. log_partition  ***  25 min
 * log Z by enumeration: every one of the 2^H hidden states h, the visible units summed out,
 *     Z = sum_h exp(c.h) prod_i (1 + exp(b_i + sum_j W_ij h_j)).
 * H is 1 .. 20. The terms are as large as exp(700): work with their logarithms, in double.
 * -> nats */
double log_partition(const Rbm *r);

/* 6. ais_log_partition  ***  35 min
 * log Z by annealed importance sampling (Neal 2001; Salakhutdinov & Murray 2008, algorithm 1),
 * for machines whose states nobody can enumerate. A ladder of machines leads from one with
 * independent pixels to r: at beta it has weights beta W, hidden biases beta c, and visible biases
 * (1 - beta) base + beta b. With F_k the free energy at beta_k, each sample climbs the ladder,
 *     log w = sum over k = 1 .. K of F_{k-1}(v) - F_k(v),
 * and after each rung but the last v moves by one gibbs_step of the machine at beta_k, with rows
 * (k-1) n .. (k-1) n + n - 1 of uh and uv. The machine at beta 0 has
 * log Z_0 = H log 2 + sum_i log(1 + exp(base_i)); the answer is log Z_0 + log (1/n sum w).
 * base (1,d); beta (1,K+1), rising from 0 to 1; v (n,d) drawn from the machine at 0, not to be
 * changed; uh ((K-1) n,H), uv ((K-1) n,d). -> nats. The w may be as small as exp(-700). */
double ais_log_partition(const Rbm *r, Mat base, Mat beta, Mat v, Mat uh, Mat uv, Arena *mem);

#endif
