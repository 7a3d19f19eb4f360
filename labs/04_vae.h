/* 04_vae.h: the contract of lab 04, the evidence lower bound. You write these six functions in
 * 04_vae.c.
 *
 * Letters: B batch, d features, Z latent dimensions, K samples of z per x. Samples are rows. Stars:
 * one is a warm-up, three need pencil and paper. Losses are in nats, summed over features or latent
 * dimensions and averaged over the batch. Functions that return a Mat take its memory from mem.
 * Test yours with `make test-04`; each is judged alone, from given inputs.
 */
#ifndef LAB_04_VAE_H
#define LAB_04_VAE_H

#include "gen.h"

/* 1. reparameterize  *  5 min
 * z = mu + sd eps with sd = exp(logvar / 2): noise that came from N(0, 1) becomes a sample of
 * q = N(mu, diag(sd^2)).
 * mu, logvar, eps (B,Z) -> z (B,Z). (Kingma & Welling 2014, section 2.4) */
Mat reparameterize(Mat mu, Mat logvar, Mat eps, Arena *mem);

/* 2. kl_std_normal  *  10 min
 * KL(q || N(0, I)) = 1/2 sum_j (mu_j^2 + exp(logvar_j) - logvar_j - 1), averaged over the batch.
 * mu, logvar (B,Z) -> nats. Add up in double: it is called on 10,000 rows.
 * (Kingma & Welling 2014, appendix B) */
float kl_std_normal(Mat mu, Mat logvar);

typedef enum { BERNOULLI, GAUSSIAN } Family;
typedef struct { Family family; float sd; } Likelihood;    /* p(x|z); sd: of the Gaussian */

/* 3. recon_nll  **  20 min
 * -log p(x|z), summed over features and averaged over the batch, with its gradient for y, what
 * the decoder returned.
 * BERNOULLI: y are logits, x in [0,1] is the share of ones: max(y,0) - x y + log(1 + exp(-|y|)),
 * finite for every y; gradient sigma(y) - x.
 * GAUSSIAN: y are means: (x - y)^2 / (2 sd^2) + log sd + log(2 pi) / 2; the constants count, as
 * bounds are compared.
 * y, x (B,d) -> value, grad (B,d). Add up in double. */
Loss recon_nll(Mat y, Mat x, Likelihood p, Arena *mem);

/* 4. elbo_backward  ***  25 min
 * The gradient of L = rec + beta KL for what the encoder returned. dz is dL/dz as the decoder
 * hands it back; z = mu + exp(logvar/2) eps leads it on to mu and to logvar, and both also stand
 * in the KL: add what that hands back (with its 1/B; dz has it already).
 * dz, mu, logvar, eps (B,Z) -> (B,2Z): dmu | dlogvar, side by side as the encoder's output has
 * them. */
Mat elbo_backward(Mat dz, Mat mu, Mat logvar, Mat eps, float beta, Arena *mem);

/* 5. latent_grid  **  15 min
 * side x side points of the plane that cut the standard normal into cells of equal probability:
 * with the inverse normal CDF, z1 = Phi^-1((c + 1/2) / side) for column c, from left to right,
 * and z2 = Phi^-1((side - r - 1/2) / side) for row r, from the top down.
 * Phi(z) = erfc(-z / sqrt 2) / 2 rises, so bisection on [-10, 10] inverts it; stay in double and
 * be exact to 1e-5.
 * -> (side*side, 2), row r*side + c is (z1, z2). (Kingma & Welling 2014, figure 4) */
Mat latent_grid(int side, Arena *mem);

/* 6. iw_bound  ***  25 min
 * The importance-weighted bound on log p(x), averaged over the batch (Burda, Grosse &
 * Salakhutdinov 2016, eq. 8):
 *     log w_ik = log p(x_i|z_ik) + log p(z_ik) - log q(z_ik|x_i),
 *     bound = 1/B sum_i log (1/K sum_k w_ik),
 * where z_ik = mu_i + sd_i eps_ik, p(z) = N(0, I), q = N(mu_i, diag(sd_i^2)). The w are as small
 * as exp(-300): take out the largest first.
 * nll (B,K): -log p(x_i|z_ik); mu, logvar (B,Z); eps (B*K,Z), row i*K + k. -> nats, a negative
 * number for images. */
float iw_bound(Mat nll, Mat mu, Mat logvar, Mat eps);

#endif
