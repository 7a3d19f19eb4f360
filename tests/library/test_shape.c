/* test_shape.c: layers that move numbers or drop them. */
#include "suite.h"

static Net empty(int h, int w, int c) { return net_new("n", (Shape){h, w, c}, &mem); }

/* ---- the same numbers, or more of them ---- */

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

START_TEST(upsampling_has_the_values_found_by_hand_and_its_gradients)
{
    Net up = empty(1, 2, 2), many = empty(3, 5, 2);
    net_upsample(&up);
    net_upsample(&many);
    ck_assert(net_out(&up).h == 2 && net_out(&up).w == 4 && net_out(&up).c == 2);
    Mat x = {1, 4, (float[]){1, 2, 3, 4}};
    mats_close(forward(&up, x), ((Mat){1, 16, (float[]){1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4}}), 0, 0);
    gradients_fit(&many, random_mat(4, 30, 1), 1e-3);
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

/* ---- roll ... unroll ---- */

/* A 3 x 3 convolution sees where the picture ends; what is round it says how far it was rolled. */
static Net rolling(int side, int most, Rng *rng)
{
    Net net = net_new("rolling", (Shape){side, side, 1}, &mem);
    if (most >= 0) net_roll(&net, most, rng);
    Rng weights = rng_new(5);
    net_conv(&net, 2, 3, 1, 1, &weights);
    if (most >= 0) net_unroll(&net);
    return net;
}

static Mat rolled_by_hand(Mat x, Shape s, int down, int right)
{
    Mat y = mat_new(&mem, x.n, x.d);
    for (int i = 0; i < x.n; i++)
        for (int r = 0; r < s.h; r++)
            for (int c = 0; c < s.w; c++)
                for (int k = 0; k < s.c; k++) {
                    int from_r = (r - down + 2 * s.h) % s.h, from_c = (c - right + 2 * s.w) % s.w;
                    row(y, i)[(r * s.w + c) * s.c + k] = row(x, i)[(from_r * s.w + from_c) * s.c + k];
                }
    return y;
}

START_TEST(a_rolled_net_answers_as_if_the_picture_lay_elsewhere)
{
    enum { SIDE = 7, MOST = 2, WAYS = 2 * MOST + 1, N = 600 };
    Rng rng = rng_new(3);
    Net still = rolling(SIDE, -1, NULL), net = rolling(SIDE, MOST, &rng);
    Mat x = random_mat(N, SIDE * SIDE, 4);
    Trace t = trace(&mem, TRAIN);
    Mat y = net_forward(&net, x, &t);
    int seen[WAYS * WAYS] = {0};
    for (int way = 0; way < WAYS * WAYS; way++) {
        int down = way / WAYS - MOST, right = way % WAYS - MOST;
        Mat there = net_eval(&still, rolled_by_hand(x, (Shape){SIDE, SIDE, 1}, down, right), &mem);
        Mat back = rolled_by_hand(there, (Shape){SIDE, SIDE, 2}, -down, -right);
        for (int i = 0; i < N; i++) seen[way] += !memcmp(row(back, i), row(y, i), (size_t)y.d * sizeof *y.a);
    }
    int all = 0;
    for (int way = 0; way < WAYS * WAYS; way++) {
        ck_assert_int_gt(seen[way], 0);
        all += seen[way];
    }
    ck_assert_int_eq(all, N);
    same_bytes(net_eval(&net, x, &mem), net_eval(&still, x, &mem));
}
END_TEST

START_TEST(what_is_rolled_has_its_gradient_where_it_lay)
{
    Rng rng = rng_new(7);
    Net net = rolling(5, 1, &rng); /* its biases are 0: it is linear */
    Mat x = random_mat(9, 25, 1), dy = random_mat(9, 50, 2);
    Trace t = trace(&mem, TRAIN), again = trace(&mem, TRAIN);
    Mat y = net_forward(&net, x, &t), other = net_forward(&net, x, &again);
    ck_assert_mem_ne(y.a, other.a, mat_size(y) * sizeof *y.a); /* another draw for another pass */
    close_to(mat_dot(net_backward(&net, dy, &t, WRT_INPUT), x), mat_dot(dy, y), 1e-4);
    close_to(mat_dot(net_backward(&net, dy, &again, WRT_INPUT), x), mat_dot(dy, other), 1e-4);
    net_backward(&net, dy, &t, WRT_PARAMS);
    close_to(mat_dot(net.layer[1].w.g, net.layer[1].w.v), mat_dot(dy, y), 1e-4);
}
END_TEST

START_TEST(there_is_no_rolling_further_than_a_picture_is_wide)
{
    Rng rng = rng_new(1);
    Net net = net_new("maps", (Shape){2, 3, 1}, &mem), none = net_new("none", (Shape){2, 3, 1}, &mem);
    dies(net_roll(&net, 2, &rng), "net maps: to roll 2x3 maps by 2 pixels");
    dies(net_unroll(&net), "net maps: net_unroll without");
    dies((net_roll(&net, 1, &rng), net_dense(&net, 5, &rng), net_unroll(&net)),
         "net maps: net_unroll of 2x3 and 1x1 maps");
    dies((net_roll(&net, 1, &rng), net_join(&net)), "net maps: net_join would close a net_roll");
    dies((net_save(&net), net_unroll(&net)), "net maps: net_unroll would close a net_save");
    net_roll(&none, 0, &rng);
    net_unroll(&none);
    Mat x = random_mat(3, 6, 1);
    same_bytes(forward(&none, x), x);
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

int main(void)
{
    return run_tests("shape",
                     (const TTest *[]){reshape_hands_the_same_numbers_on, a_shape_of_another_size_or_of_none_dies,
                                       upsampling_has_the_values_found_by_hand_and_its_gradients,
                                       smooth_upsampling_is_linear_between_pixels_and_flat_at_edges,
                                       a_rolled_net_answers_as_if_the_picture_lay_elsewhere,
                                       what_is_rolled_has_its_gradient_where_it_lay,
                                       there_is_no_rolling_further_than_a_picture_is_wide,
                                       dropout_drops_its_share_and_keeps_the_mean,
                                       dropout_has_one_mask_per_pass_and_the_seed_decides_it,
                                       dropout_of_nothing_or_in_evaluation_is_the_identity, NULL});
}
