/* 13_cgan.h: the contract of lab 13, a conditional GAN. You write these five functions in
 * 13_cgan.c.
 *
 * Letters: B batch, K classes, p pixels of a map (1: it is a plain vector), c channels of each.
 * y (B,K) is one-hot: which class is asked for. Stars: one is a warm-up, three need pencil and
 * paper. Functions that return a Mat take its memory from mem. Test yours with `make test-13`;
 * each is judged alone, from given inputs.
 */
#ifndef LAB_13_CGAN_H
#define LAB_13_CGAN_H

#include "gen.h"

/* 1. one_hot  *  5 min
 * A class as a vector: row i is 0 everywhere but at label[i], where it is 1.
 * label (n), each below classes -> (n,classes). */
Mat one_hot(const uint8_t *label, int n, int classes, Arena *mem);

/* 2. join_condition  **  15 min
 * Every pixel learns what is asked for: behind its c channels come the K numbers of its sample's y.
 * With one pixel, that puts a vector beside a vector; with more, it adds K planes to a map, each
 * filled with one number.
 * x (B, p*c), channel fastest, y (B,K) -> (B, p*(c+K)). (Mirza & Osindero 2014) */
Mat join_condition(Mat x, int pixels, Mat y, Arena *mem);

/* D looks at an image, and only then hears what it is said to show:
 *     image    x (B, h*w) -> a map (B, p*c)
 *     pair     the map joined with y (B, p*(c+K)) -> a score for every class (B,K)
 * Its logit for "this is real, and a k" is the score of k. y picks it: logit = sum over k of
 * y_k score_k. */
typedef struct { Net image, pair; int pixels; } Discriminator;

/* What one use of D remembers, for the way back. */
typedef struct { Trace image, pair; Mat y; } Question;

/* Given, in 13_cgan.c; they call your join_condition. Logits (B,1) of x (B, h*w) with y (B,K): */
Mat ask(Discriminator *D, Mat x, Mat y, Question *q, Arena *mem);
/* And back: from dL/dlogit (B,1) to what wrt asks for. WRT_PARAMS adds to the gradients of both of
 * D's nets, WRT_INPUT returns dL/dx (B, h*w). */
Mat ask_backward(Discriminator *D, Mat dlogit, Question *q, int wrt, Arena *mem);

/* 3. cgan_d_loss  **  15 min
 * D wants a real image with its own label up, and a fake with the label G was asked for down:
 *     L = mean of -log sigma(D(real, y)) + mean of -log(1 - sigma(D(fake, y))).
 * Both get the same y. real, fake (B, h*w). Returns L; afterwards the gradients of both of D's
 * nets are those of L, whatever they were before. (Mirza & Osindero 2014, eq. 2) */
float cgan_d_loss(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem);

/* 4. cgan_g_loss  **  10 min
 * G wants its fake taken for a real image of the class that it was asked for:
 *     L = mean of -log sigma(D(fake, y)).
 * Returns L and dL/dfake (B, h*w). D's weights and their gradients keep every bit. */
Loss cgan_g_loss(Discriminator *D, Mat fake, Mat y, Arena *mem);

/* confusion (K,K); accuracy in [0,1] */
typedef struct { Mat confusion; float accuracy; } Obedience;

/* 5. condition_accuracy  *  10 min
 * Did G draw what was asked? Of the samples asked to be of class i, the share confusion[i,j] was
 * judged to be a j; a row that nobody asked for is 0. accuracy: the share of all samples that were
 * judged what was asked.
 * asked, judged (n), each below classes. Count in integers or double. */
Obedience condition_accuracy(const uint8_t *asked, const uint8_t *judged, int n, int classes,
                             Arena *mem);

#endif
