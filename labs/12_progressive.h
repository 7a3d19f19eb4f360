/* 12_progressive.h: the contract of lab 12, networks that grow. You write these five functions in
 * 12_progressive.c.
 *
 * Letters: B batch; h w c height, width, channels of a map, which lies in a row as h,w,c, channel
 * fastest. Stars: one is a warm-up, three need pencil and paper. Functions that return a Mat take
 * its memory from mem. Test yours with `make test-12`; each is judged alone, from given inputs.
 */
#ifndef LAB_12_PROGRESSIVE_H
#define LAB_12_PROGRESSIVE_H

#include "gen.h"

/* 1. upsample_nearest  *  10 min
 * Twice as high, twice as wide: every pixel becomes four equal ones,
 *     y[i,j,k] = x[i/2,j/2,k], the quotients rounded down.
 * x (B, h*w*c) of shape s -> (B, 2h*2w*c). */
Mat upsample_nearest(Mat x, Shape s, Arena *mem);

/* 2. downsample_mean  *  10 min
 * Half as high, half as wide: a pixel is the mean of the 2 x 2 that it covers,
 *     y[i,j,k] = (x[2i,2j,k] + x[2i,2j+1,k] + x[2i+1,2j,k] + x[2i+1,2j+1,k]) / 4.
 * x (B, h*w*c) of shape s, whose h and w are even -> (B, h/2*w/2*c).
 * It undoes upsample_nearest, and is its transpose divided by 4: <up(x), y> = 4 <x, down(y)>. */
Mat downsample_mean(Mat x, Shape s, Arena *mem);

/* 3. fade_in  *  10 min
 * What the smaller net draws, enlarged, gives way to what the larger one draws:
 *     (1 - alpha) upsample_nearest(small) + alpha big.
 * At alpha = 0 this is the old net's image, at 1 the new one's.
 * small (B, h*w*c) of shape s, big (B, 2h*2w*c) -> (B, 2h*2w*c). (Karras et al. 2018, figure 2) */
Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem);

typedef struct { Mat y, dx; } PixelNorm;

/* 4. pixel_norm  ***  40 min
 * In every pixel the c channels are divided by their root mean square, so that no channel can grow
 * without end:
 *     y_k = x_k / r,   r = sqrt(mean over k of x_k^2 + 1e-8).
 * And backward, from dy = dL/dy to dx = dL/dx. As r depends on every channel of the pixel,
 *     dx_k = (dy_k - y_k mean over j of dy_j y_j) / r.
 * x, dy (B, d), d a multiple of c -> y, dx (B, d). Add up in double. (Karras et al. 2018, 4.2) */
PixelNorm pixel_norm(Mat x, Mat dy, int c, Arena *mem);

/* A generator that can grow. body[0] makes a small map from noise, body[k] one twice as high and
 * wide from the map of body[k - 1]; image[k] turns the map of body[k] into an image. */
enum { STAGES = 4 };
typedef struct { int stages; Net body[STAGES], image[STAGES]; } Generator;

/* 5. grow_generator  **  25 min
 * One stage more. With k = G->stages, the number before,
 *     body[k]    from net_out of body[k - 1]: upsampled to nearest pixels, convolved to c channels
 *                (kernel 3, stride 1, padding 1), leaky ReLU of slope .2, pixel norm;
 *     image[k]   from there: convolved (kernel 1, stride 1, no padding) to as many channels as
 *                image[0] puts out.
 * Name them "gbodyS" and "gimageS", S the new map's height: files will bear these names. Weights
 * are those that net_conv draws from rng, the body's first, and live in keep. What G had before
 * keeps every bit. (Karras et al. 2018, section 2) */
void grow_generator(Generator *G, int c, Rng *rng, Arena *keep);

#endif
