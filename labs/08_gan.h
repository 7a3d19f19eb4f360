/* 08_gan.h: the contract of lab 08, the two-player game in the plane. You write these five
 * functions in 08_gan.c.
 *
 * Letters: B batch; z (B,2) noise; x (B,2) points, real or fake; D discriminator, G generator.
 * A logit v says D(x) = sigma(v), the probability that x is real.
 * Stars: one is a warm-up, three need paper and pencil. Test yours with `make test-08`; each is
 * judged alone.
 */
#ifndef LAB_08_GAN_H
#define LAB_08_GAN_H

#include "gen.h"

/* 1. gan_value  *  8 min
 * The value of the game, which D wants high and G wants low:
 * V = mean over real of log sigma(D(x)) + mean over fake of log(1 - sigma(D(x))).
 * Each batch has a mean of its own. V <= 0.
 * real (n,2), fake (m,2) -> V. Finite for any logit: bce_logits_to knows how. D is only looked at.
 * (Goodfellow et al. 2014, eq. 1) */
float gan_value(Net *D, Mat real, Mat fake, Arena *mem);

/* 2. d_step  **  15 min
 * One step of D up the value: down L = -V. Old gradients are zeroed, those of both batches added,
 * opt steps once. G is not even here.
 * real, fake (B,2) -> L, as it was before the step. */
float d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem);

/* What G goes down. MINIMAX: its own share of V, L = mean log(1 - sigma(v)). FOOLING:
 * L = - mean log sigma(v), with the same goal, and a gradient that does not vanish where D is sure
 * of itself. (Goodfellow et al. 2014, section 3) */
typedef enum { FOOLING, MINIMAX } GLoss;

/* 3. g_step  ***  20 min
 * One step of G: z through G, its fakes through D, and L as above on D's logits v. dL/dv goes back
 * through D to the fakes, and on through G to its weights. D's weights and their gradients keep
 * every bit.
 * z (B,2) -> L, as it was before the step. */
float g_step(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem);

/* A game: two players and what they play about. The steps are pointers, so that a test can put its
 * own in their place and watch. */
typedef float DStep(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem);
typedef float GStep(Net *G, Net *D, Mat z, GLoss loss, const Adam *opt, Arena *mem);
typedef struct {
    Net     G, D;
    Adam    opt_g, opt_d;
    DStep  *step_d;
    GStep  *step_g;
    GLoss   loss;
    int     k, batch;                   /* D-steps in a round; B */
    Mixture data;                       /* where real points come from */
    Rng     rng;                        /* the game's own stream: real points and noise */
} Game;

typedef struct { float d, g; } Losses;

/* 4. alternate  **  12 min
 * One round: k times game->step_d, each with fresh real points (mixture_sample) and fresh fakes of
 * G as it is now; then game->step_g once, with fresh noise. G learns nothing from its fakes for D:
 * net_eval draws them. Noise is mat_noise (B,2).
 * Returns the loss of the last d_step and that of g_step. (Goodfellow et al. 2014, algorithm 1) */
Losses alternate(Game *game, Arena *mem);

typedef struct {
    int   strict;                       /* modes that hold at least half of their fair share of the
                                         * samples, */
    int   lax;                          /* or at least one sample, */
    float quality;                      /* and the share of samples that any mode holds */
} Coverage;

/* 5. mode_coverage  **  15 min
 * How many modes of m do the samples x (n,2) cover? A sample belongs to the mode whose mean is
 * nearest, and that mode holds it if it lies at most 3 sd away; modes are round, cov = sd^2 I.
 * The fair share of mode i is weight_i n samples.
 * (Lax counting: Srivastava et al. 2017, VEEGAN) */
Coverage mode_coverage(const Mixture *m, Mat x);

#endif
