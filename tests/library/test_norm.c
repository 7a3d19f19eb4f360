/* test_norm.c: each normalisation against its definition in double, its gradients, threads; more of batch norm in
 * test_batchnorm.c. */
#include "suite.h"

typedef void Append(Net *net);

static Net one_layer(Append *append, Shape in)
{
    Net net = net_new("n", in, &mem);
    append(&net);
    return net;
}

/* ---- definitions: numbers first, first + step, ... below end, as one group ---- */

typedef struct {
    size_t first, step, end;
} Group;
typedef struct {
    double mean, var;
} Moments;

static Moments moments(Mat x, Group g)
{
    double n = 0, sum = 0, square = 0;
    for (size_t i = g.first; i < g.end; i += g.step) {
        sum += (double)x.a[i];
        n++;
    }
    for (size_t i = g.first; i < g.end; i += g.step) square += pow((double)x.a[i] - sum / n, 2);
    Moments m = {sum / n, square / n};
    return m;
}

/* y = xhat and dx = (g - mean g - xhat mean(g xhat)) / sd, in double. */
static void normalised(Mat x, Mat g, Group k, Mat y, Mat dx)
{
    Moments m = moments(x, k);
    double sd = sqrt(m.var + 1e-5), n = 0, sum = 0, product = 0;
    for (size_t i = k.first; i < k.end; i += k.step) {
        double xhat = ((double)x.a[i] - m.mean) / sd;
        y.a[i] = (float)xhat;
        sum += (double)g.a[i];
        product += (double)g.a[i] * xhat;
        n++;
    }
    for (size_t i = k.first; i < k.end; i += k.step)
        dx.a[i] = (float)(((double)g.a[i] - sum / n - ((double)x.a[i] - m.mean) / sd * product / n) / sd);
}

/* ---- batch norm in training ---- */

static void channels_are_normalised(Mat x, int c, double atol)
{
    Net net = one_layer(net_batchnorm, (Shape){1, 2, c});
    Mat y = mat_new(&mem, x.n, x.d), dx = mat_new(&mem, x.n, x.d), dy = with_mean(random_mat(x.n, x.d, 9), 1);
    for (size_t j = 0; j < (size_t)c; j++) normalised(x, dy, (Group){j, (size_t)c, mat_size(x)}, y, dx);
    Trace t = trace(&mem, TRAIN);
    Mat got = net_forward(&net, x, &t);
    mats_close(got, y, atol, 0);
    mats_close(net_backward(&net, dy, &t, WRT_BOTH), dx, atol, 0);
    for (int j = 0; j < c; j++) {
        Moments m = moments(got, (Group){(size_t)j, (size_t)c, mat_size(x)});
        double shift = 0, gain = 0, n = (double)mat_size(x) / c;
        close_to(m.mean, 0, atol);
        close_to(m.var, 1, 1e-4);
        for (size_t i = (size_t)j; i < mat_size(x); i += (size_t)c) {
            shift += (double)dy.a[i];
            gain += (double)dy.a[i] * (double)y.a[i];
        }
        close_to((double)net.layer[0].b.g.a[j] / n, shift / n, atol);
        close_to((double)net.layer[0].w.g.a[j] / n, gain / n, atol);
    }
}

START_TEST(batch_norm_makes_mean_0_and_variance_1_in_every_channel)
{
    channels_are_normalised(random_mat(700, 6, 1), 3, 1e-5);
    channels_are_normalised(with_mean(random_mat(300, 10, 2), -3), 5, 1e-5);
    channels_are_normalised(random_mat(40, 32, 3), 16, 1e-5);
    channels_are_normalised(random_mat(40, 280, 4), 140, 1e-5); /* wider than one strip, see unroll.h */
}
END_TEST

START_TEST(a_mean_of_1000_standard_deviations_costs_few_digits)
{
    channels_are_normalised(with_mean(random_mat(700, 6, 1), 1000), 3, 3e-4);
}
END_TEST

/* ---- the other three ---- */

START_TEST(instance_norm_sees_one_channel_of_one_sample)
{
    Net net = one_layer(net_instancenorm, (Shape){3, 2, 4});
    Mat x = with_mean(random_mat(5, 24, 1), 3), dy = random_mat(5, 24, 2), y = mat_new(&mem, 5, 24),
        dx = mat_new(&mem, 5, 24);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 4; j++) normalised(x, dy, (Group){24 * i + j, 4, 24 * i + 24}, y, dx);
    Trace t = trace(&mem, TRAIN);
    Mat got = net_forward(&net, x, &t);
    mats_close(got, y, 1e-5, 0);
    mats_close(net_backward(&net, dy, &t, WRT_BOTH), dx, 1e-5, 1e-5);
    same_bytes(forward_as(&net, mat_rows(x, 2, 1), true), mat_rows(got, 2, 1));
    same_bytes(forward_as(&net, x, false), got);
}
END_TEST

START_TEST(layer_norm_sees_all_features_of_one_sample)
{
    Net net = one_layer(net_layernorm, (Shape){3, 2, 4});
    Mat x = with_mean(random_mat(5, 24, 1), 3), dy = random_mat(5, 24, 2), y = mat_new(&mem, 5, 24),
        dx = mat_new(&mem, 5, 24);
    for (size_t i = 0; i < 5; i++) normalised(x, dy, (Group){24 * i, 1, 24 * i + 24}, y, dx);
    Trace t = trace(&mem, TRAIN);
    mats_close(net_forward(&net, x, &t), y, 1e-5, 0);
    mats_close(net_backward(&net, dy, &t, WRT_BOTH), dx, 1e-5, 1e-5);
    mat_fill(net.layer[0].w.v, 2);
    mat_fill(net.layer[0].b.v, -1);
    mat_scale(y, 2);
    mats_close(forward_as(&net, x, false), with_mean(y, -1), 1e-5, 0);
}
END_TEST

START_TEST(pixel_norm_keeps_directions_and_makes_every_length_the_root_of_the_channels)
{
    Net net = one_layer(net_pixelnorm, (Shape){1, 2, 2});
    Mat x = {2, 4, (float[]){3, 4, -300, 400, .03f, -.04f, 0, 0}};
    float a = .6f * sqrtf(2), b = .8f * sqrtf(2);
    Trace t = trace(&mem, TRAIN);
    mats_close(net_forward(&net, x, &t), ((Mat){2, 4, (float[]){a, b, -a, b, a, -b, 0, 0}}), 1e-5, 0);
    ck_assert(mat_finite(net_backward(&net, x, &t, WRT_INPUT))); /* of a black pixel too */
}
END_TEST

START_TEST(each_norm_has_the_gradients_of_finite_differences)
{
    static Append *const kind[] = {net_batchnorm, net_instancenorm, net_layernorm, net_pixelnorm};
    static const size_t weights[] = {2 * 4, 0, 2 * 24, 0};
    for (int k = 0; k < 4; k++) {
        Rng rng = rng_new(1);
        Net net = one_layer(kind[k], (Shape){2, 3, 4});
        ck_assert_uint_eq(net_weights(&net), weights[k]);
        if (weights[k]) {
            mat_uniform(net.layer[0].w.v, .5f, 2, &rng);
            mat_normal(net.layer[0].b.v, 1, &rng);
        }
        net_tanh(&net);
        net_dense(&net, 2, &rng);
        gradients_fit(&net, random_mat(3, 24, 2), 1e-3);
    }
}
END_TEST

START_TEST(the_bytes_are_the_same_for_any_number_of_threads)
{
    static Append *const kind[] = {net_batchnorm, net_instancenorm, net_layernorm, net_pixelnorm};
    static const int size[] = {1, 3, 5, 101};
    for (int n = 0; n < 16; n++) {
        Mat x = with_mean(random_mat(size[n / 4], 14 * 14 * 16, 1), 1), dy = random_mat(x.n, x.d, 2), y[4];
        Mat dx[4], dw[4], db[4];
        for (int threads = 1; threads <= 3; threads++) {
            threads_set(threads);
            Net net = one_layer(kind[n % 4], (Shape){14, 14, 16});
            Trace t = trace(&mem, TRAIN);
            y[threads] = net_forward(&net, x, &t);
            dx[threads] = net_backward(&net, dy, &t, WRT_BOTH);
            dw[threads] = net.layer[0].w.g;
            db[threads] = net.layer[0].b.g;
            same_bytes(y[threads], y[1]);
            same_bytes(dx[threads], dx[1]);
            if (!net_weights(&net)) continue;
            same_bytes(dw[threads], dw[1]);
            same_bytes(db[threads], db[1]);
        }
        arena_reset(&mem);
    }
}
END_TEST

int main(void)
{
    return run_tests("norm",
                     (const TTest *[]){batch_norm_makes_mean_0_and_variance_1_in_every_channel,
                                       a_mean_of_1000_standard_deviations_costs_few_digits,
                                       instance_norm_sees_one_channel_of_one_sample,
                                       layer_norm_sees_all_features_of_one_sample,
                                       pixel_norm_keeps_directions_and_makes_every_length_the_root_of_the_channels,
                                       each_norm_has_the_gradients_of_finite_differences,
                                       the_bytes_are_the_same_for_any_number_of_threads, NULL});
}
