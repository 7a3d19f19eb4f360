/* 15_stackgan.h: the contract of lab 15, a picture in two stages. You write these five functions in
 * 15_stackgan.c.
 *
 * Letters: B batch, W numbers of a caption e (a 1 for every word that holds), C numbers of a
 * condition c, Z of noise z, P = h*w pixels of a Stage I picture x1, d numbers of a Stage II
 * picture x2. Stars: one is a warm-up, three need pencil and paper. Functions that return a Mat
 * take its memory from mem. Test yours with `make test-15`; each is judged alone, from given
 * inputs, but the steps call what you wrote before, and their tests wait for that.
 */
#ifndef LAB_15_STACKGAN_H
#define LAB_15_STACKGAN_H

#include "gen.h"

/* c (B,C); kl in nats; dkl (B,2C) its gradient */
typedef struct { Mat c; float kl; Mat dkl; } Augmented;

/* 1. cond_augment  **  20 min
 * A caption becomes a cloud of conditions. h (B,2C) is mu | logvar, side by side; eps (B,C) is
 * noise. As in lab 4, c = mu + exp(logvar/2) eps, and
 *     kl = 1/2 sum_j (mu_j^2 + exp(logvar_j) - logvar_j - 1), averaged over the batch,
 * says how far the cloud is from N(0, I). dkl is its gradient for h, mu's and logvar's side by
 * side. Add kl up in double. (Zhang et al. 2017, section 3.2) */
Augmented cond_augment(Mat h, Mat eps, Arena *mem);

/* Given, in 15_stackgan.c: dL/dc (B,C) -> dL/dh (B,2C), through c alone. */
Mat augment_backward(Mat dc, Mat h, Mat eps, Arena *mem);

/* A D of pairs (gen.h, pair.c) that learns; gamma: of R1 on every eighth step, 0 for none. */
typedef struct { PairD D; Adam opt; float gamma; } Critic;

/* Given. One step of D by lab 14's three questions: (real, e) up, (real, wrong) and (fake, e) down,
 * half each. e, wrong (B,W) are captions that fit and that do not. Returns D's loss. */
float teach_d(Critic *critic, Mat real, Mat fake, Mat e, Mat wrong, Arena *mem);

/* ---- Stage I ---- */

/* augment   e (B,W) -> h (B,2C)
 * G.form    (z|c) (B,Z+C) -> (B,2P): at every pixel a gate, sprite or ground, and a tone
 * G.colour  c (B,C) -> (B,6): of the ground, of the sprite
 * weight    of the KL */
typedef struct {
    Net augment;
    Stencil G;                                                      /* gen.h, stencil.c */
    Adam opt;                               /* of augment, form and colour */
    Critic critic;
    float weight;
} Stage1;

/* Given. Pictures (B,3P) in [-1,1] of noise z (B,Z) and conditions c (B,C); and from dL/dx (B,3P)
 * to the gradients of form and colour, which are added to, and to dL/dc (B,C), returned. */
Mat paint(Stage1 *s, Mat z, Mat c, Mode mode, StencilTrace *p, Arena *mem);
Mat paint_backward(Stage1 *s, Mat dx, StencilTrace *p, Arena *mem);

typedef struct { float d, fool, kl; } Losses;

/* 2. stage1_step  ***  30 min
 * One step of Stage I on a batch.
 *   1. h = augment(e), c from h and eps by cond_augment, fakes of z and c
 *   2. one step of D on the real pictures and these fakes: teach_d
 *   3. the other three nets, against D as it is now, down
 *          L = fooling_loss + weight kl.
 *      dL/dc leads on to h, where the KL's gradient joins it. Old gradients are zeroed first; each
 *      of the three takes one step of Adam by s->opt.
 * real (B,3P) in [-1,1]; e, wrong (B,W); z (B,Z); eps (B,C). Returns D's loss, fooling_loss and kl
 * (without weight). (Zhang et al. 2017, eq. 3 and 4) */
Losses stage1_step(Stage1 *s, Mat real, Mat e, Mat wrong, Mat z, Mat eps, Arena *mem);

/* ---- Stage II ---- */

/* augment   e (B,W) -> h (B,2C), another than Stage I's
 * encode    x1 (B, h*w*3) -> a map (B, h*w*k)
 * residual  the map with c at every pixel (B, h*w*(k+C)) -> r (B, h*w*times*times*4)
 * up        x1 (B, h*w*3) -> (B,d), times as high and as wide: every pixel becomes a block of equal
 *           ones; it has no weights */
typedef struct {
    Net augment, encode, residual, up;
    int h, w, times;
    Adam opt;                               /* of augment, encode and residual */
    Critic critic;
    float weight;
} Stage2;

/* Given. What r adds to the enlarged picture (B,d): every pixel of a block has four numbers in r,
 * which say how far it goes from its own colour towards that of the pixel of x1 to the right,
 * left, below and above; 1 is all the way. Where there is none it does not go. So edges can move,
 * between colours that Stage I drew. And from dL/dx2 (B,d) to dL/dr. */
Mat spread(const Stage2 *s, Mat x1, Mat r, Arena *mem);
Mat spread_backward(const Stage2 *s, Mat x1, Mat dx2, Arena *mem);

typedef struct { Trace encode, residual; } Stage2Trace;                /* for the way back */

/* 3. stage2_forward  **  15 min
 * What Stage I drew, larger, and what it lacks:
 *     r = residual(encode(x1) with planes of c),    x2 = up(x1) + spread(x1, r).
 * A residual of 0 leaves the picture as it is, only larger. `way` gets the traces of encode and of
 * residual, made with `mode`: TRAIN for training, EVAL for pictures. See planes_join in gen.h.
 * x1 (B, h*w*3), c (B,C) -> x2 (B,d). (Zhang et al. 2017, section 3.4; Denton et al. 2015) */
Mat stage2_forward(Stage2 *s, Mat x1, Mat c, Mode mode, Stage2Trace *way, Arena *mem);

/* 4. stage2_step  ***  30 min
 * One step of Stage II on a batch, as in stage1_step, but fakes are made of Stage I's pictures x1
 * by stage2_forward. What x1 would hear is left out: Stage I has learned and stays as it is. c is
 * heard at every pixel of the map: planes_split adds up what they hand back.
 * real (B,d) in [-1,1]; x1 (B, h*w*3); e, wrong (B,W); eps (B,C). (Zhang et al. 2017, eq. 5, 6) */
Losses stage2_step(Stage2 *s, Mat real, Mat x1, Mat e, Mat wrong, Mat eps, Arena *mem);

/* 5. edge_energy  *  10 min
 * How much happens from pixel to pixel: the squared differences between each pixel and its right
 * neighbour and between it and its lower one, where there is one, added up over channels and
 * averaged over the pixels of all pictures.
 * x (n, h*w*c), channel fastest; any number of channels. Add up in double. */
double edge_energy(Mat x, int h, int w);

#endif
