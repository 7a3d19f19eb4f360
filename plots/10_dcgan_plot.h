/* 10_dcgan_plot.h: what the figures of lab 10 are drawn from. Nothing to write here; the place for
 * a figure of your own. plots/10_dcgan.gp draws it.
 */
#ifndef PLOT_10_DCGAN_H
#define PLOT_10_DCGAN_H

#include "10_dcgan.h"

/* Kernels of 4 x 4 that look for upright edges, level edges and spots, and one that takes the mean:
 * W (16,4) of a convolution with one input channel. And images that they walk over.
 * TEST_IMAGES: how many there must be. */
enum { KERNELS = 4, TEST_IMAGES = 19 };
extern const int four_images[KERNELS];
Mat  four_kernels(Arena *mem);

/* Images (4, h*w), what the kernels find in them (4, h/2*w/2*4), and what the transpose makes of
 * it: image.png, maps.png, back.png. Figure: convolution. */
void plot_convolution(Lab *lab, Mat x, Mat y, Mat back, Data data, Arena *mem);

/* Mean and sd of every channel of `before`, which f has normalised: norm.csv. Figure: norm. */
void plot_norm(Lab *lab, Mat before, Normed f);

/* A film of images from noise that is always the same, close together at first: frame_NN.png,
 * frames.csv. A frame is due when film_due says so. Figures: movie, training. */
enum { FILMED = 60 };
typedef struct Film Film;
Film *film_open(Lab *lab, Data data, Arena *keep);
bool  film_due(const Film *film, long done, long steps);
void  film_frame(Film *film, long done, long images_seen, Mat images);
void  film_close(Film *film);

/* Two hundred samples: samples.png. Figure: samples. */
void plot_samples(Lab *lab, Mat samples, Data data);

/* A row of samples, and under each the training image nearest to it: neighbours.png. Is it learned
 * or remembered? Figure: neighbours. */
void plot_neighbours(Lab *lab, Mat samples, Data train, Arena *mem);

/* Twelve images of each kind, a row each: compare.png. Figure: compare. */
void plot_compare(Lab *lab, const Mat *from, int rows, Data data, Arena *mem);

#endif
