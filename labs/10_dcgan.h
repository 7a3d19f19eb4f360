/* 10_dcgan.h: the contract of lab 10, a convolutional GAN. You write these six functions in
 * 10_dcgan.c.
 *
 * Letters: B batch, h w c an image's height, width, channels, k the kernel's side; D the
 * discriminator, G the generator, z noise.
 * A batch of maps has one image per row, h,w,c with the channel fastest: pixel (y,x), channel ch of
 * image i is row(m, i)[(y*w + x)*c + ch].
 * Functions that return a Mat take its memory from mem. Test yours with `make test-10`; each is
 * judged alone, from given inputs.
 */
#ifndef LAB_10_DCGAN_H
#define LAB_10_DCGAN_H

#include "gen.h"

/* A window of kernel x kernel pixels moves over the big map in steps of stride; pad rows of
 * zeros lie around the map. The small map has one pixel for each place where the window stops:
 * small.h = (big.h + 2 pad - kernel) / stride + 1, the same for w.
 * When it stops at small pixel (y,x), its pixel (ky,kx) lies on big pixel
 * (y*stride + ky - pad, x*stride + kx - pad), or on padding. */
typedef struct { Shape big, small; int kernel, stride, pad; } Window;

/* The pixel of big under window pixel (ky,kx) when the window stops at (y,x), for image i; NULL
 * where there is padding. */
static inline float *under(const Window *win, Mat big, int i, int y, int x, int ky, int kx)
{
    int by = y * win->stride + ky - win->pad, bx = x * win->stride + kx - win->pad;
    bool inside = by >= 0 && by < win->big.h && bx >= 0 && bx < win->big.w;
    return inside ? row(big, i) + (by * win->big.w + bx) * win->big.c : NULL;
}

/* 1. conv_forward  **  20 min
 *     y[y,x,o] = b_o + sum over ky, kx, ch of
 *                x[y*stride + ky - pad, x*stride + kx - pad, ch] W[(ky*k + kx)*big.c + ch, o];
 * outside of the map x is 0.
 * x (B, big), W (k*k*big.c, small.c), b (1, small.c) -> y (B, small).
 * (LeCun et al. 1989; Dumoulin & Visin 2016, ch. 2) */
Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem);

/* 2. convt_forward  **  15 min
 * The transposed convolution goes back from the small map to the big one with a W of the same
 * shape: every small pixel adds its multiple of the kernel to the window under it. Without b it
 * is the adjoint of conv_forward: <conv(x), y> = <x, convt(y)> for all x and y.
 * x (B, small), W (k*k*big.c, small.c), b (1, big.c) -> y (B, big). (Zeiler et al. 2010;
 * Dumoulin & Visin 2016, ch. 4) */
Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem);

typedef struct { Mat y, xhat, rsd; } Normed;    /* result, normalised input (n,c); 1 / sd (1,c) */

/* 3. batchnorm_forward  **  20 min
 * Per column: xhat = (x - mean) / sqrt(var + 1e-5), y = gain xhat + shift. Training: mean and
 * var (with 1/n) are those of the rows of x, and run <- run + 0.1 (batch - run), where run keeps
 * the variance with 1/(n-1). Not training: mean and var are those in run, and run stays as it is.
 * x (n,c), one row per pixel of the batch; gain, shift (1,c); run (2,c): mean, variance.
 * (Ioffe & Szegedy 2015, algorithms 1 and 2) */
Normed batchnorm_forward(Mat x, Mat gain, Mat shift, Mat run, bool train, Arena *mem);

typedef struct { Mat dx, dgain, dshift; } NormedGrad;               /* (n,c), (1,c), (1,c) */

/* 4. batchnorm_backward  ***  30 min
 * Backward of the training pass: mean and sd depend on every row of x, so each row's gradient
 * reaches all of them. With means and sums over rows,
 *     dx = gain rsd (dy - mean(dy) - xhat mean(dy xhat)), dgain = sum dy xhat, dshift = sum dy.
 * dy (n,c), fwd what the forward pass returned, gain (1,c). */
NormedGrad batchnorm_backward(Mat dy, Normed fwd, Mat gain, Arena *mem);

/* 5. dcgan_d_step  **  15 min
 * One step of D: real images up, fakes down. 
 * L = mean of -log sigma(D(real)) + mean of -log(1 - sigma(D(fake))),
 * each batch through D by itself (batch norm sees them apart). The gradient goes to
 * D's weights only; G is not touched. Returns L.
 * real, fake (B, h*w*c). (Goodfellow et al. 2014, algorithm 1) */
float dcgan_d_step(Net *D, Mat real, Mat fake, const Adam *opt, Arena *mem);

/* 6. dcgan_g_step  **  15 min
 * One step of G: fool the discriminator as it is now. L = mean of -log sigma(D(fake)); D hands
 * dL/dfake back and gets no gradient itself: its weights and their gradients keep every bit.
 * G takes dL/dfake on to its weights.
 * fake (B, h*w*c) = G(z) is what the forward pass with trace tg made. Returns L.
 * (Goodfellow et al. 2014, section 3) */
float dcgan_g_step(Net *G, Net *D, Mat fake, Trace *tg, const Adam *opt, Arena *mem);

#endif
