/* gan_steps.h: what the steps of a plain GAN must give, for the judges of the labs that have them as exercises.
 *
 * D and G are one linear layer each, without bias, so that losses and gradients have closed forms: D's logit is x w,
 * G's fake is z W. The cases leave "gradient", "loss", "w_after" and "steps"; 7 stands in every gradient before.
 */
#ifndef GAN_STEPS_H
#define GAN_STEPS_H

#include "judge.h"

#include <math.h>
#include <stdio.h>

/* D's step on B real samples and B fakes of d numbers: L_D = mean softplus(-D(real)) + mean softplus(D(fake)).
 * samples: what they are called in a hint, "points" or "images". */
static void expect_d_step(const char *test_case, int B, int d, const char *samples)
{
    Run got = student(test_case), want = reference(test_case);
    const double *w = value(&want, "w").a, *batch[2] = {value(&want, "real").a, value(&want, "fake").a};
    double loss[2] = {0}, swapped_loss = 0, *part[2] = {numbers(d), numbers(d)}, *swapped = numbers(d);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < B; i++) {
            double v = *product(batch[k] + i * d, false, w, false, 1, d, 1), target = k == 0;
            loss[k] += softplus(k == 0 ? -v : v) / B;
            swapped_loss += softplus(k == 0 ? v : -v) / B;
            for (int j = 0; j < d; j++) {
                part[k][j] += (sigmoid(v) - target) * batch[k][i * d + j] / B;
                swapped[j] += (sigmoid(v) - (1 - target)) * batch[k][i * d + j] / B;
            }
        }
    double *g = weighted_sum(part[0], 1, part[1], 1, d), sum = loss[0] + loss[1];
    char exchanged[120] = "real and fake are exchanged, or that is V's gradient, and Adam goes down: give it that of "
                          "L = -V";
    if (w[0] != 0)
        snprintf(exchanged, sizeof exchanged, "real and fake are exchanged: real %s go to 1, fakes to 0", samples);
    expect(value(&got, "gradient"), ARRAY(d, 1, g), .rtol = 1e-4, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("only the real batch's gradient is there; the fakes' is added to it", part[0]),
        SLIP_ARRAY("only the fakes' gradient is there; the real batch's is added to it", part[1]),
        SLIP_ARRAY(exchanged, swapped),
        SLIP_ARRAY("that is V's gradient, and Adam goes down: give it that of L = -V", scaled(g, -1, d)),
        SLIP_ARRAY("the mean over real and fake together; the contract adds two means", scaled(g, .5, d)),
        SLIP_ARRAY("an old gradient is still in it: net_zero_grad(D) before the first net_backward",
                   weighted_sum(g, 1, NULL, 7, d))));
    expect(value(&got, "loss"), SCALAR(sum), .rtol = 1e-5, .atol = 1e-6, .batch = B, .slips = SLIPS(
        SLIP("that is the value V; return the loss, -V", -sum),
        SLIP("that is the mean of the two halves; the contract wants their sum", sum / 2),
        SLIP("that is the real half only", loss[0]),
        SLIP("that is the fake half only", loss[1]),
        SLIP("real and fake are exchanged", swapped_loss)));
    expect(value(&got, "w_after"), ARRAY(d, 1, adam_first_step(w, g, d)), .rtol = 1e-4, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("D did not move: adam_step(D, opt)", w)));
    expect_one_step(&got, "D");
}

/* What G is asked to do, and the hints for one who has done the other. */
typedef struct { bool minimax; const char *other_gradient, *other_loss, *negative_loss; } GeneratorLoss;

/* G's step on B codes of `in` numbers, made into samples of d. FOOLING: -mean log sigma(v), v = D(G(z)); MINIMAX:
 * mean log(1 - sigma(v)). */
static void expect_g_step(const char *test_case, int B, int in, int d, GeneratorLoss asked)
{
    enum { FOOLING, MINIMAX };
    Run got = student(test_case), want = reference(test_case);
    const double *z = value(&want, "z").a, *w = value(&want, "G.w").a, *u = value(&want, "D.w").a;
    double *fake = product(z, false, w, false, B, in, d), *logit = product(fake, false, u, false, B, d, 1);
    double *slope[2] = {numbers(B), numbers(B)}, loss[2] = {0}, *g[2];
    for (int i = 0; i < B; i++) {
        loss[FOOLING] += softplus(-logit[i]) / B;
        loss[MINIMAX] -= softplus(logit[i]) / B;
        slope[FOOLING][i] = (sigmoid(logit[i]) - 1) / B;
        slope[MINIMAX][i] = -sigmoid(logit[i]) / B;
    }
    for (int k = 0; k < 2; k++) g[k] = product(z, true, product(slope[k], false, u, true, B, 1, d), false, in, B, d);
    int own = asked.minimax ? MINIMAX : FOOLING, size = in * d;
    bool flat = true;                               /* D is: every gradient is 0, and Adam's step is noise */
    for (int j = 0; j < d; j++) flat = flat && u[j] == 0;
    double *junk = weighted_sum(g[own], 1, NULL, 7, size), *against = scaled(g[own], -1, size);
    double *called_fake = scaled(g[MINIMAX], -1, size);
    expect(value(&got, "gradient"), ARRAY(in, d, g[own]), .rtol = 1e-4, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("an old gradient is still in it: net_zero_grad(G) before net_backward", junk),
        SLIP_ARRAY(asked.other_gradient, flat ? NULL : g[!own]),
        SLIP_ARRAY("G helps D: its fakes are pushed to where D finds them", against),
        SLIP_ARRAY("G helps D: fakes should be called real, target 1", asked.minimax ? NULL : called_fake)));
    expect(value(&got, "loss"), SCALAR(loss[own]), .rtol = 1e-5, .atol = 1e-6, .batch = B, .slips = SLIPS(
        SLIP(asked.negative_loss, -loss[own]),
        SLIP_ARRAY(asked.other_loss, flat ? NULL : &loss[!own]),
        SLIP("that is -log(1 - D(fake)): the fakes' target here is 1", asked.minimax ? NAN : -loss[MINIMAX])));
    if (!flat)
        expect(value(&got, "w_after"), ARRAY(in, d, adam_first_step(w, g[own], size)), .rtol = 1e-4, .atol = 1e-5,
               .slips = SLIPS(
            SLIP_ARRAY("G did not move: adam_step(G, opt)", w)));
    expect_one_step(&got, "G");
}

#endif
