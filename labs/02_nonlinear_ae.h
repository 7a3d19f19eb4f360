/* 02_nonlinear_ae.h: the contract of lab 02, nonlinear PCA. You write these six functions in
 * 02_nonlinear_ae.c: a whole net by hand.
 *
 * Letters: n rows or B batch, d and e features of a layer's input and output. Samples are rows.
 * a: before the activation, h: after it.
 * Stars: one is a warm-up, three need paper and pencil. Functions that return a Mat take its memory
 * from mem.
 * Test yours with `make test-02`; each is judged alone, from given inputs.
 *
 * The library has nets too (net.c, dense.c, optim.c), and later labs use them. This lab uses none
 * of that: the net below is a plain struct of layers, and your functions train it. (Your Adam is
 * called adam_apply, for the library already has an adam_update.)
 */
#ifndef LAB_02_NONLINEAR_AE_H
#define LAB_02_NONLINEAR_AE_H

#include "gen.h"

/* ---- the net ---- */

typedef enum { IDENTITY, TANH, SIGMOID, LRELU, ACTS } Act;
#define SLOPE .1f                                   /* of the leaky ReLU below 0 */

/* One layer, h = act(x W + b): w (d,e), b (1,e). A Param has values .v and a gradient .g. */
typedef struct { Act act; Param w, b; } DenseLayer;
/* A multilayer perceptron: layer[0] sees the input, layer[n-1] makes the output. steps: how many
 * steps of training it has had. */
enum { LAYERS = 8 };
typedef struct { int n, steps; DenseLayer layer[LAYERS]; } Mlp;

/* What ae_step is made of, as pointers, so that it can be tested without the rest; `by_hand`
 * holds those of this lab. */
typedef struct {
    /* x (B,d) -> h (B,e) */
    Mat (*forward)(const DenseLayer *l, Mat x, Arena *mem);
    /* dh (B,e) -> dx (B,d); ADDS to l->w.g and l->b.g */
    Mat (*backward)(DenseLayer *l, Mat dh, Mat x, Mat h, Arena *mem);
    /* moves p->v by p->g, in step t */
    void (*update)(Param *p, const Adam *opt, int t);
} Parts;
extern const Parts by_hand;

/* ---- the exercises ---- */

/* 1. act_forward  *  8 min
 * h = act(a), entry by entry: IDENTITY a; TANH tanh a; SIGMOID 1/(1 + e^-a); LRELU a where
 * a > 0, else SLOPE a (Maas et al. 2013).
 * a (B,e) -> h (B,e), a new matrix. Right for every a, 1000 and -1000 too: tanhf is, a quotient
 * of two exponentials is not. */
Mat act_forward(Act act, Mat a, Arena *mem);

/* 2. act_backward  **  10 min
 * da = dh * act'(a), entry by entry. The derivative needs only the output h: IDENTITY 1;
 * TANH 1 - h^2; SIGMOID h (1 - h); LRELU 1 where h > 0, else SLOPE.
 * dh (B,e), h (B,e) as act_forward gave it -> da (B,e), a new matrix. */
Mat act_backward(Act act, Mat dh, Mat h, Arena *mem);

/* 3. dense_forward  *  5 min
 * a = x W + b, the same b for every sample.
 * x (B,d), W (d,e), b (1,e) -> a (B,e). */
Mat dense_forward(Mat x, Mat W, Mat b, Arena *mem);

/* 4. dense_backward  **  15 min
 * From da = dL/da to the three gradients of a = x W + b (Rumelhart, Hinton & Williams 1986):
 *     W.g += x^T da        b.g += the sum of the rows of da        returned: dx = da W^T
 * Gradients are ADDED to what stands in .g; the step sets them to 0 first. da holds the 1/B of
 * the loss already.
 * da (B,e), x (B,d), W->v and W->g (d,e), b->g (1,e) -> dx (B,d). */
Mat dense_backward(Mat da, Mat x, Param *W, Param *b, Arena *mem);

/* 5. adam_apply  **  15 min
 * One step of Adam on p->v (Kingma & Ba 2015, algorithm 1), entry by entry, in step t, which
 * is 1 at first:
 *     m <- beta1 m + (1 - beta1) g      s <- beta2 s + (1 - beta2) g^2
 *     v <- v - lr mhat / (sqrt(shat) + eps)      with mhat = m / (1 - beta1^t),
 *                                                     shat = s / (1 - beta2^t)
 * p->v, p->m, p->s are changed in place; opt and p->g stay. */
void adam_apply(Param *p, const Adam *opt, int t);

/* 6. ae_step  ***  30 min
 * One step of training on x (B,d), with the functions in `use` (use->forward, use->backward,
 * use->update):
 *   1. forward: through every layer, first to last; keep what goes in and what comes out of
 *      each. The last h is xhat
 *   2. the loss, L = 1/B sum_i |x_i - xhat_i|^2, and its gradient dL/dxhat = 2/B (xhat - x)
 *   3. set every gradient to 0
 *   4. backward: through every layer, last to first, each with its own input and output; what
 *      one hands back the next receives
 *   5. count the step (net->steps), then update w and b of every layer
 * Returns L as it was before the update. */
float ae_step(Mlp *net, Mat x, const Parts *use, const Adam *opt, Arena *mem);

#endif
