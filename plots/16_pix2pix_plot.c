/* 16_pix2pix_plot.c: what the figures of lab 16 are drawn from; see 16_pix2pix_plot.h.
 */
#include "16_pix2pix_plot.h"
#include <math.h>

enum { SIDE = 32, ZOOM = 2, MOST_SHOWN = 16 };

static void sheet(Lab *lab, const char *file, Mat x)
{
    png_sheet(lab->out, file, x, (Sheet){SIDE, SIDE, 3, .cols = x.n, .zoom = ZOOM, .hi = 1});
}

/* `shown` of the pictures, evenly among them. */
static void some(Lab *lab, const char *file, Mat x, int shown, Arena *mem)
{
    int index[MOST_SHOWN];
    for (int i = 0; i < shown; i++) index[i] = (2 * i + 1) * x.n / (2 * shown);
    sheet(lab, file, mat_gather(mem, x, index, shown));
}

void plot_emoji(Lab *lab, Mat outline, const Mat made[3], Mat truth, Arena *mem)
{
    some(lab, "emoji_input.png", outline, EMOJI_SHOWN, mem);
    some(lab, "emoji_l1.png", made[0], EMOJI_SHOWN, mem);
    some(lab, "emoji_gan.png", made[1], EMOJI_SHOWN, mem);
    some(lab, "emoji_l1gan.png", made[2], EMOJI_SHOWN, mem);
    some(lab, "emoji_truth.png", truth, EMOJI_SHOWN, mem);
}

void plot_skips(Lab *lab, Mat outline, Mat with, Mat without, Mat truth, Arena *mem)
{
    some(lab, "skips_input.png", outline, SKIPS_SHOWN, mem);
    some(lab, "skips_with.png", with, SKIPS_SHOWN, mem);
    some(lab, "skips_without.png", without, SKIPS_SHOWN, mem);
    some(lab, "skips_truth.png", truth, SKIPS_SHOWN, mem);
}

void plot_noise(Lab *lab, Mat outline, const Mat made[DRAWS])
{
    static const char *const file[DRAWS] = {"noise0.png", "noise1.png", "noise2.png"};
    sheet(lab, "noise_input.png", outline);
    for (int k = 0; k < DRAWS; k++) sheet(lab, file[k], made[k]);
}

/* Patches as pixels, enlarged to about a picture's size: red is fake, blue is real. */
static void said(Lab *lab, const char *file, Mat logit, Arena *mem)
{
    int side = (int)lroundf(sqrtf((float)logit.d));
    Mat map = mat_new(mem, logit.n, 3 * logit.d);
    for (size_t q = 0; q < mat_size(logit); q++) {
        float real = 1 / (1 + expf(-logit.a[q])), *rgb = map.a + 3 * q;
        rgb[0] = real < .5f ? 1 : 2 * (1 - real);
        rgb[1] = 1 - fabsf(2 * real - 1);
        rgb[2] = real > .5f ? 1 : 2 * real;
    }
    Sheet s = {side, side, 3, .cols = map.n, .zoom = ZOOM * SIDE / side, .hi = 1};
    png_sheet(lab->out, file, map, s);
}

void plot_patches(Lab *lab, Mat real, Mat real_logit, Mat fake, Mat fake_logit, Arena *mem)
{
    sheet(lab, "real.png", real);
    sheet(lab, "fake.png", fake);
    said(lab, "real_said.png", real_logit, mem);
    said(lab, "fake_said.png", fake_logit, mem);
}

void plot_scenes(Lab *lab, Mat map, const Mat made[SCENE_KINDS], Mat truth, Arena *mem)
{
    some(lab, "scenes_input.png", map, SCENES_SHOWN, mem);
    for (int k = 0; k < SCENE_KINDS; k++)
        some(lab, name_of(mem, "scenes_%d.png", k), made[k], SCENES_SHOWN, mem);
    some(lab, "scenes_truth.png", truth, SCENES_SHOWN, mem);
}

void plot_labels(Lab *lab, Mat scene, const Mat made[3], Mat truth, Arena *mem)
{
    some(lab, "labels_input.png", scene, SCENES_SHOWN, mem);
    for (int k = 0; k < 3; k++)
        some(lab, name_of(mem, "labels_%d.png", k), made[k], SCENES_SHOWN, mem);
    some(lab, "labels_truth.png", truth, SCENES_SHOWN, mem);
}
