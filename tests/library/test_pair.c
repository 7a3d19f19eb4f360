/* test_pair.c: planes by hand and as an adjoint, logits from their formula, their gradients by differences, R1 against
 * its own slope. */
#include "suite.h"

START_TEST(planes_stand_behind_the_channels_of_every_pixel)
{
    Mat map = {2, 4, (float[]){1, 2, 3, 4, 5, 6, 7, 8}}, e = {2, 3, (float[]){10, 20, 30, 40, 50, 60}};
    Mat want = {2, 10, (float[]){1, 2, 10, 20, 30, 3, 4, 10, 20, 30, 5, 6, 40, 50, 60, 7, 8, 40, 50, 60}};
    mats_close(planes_join(map, 2, e, &mem), want, 0, 0);
    Mat one = {2, 7, (float[]){1, 2, 3, 4, 10, 20, 30, 5, 6, 7, 8, 40, 50, 60}};
    mats_close(planes_join(map, 1, e, &mem), one, 0, 0);
    dies(planes_join(map, 3, e, &mem), "planes_join: a map (2,4) of 3 pixels", "hint:");
    dies(planes_join(map, 2, mat_rows(e, 0, 1), &mem), "planes_join: a map (2,4)", "told (1,3)");
}
END_TEST

/* <join(map, e), d> = <map, split(d)> + <e, de> for any sizes, and de is added to. */
START_TEST(splitting_is_the_adjoint_of_joining)
{
    for (int k = 0; k < 6; k++) {
        int n = 1 + k, pixels = 1 + 3 * (k % 3), c = 1 + k % 2, E = 1 + 5 * (k % 2);
        Mat map = random_mat(n, pixels * c, 1), e = random_mat(n, E, 2), d = random_mat(n, pixels * (c + E), 3),
            de = mat_zeros(&mem, n, E);
        double joined = mat_dot(planes_join(map, pixels, e, &mem), d);
        Mat dmap = planes_split(d, pixels, de, &mem);
        close_to(mat_dot(map, dmap) + mat_dot(e, de), joined, 1e-3);
        Mat twice = mat_copy(&mem, de);
        planes_split(d, pixels, twice, &mem);
        mat_scale(de, 2);
        mats_close(twice, de, 1e-5, 1e-5);
    }
    dies(planes_split(random_mat(2, 10, 1), 3, random_mat(2, 1, 1), &mem), "planes_split: (2,10) of 3 pixels");
}
END_TEST

enum { N = 4, PIXELS = 3, CHANNELS = 2, TOLD = 3, NUMBERS = 5 };

static PairD smooth_d(Rng *rng)
{
    PairD D = {.pixels = PIXELS};
    D.image = net_new("image", (Shape){1, 1, NUMBERS}, &mem);
    net_dense(&D.image, 7, rng);
    net_tanh(&D.image);
    net_dense(&D.image, PIXELS * CHANNELS, rng);
    D.pair = net_new("pair", (Shape){1, 1, PIXELS * (CHANNELS + TOLD)}, &mem);
    net_dense(&D.pair, 6, rng);
    net_tanh(&D.pair);
    net_dense(&D.pair, TOLD + 1, rng);
    return D;
}

static double weighed(PairD *D, Mat map, Mat e, Mat weight)
{
    PairTrace q;
    return mat_dot(pair_ask(D, map, e, &q, &mem), weight);
}

START_TEST(a_logit_is_e_times_the_scores_plus_the_last)
{
    Rng rng = rng_new(1);
    PairD D = smooth_d(&rng);
    Mat map = random_mat(N, PIXELS * CHANNELS, 1), e = random_mat(N, TOLD, 2);
    PairTrace q;
    Mat logit = pair_ask(&D, map, e, &q, &mem), score = forward(&D.pair, planes_join(map, PIXELS, e, &mem));
    for (int i = 0; i < N; i++) {
        double want = (double)row(score, i)[TOLD];
        for (int k = 0; k < TOLD; k++) want += (double)row(e, i)[k] * (double)row(score, i)[k];
        close_to((double)logit.a[i], want, 1e-5);
    }
}
END_TEST

START_TEST(what_a_question_hands_back_is_the_slope_of_its_logit)
{
    Rng rng = rng_new(2);
    PairD D = smooth_d(&rng);
    Mat map = random_mat(N, PIXELS * CHANNELS, 3), e = random_mat(N, TOLD, 4), weight = random_mat(N, 1, 5);
    PairTrace q;
    pair_ask(&D, map, e, &q, &mem);
    net_zero_grad(&D.pair);
    PairAnswer a = pair_back(&D, weight, &q, WRT_PARAMS, &mem);
    const float h = .01f;
    struct {
        Mat x, d;
    } all[] = {{map, a.dmap},
               {e, a.de},
               {D.pair.layer[0].w.v, D.pair.layer[0].w.g},
               {D.pair.layer[2].b.v, D.pair.layer[2].b.g}};
    for (int m = 0; m < LENGTH(all); m++)
        for (size_t i = 0; i < mat_size(all[m].x); i++) {
            float before = all[m].x.a[i];
            all[m].x.a[i] = before + h;
            double up = weighed(&D, map, e, weight);
            all[m].x.a[i] = before - h;
            double down = weighed(&D, map, e, weight);
            all[m].x.a[i] = before;
            close_to((double)all[m].d.a[i], (up - down) / (2 * (double)h), 5e-3);
        }
    pair_ask(&D, map, e, &q, &mem);
    net_zero_grad(&D.pair);
    pair_back(&D, weight, &q, WRT_INPUT, &mem);
    mats_close(D.pair.layer[0].w.g, mat_zeros(&mem, D.pair.layer[0].w.g.n, D.pair.layer[0].w.g.d), 0, 0);
}
END_TEST

/* gamma/2 |dD/dx|^2, averaged. */
static double r1(PairD *D, Mat x, Mat e, double gamma)
{
    Trace at = trace(&mem, TRAIN);
    PairTrace q;
    Mat one = mat_new(&mem, x.n, 1);
    mat_fill(one, 1);
    pair_ask(D, net_forward(&D->image, x, &at), e, &q, &mem);
    Mat v = net_backward(&D->image, pair_back(D, one, &q, WRT_INPUT, &mem).dmap, &at, WRT_INPUT);
    return gamma / 2 * mat_dot(v, v) / x.n;
}

START_TEST(flattening_adds_the_slope_of_r1)
{
    Rng rng = rng_new(3);
    PairD D = smooth_d(&rng);
    Mat x = random_mat(N, NUMBERS, 6), e = random_mat(N, TOLD, 7);
    net_zero_grad(&D.image);
    net_zero_grad(&D.pair);
    pair_flatten(&D, x, e, .01f, .7f, &mem);
    Param *of[] = {&D.image.layer[0].w, &D.image.layer[2].w, &D.pair.layer[0].w, &D.pair.layer[2].w};
    const float h = .01f;
    for (int m = 0; m < LENGTH(of); m++) {
        Mat numeric = mat_copy(&mem, of[m]->g);
        for (size_t i = 0; i < mat_size(of[m]->v); i++) {
            float before = of[m]->v.a[i];
            size_t mark = mem.used;
            of[m]->v.a[i] = before + h;
            double up = r1(&D, x, e, .7);
            of[m]->v.a[i] = before - h;
            double down = r1(&D, x, e, .7);
            of[m]->v.a[i] = before;
            arena_rewind(&mem, mark);
            numeric.a[i] = (float)((up - down) / (2 * (double)h));
        }
        mats_close(of[m]->g, numeric, .02 * (double)mat_norm(numeric), .05);
    }
}
END_TEST

int main(void)
{
    return run_tests("pair",
                     (const TTest *[]){planes_stand_behind_the_channels_of_every_pixel,
                                       splitting_is_the_adjoint_of_joining, a_logit_is_e_times_the_scores_plus_the_last,
                                       what_a_question_hands_back_is_the_slope_of_its_logit,
                                       flattening_adds_the_slope_of_r1, NULL});
}
