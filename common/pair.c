/* pair.c: a discriminator of pairs: it is shown an image and told what the image should be, by lab 13's planes and by
 * the projection of Miyato & Koyama (2018). */
#include "gen.h"

Mat planes_join(Mat map, int pixels, Mat e, Arena *mem)
{
    check(pixels >= 1 && map.d % pixels == 0 && map.n == e.n,
          "planes_join: a map (%d,%d) of %d pixels, told (%d,%d)\n  hint: the map's width is pixels times channels",
          map.n, map.d, pixels, e.n, e.d);
    Mat pixel = mat_reshape(map, map.n * pixels, map.d / pixels);               /* a row per pixel */
    Mat told = mat_join(mem, pixel, mat_repeat(mem, e, pixels));
    return mat_reshape(told, map.n, pixels * told.d);
}

Mat planes_split(Mat dtold, int pixels, Mat de, Arena *mem)
{
    int n = dtold.n, channels = dtold.d / pixels - de.d;
    check(de.n == n && channels >= 0 && dtold.d % pixels == 0,
          "planes_split: (%d,%d) of %d pixels are not told (%d,%d)", n, dtold.d, pixels, de.n, de.d);
    Mat dpixel = mat_new(mem, n * pixels, channels), dheard = mat_new(mem, n * pixels, de.d);
    mat_split(mat_reshape(dtold, n * pixels, channels + de.d), dpixel, dheard);
    for (int i = 0; i < n; i++)                             /* every pixel heard the same e */
        mat_add_column_sums(mat_rows(de, i, 1), mat_rows(dheard, i * pixels, pixels));
    return mat_reshape(dpixel, n, pixels * channels);
}

Mat pair_ask(PairD *D, Mat map, Mat e, PairTrace *q, Arena *mem)
{
    *q = (PairTrace){.pair = trace(mem, TRAIN), .e = e};
    q->score = net_forward(&D->pair, planes_join(map, D->pixels, e, mem), &q->pair);
    Mat logit = mat_new(mem, map.n, 1);
    for (int i = 0; i < map.n; i++) {
        const float *score = row(q->score, i);
        logit.a[i] = score[e.d];
        for (int k = 0; k < e.d; k++) logit.a[i] += row(e, i)[k] * score[k];
    }
    return logit;
}

PairAnswer pair_back(PairD *D, Mat dlogit, PairTrace *q, int wrt, Arena *mem)
{
    int n = dlogit.n, E = q->e.d;
    PairAnswer answer = {.de = mat_new(mem, n, E)};
    Mat dscore = mat_new(mem, n, E + 1);
    for (int i = 0; i < n; i++) {
        row(dscore, i)[E] = dlogit.a[i];
        for (int k = 0; k < E; k++) {
            row(dscore, i)[k] = dlogit.a[i] * row(q->e, i)[k];
            row(answer.de, i)[k] = dlogit.a[i] * row(q->score, i)[k];
        }
    }
    Mat dtold = net_backward(&D->pair, dscore, &q->pair, wrt | WRT_INPUT);
    answer.dmap = planes_split(dtold, D->pixels, answer.de, mem);
    return answer;
}

Loss fooling_loss(PairD *D, Mat fake, Mat e, Arena *mem)
{
    Trace at_fake = trace(mem, TRAIN);
    PairTrace q;
    Mat map = net_forward(&D->image, fake, &at_fake);
    Loss fool = bce_logits_to(pair_ask(D, map, e, &q, mem), 1, mem);
    PairAnswer a = pair_back(D, fool.grad, &q, WRT_INPUT, mem);
    fool.grad = net_backward(&D->image, a.dmap, &at_fake, WRT_INPUT);
    return fool;
}

void pair_flatten(PairD *D, Mat x, Mat e, float step, float gamma, Arena *mem)
{
    Trace here = trace(mem, TRAIN), there = trace(mem, TRAIN);
    PairTrace at_here, at_there;
    Mat one = mat_new(mem, x.n, 1);
    mat_fill(one, 1);
    pair_ask(D, net_forward(&D->image, x, &here), e, &at_here, mem);
    PairAnswer up = pair_back(D, one, &at_here, WRT_INPUT, mem);
    Mat v = net_backward(&D->image, up.dmap, &here, WRT_INPUT);         /* (B,d) */
    Ahead ahead = ahead_along(v, x, step, gamma, mem);
    pair_ask(D, net_forward(&D->image, ahead.x, &there), e, &at_there, mem);
    PairAnswer more = pair_back(D, ahead.weight, &at_there, WRT_PARAMS, mem);
    net_backward(&D->image, more.dmap, &there, WRT_PARAMS);
    mat_scale(ahead.weight, -1);
    PairAnswer less = pair_back(D, ahead.weight, &at_here, WRT_PARAMS, mem);
    net_backward(&D->image, less.dmap, &here, WRT_PARAMS);
}
