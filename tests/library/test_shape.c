/* test_shape.c: layers that move, drop or look up numbers. */
#include "suite.h"

static Net empty(int h, int w, int c) { return net_new("n", (Shape){h, w, c}, &mem); }

/* ---- the same numbers, more of them, fewer of them ---- */

START_TEST(reshape_hands_the_same_numbers_on)
{
    Net net = empty(2, 3, 4);
    net_reshape(&net, (Shape){1, 12, 2});
    ck_assert(net_out(&net).h == 1 && net_out(&net).w == 12 && net_out(&net).c == 2);
    Mat x = random_mat(3, 24, 1);
    Trace t = trace(&mem, TRAIN);
    same_bytes(net_forward(&net, x, &t), x);
    same_bytes(net_backward(&net, x, &t, WRT_INPUT), x);
}
END_TEST

START_TEST(a_shape_of_another_size_or_of_none_dies)
{
    Net net = empty(2, 3, 4);
    dies(net_reshape(&net, (Shape){5, 5, 1}), "net n: reshape of 2x3x4 to 5x5x1");
    dies(net_reshape(&net, (Shape){-2, -12, 1}), "net n: reshape of 2x3x4 to -2x-12x1");
}
END_TEST

START_TEST(up_and_down_have_the_values_found_by_hand)
{
    Net up = empty(1, 2, 2), down = empty(2, 4, 1);
    net_upsample(&up);
    net_downsample(&down);
    ck_assert(net_out(&up).h == 2 && net_out(&up).w == 4 && net_out(&up).c == 2);
    ck_assert(net_out(&down).h == 1 && net_out(&down).w == 2 && net_out(&down).c == 1);
    Mat x = {1, 4, (float[]){1, 2, 3, 4}}, y = {1, 8, (float[]){1, 2, 3, 4, 5, 6, 7, 9}};
    mats_close(forward(&up, x), ((Mat){1, 16, (float[]){1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4}}), 0, 0);
    mats_close(forward(&down, y), ((Mat){1, 2, (float[]){3.5f, 5.75f}}), 0, 0);
}
END_TEST

START_TEST(down_undoes_up_and_is_its_adjoint_but_for_a_factor_4)
{
    Net up = empty(3, 5, 2), down = empty(6, 10, 2), both = empty(3, 5, 2);
    net_upsample(&up);
    net_downsample(&down);
    net_upsample(&both);
    net_downsample(&both);
    Mat x = random_mat(4, 30, 1), y = random_mat(4, 120, 2);
    same_bytes(forward(&both, x), x);
    close_to(mat_dot(forward(&up, x), y), 4 * mat_dot(x, forward(&down, y)), 1e-4);
    gradients_fit(&up, x, 1e-3);
    gradients_fit(&down, y, 1e-3);
}
END_TEST

START_TEST(smooth_upsampling_is_linear_between_pixels_and_flat_at_edges)
{
    Net net = empty(1, 3, 1), many = empty(3, 5, 2);
    net_upsample_smooth(&net);
    net_upsample_smooth(&many);
    ck_assert(net_out(&net).h == 2 && net_out(&net).w == 6 && net_out(&net).c == 1);
    Mat y = forward(&net, (Mat){1, 3, (float[]){4, 8, 0}});
    mats_close(y, ((Mat){1, 12, (float[]){4, 5, 7, 6, 2, 0, 4, 5, 7, 6, 2, 0}}), 0, 0);
    gradients_fit(&many, random_mat(4, 30, 1), 1e-3);

    Mat flat = mat_new(&mem, 2, 30);
    mat_fill(flat, 3);
    Mat still = forward(&many, flat);
    for (size_t i = 0; i < mat_size(still); i++) close_to((double)still.a[i], 3, 1e-6);
}
END_TEST

START_TEST(an_odd_size_cannot_be_halved)
{
    Net tall = empty(3, 4, 1), wide = empty(4, 3, 1);
    dies(net_downsample(&tall), "net n: downsampling 3x4, want even sizes");
    dies(net_downsample(&wide), "net n: downsampling 4x3, want even sizes");
}
END_TEST

/* ---- dropout ---- */

static Net dropout(float share, Rng *rng)
{
    Net net = empty(1, 1, 500);
    net_dropout(&net, share, rng);
    return net;
}

static Mat ones(int n, int d)
{
    Mat x = mat_new(&mem, n, d);
    mat_fill(x, 1);
    return x;
}

START_TEST(dropout_drops_its_share_and_keeps_the_mean)
{
    static const float share[] = {.1f, .5f, .8f};
    for (int k = 0; k < 3; k++) {
        Rng rng = rng_new(1);
        Net net = dropout(share[k], &rng);
        Mat y = forward(&net, ones(400, 500));
        double p = (double)share[k], n = 400 * 500, dropped = 0, mean = 0;
        for (size_t i = 0; i < mat_size(y); i++) {
            dropped += (y.a[i] == 0) / n;
            mean += (double)y.a[i] / n;
            if (y.a[i] != 0) close_to(y.a[i], 1 / (1 - p), 1e-6);
        }
        within_5_se(dropped, p, sqrt(p * (1 - p) / n));
        within_5_se(mean, 1, sqrt(p / (1 - p) / n));
    }
}
END_TEST

START_TEST(dropout_has_one_mask_per_pass_and_the_seed_decides_it)
{
    Rng rng = rng_new(1), again = rng_new(1);
    Net net = dropout(.3f, &rng), twin = dropout(.3f, &again);
    Mat x = ones(20, 500);
    Trace t = trace(&mem, TRAIN), u = trace(&mem, TRAIN);
    Mat y = net_forward(&net, x, &t), other = net_forward(&net, x, &u);
    ck_assert_mem_ne(other.a, y.a, mat_size(y) * sizeof *y.a);
    same_bytes(net_backward(&net, x, &t, WRT_INPUT), y); /* of ones, forward and backward both show the mask */
    same_bytes(net_backward(&net, x, &u, WRT_INPUT), other);
    same_bytes(net_backward(&net, x, &t, WRT_INPUT), y);
    same_bytes(forward(&twin, x), y);
}
END_TEST

START_TEST(dropout_of_nothing_or_in_evaluation_is_the_identity)
{
    Rng rng = rng_new(1);
    Net some = dropout(.5f, &rng), none = dropout(0, &rng);
    Mat x = random_mat(3, 500, 1);
    Trace t = trace(&mem, EVAL);
    uint64_t count = rng.count;
    same_bytes(net_forward(&some, x, &t), x);
    same_bytes(net_backward(&some, x, &t, WRT_INPUT), x);
    ck_assert_uint_eq(rng.count, count); /* looking at a model must not change its next step */
    same_bytes(forward(&none, x), x);
    dies(dropout(1, &rng), "net n: dropout of 1, want 0 or more and less than 1");
    dies(dropout(-.1f, &rng), "dropout of -0.1");
    dies(dropout(NAN, &rng), "dropout of nan");
}
END_TEST

/* ---- embedding ---- */

static Net table(int classes, int out)
{
    Rng rng = rng_new(1);
    Net net = empty(1, 1, 1);
    net_embedding(&net, classes, out, &rng);
    return net;
}

START_TEST(embedding_looks_up_rows_and_gradients_of_a_class_add_up)
{
    Net net = table(5, 3);
    Mat x = {4, 1, (float[]){2, 0, 2, 4}}, w = net.layer[0].w.v,
        dy = {4, 3, (float[]){1, 2, 3, 10, 20, 30, 100, 200, 300, 4, 5, 6}};
    Trace t = trace(&mem, TRAIN);
    same_bytes(net_forward(&net, x, &t), mat_gather(&mem, w, (int[]){2, 0, 2, 4}, 4));
    same_bytes(net_backward(&net, dy, &t, WRT_BOTH), mat_zeros(&mem, 4, 1));
    mats_close(net.layer[0].w.g, ((Mat){5, 3, (float[]){10, 20, 30, 0, 0, 0, 101, 202, 303, 0, 0, 0, 4, 5, 6}}), 0, 0);
    ck_assert_uint_eq(net_weights(&net), 15);
    double square = 0; /* the table starts as N(0, 1) */
    Mat large = table(100, 200).layer[0].w.v;
    for (size_t i = 0; i < mat_size(large); i++) square += (double)(large.a[i] * large.a[i]) / 20000;
    within_5_se(square, 1, sqrt(2. / 20000));
}
END_TEST

START_TEST(what_is_no_class_dies)
{
    static const float bad[] = {.5f, 5, -1, NAN, INFINITY, 1e20f};
    static const char *const shown[] = {"0.5", "5", "-1", "nan", "inf", "1e+20"};
    Net net = table(5, 3), wide = empty(1, 1, 2);
    Rng rng = rng_new(1);
    for (int k = 0; k < 6; k++) {
        Mat x = {1, 1, (float[]){bad[k]}};
        dies(forward(&net, x), "embedding: ", shown[k], " is no class of 5");
    }
    dies(net_embedding(&wide, 5, 3, &rng), "net n: an embedding wants one class number per sample");
    dies(table(0, 3), "net n: an embedding");
}
END_TEST

int main(void)
{
    return run_tests("shape",
                     (const TTest *[]){reshape_hands_the_same_numbers_on, a_shape_of_another_size_or_of_none_dies,
                                       up_and_down_have_the_values_found_by_hand,
                                       down_undoes_up_and_is_its_adjoint_but_for_a_factor_4,
                                       smooth_upsampling_is_linear_between_pixels_and_flat_at_edges,
                                       an_odd_size_cannot_be_halved, dropout_drops_its_share_and_keeps_the_mean,
                                       dropout_has_one_mask_per_pass_and_the_seed_decides_it,
                                       dropout_of_nothing_or_in_evaluation_is_the_identity,
                                       embedding_looks_up_rows_and_gradients_of_a_class_add_up, what_is_no_class_dies,
                                       NULL});
}
