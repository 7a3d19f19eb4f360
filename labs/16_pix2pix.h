/* 16_pix2pix.h: the contract of lab 16, pix2pix. You write these five functions in 16_pix2pix.c.
 *
 * Letters: B batch, p pixels of a map, q patches that D judges, d = p*c numbers of a picture. Maps
 * and pictures lie in rows, channel fastest. Stars: one is a warm-up, three need pencil and paper.
 * Functions that return a Mat take its memory from mem. Test yours with `make test-16`; each is
 * judged alone, from given inputs.
 */
#ifndef LAB_16_PIX2PIX_H
#define LAB_16_PIX2PIX_H

#include "gen.h"

/* 1. skip_join, skip_split  *  10 min
 * What the way down saw at a size goes to the way up at that size: at every pixel the channels of
 * skip, then those of up.
 *     skip_join    skip (B, p*s), up (B, p*u) -> (B, p*(s+u))
 *     skip_split   its backward: d (B, p*(s+u)) -> dskip (B, p*s), dup (B, p*u), both overwritten
 * (Ronneberger et al. 2015; Isola et al. 2017, section 3.2.1) */
Mat  skip_join(Mat skip, Mat up, int pixels, Arena *mem);
void skip_split(Mat d, int pixels, Mat dskip, Mat dup);

/* A convolution: kernel x kernel pixels, every stride-th of them. */
typedef struct { int kernel, stride; } PatchLayer;

/* 2. patch_receptive_field  **  15 min
 * How many pixels a side does one number behind n convolutions look at? layer[0] comes first. None
 * at all look at 1. Padding plays no part. (Isola et al. 2017, section 3.2.2 and appendix 6.1.2) */
int patch_receptive_field(const PatchLayer *layer, int n);

/* 3. l1_loss  *  10 min
 * The mean of |y - truth| over all B*d numbers, and its gradient for y (B,d); where y is the truth
 * to the last bit the gradient is 0. Add up in double. (Isola et al. 2017, eq. 3) */
Loss l1_loss(Mat y, Mat truth, Arena *mem);

/* value = gan + lambda l1; dlogit (B,q), dfake (B,d): its gradients */
typedef struct { float value, gan, l1; Mat dlogit, dfake; } Pix2pixLoss;

/* 4. pix2pix_g_loss  **  15 min
 * G wants every patch taken for real, and to be near the truth:
 *     gan = mean over pictures and patches of -log sigma(logit)
 *     l1  = l1_loss(fake, truth)
 * dfake is what the L1 term says alone; what D says through dlogit comes later, on the way back
 * through D. Finite for any logit.
 * logit (B,q), fake, truth (B,d), lambda >= 0. (Isola et al. 2017, eq. 4, with the -log D of
 * section 3.3) */
Pix2pixLoss pix2pix_g_loss(Mat logit, Mat fake, Mat truth, float lambda, Arena *mem);

/* 5. pix2pix_d_input  *  5 min
 * D is conditional: it sees what G was given, and what came out. At every pixel the channels of
 * input, then those of output.
 * input (B, p*a), output (B, p*b) -> (B, p*(a+b)). (Isola et al. 2017, eq. 1) */
Mat pix2pix_d_input(Mat input, Mat output, int pixels, Arena *mem);

#endif
