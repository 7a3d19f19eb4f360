/* 16_pix2pix_plot.h: what the figures of lab 16 are drawn from. Nothing to write here; the place
 * for a figure of your own. plots/16_pix2pix.gp draws it.
 */
#ifndef PLOT_16_PIX2PIX_H
#define PLOT_16_PIX2PIX_H

#include "16_pix2pix.h"

/* All pictures are (n, 32*32*3) in [0,1], and as many as are shown are taken evenly among n. */

/* Outlines, what L1, the GAN and both made of them, and the truth: emoji_input.png, emoji_l1.png,
 * emoji_gan.png, emoji_l1gan.png, emoji_truth.png. Figure: emoji. */
enum { EMOJI_SHOWN = 14 };
void plot_emoji(Lab *lab, Mat outline, const Mat made[3], Mat truth, Arena *mem);

/* With skips and without: skips_input.png, skips_with.png, skips_without.png, skips_truth.png.
 * Figure: unet. */
enum { SKIPS_SHOWN = 6 };
void plot_skips(Lab *lab, Mat outline, Mat with, Mat without, Mat truth, Arena *mem);

/* NOISY outlines and DRAWS colourings of each: noise0.png, ... Figure: noise. */
enum { NOISY = 12, DRAWS = 3 };
void plot_noise(Lab *lab, Mat outline, const Mat made[DRAWS]);

/* ASKED pictures, real and by G, and D's logits of their patches (ASKED,q): real.png, fake.png,
 * real_said.png, fake_said.png. Figure: patches. */
enum { ASKED = 8 };
void plot_patches(Lab *lab, Mat real, Mat real_logit, Mat fake, Mat fake_logit, Arena *mem);

/* Label maps, what seven models made of them, and real scenes: scenes_input.png, scenes_0.png, ...
 * scenes_truth.png. Figures: scenes, sweeps. */
enum { SCENE_KINDS = 7, SCENES_SHOWN = 12 };
void plot_scenes(Lab *lab, Mat map, const Mat made[SCENE_KINDS], Mat truth, Arena *mem);

/* Scenes, what three models made of them, and real label maps: labels_input.png, labels_0.png, ...
 * labels_truth.png. Figure: labels. */
void plot_labels(Lab *lab, Mat scene, const Mat made[3], Mat truth, Arena *mem);

#endif
