/* test_dense.c: the dense layer and the activations, each against a naive loop and by finite differences. */
#include "suite.h"

static Net plain(int d) { return net_new("plain", (Shape){1, 1, d}, &mem); }

/* Random numbers at least .1 from 0, where the kinks are. */
static Mat off_zero(int n, int d, uint64_t seed)
{
    Mat x = random_mat(n, d, seed);
    for (size_t i = 0; i < mat_size(x); i++) x.a[i] += x.a[i] < 0 ? -.1f : .1f;
    return x;
}

/* ---- y = x W + b ---- */

static void is_x_w_plus_b(const Layer *l, Mat x, Mat y)
{
    for (int i = 0; i < y.n; i++)
        for (int j = 0; j < y.d; j++) {
            double sum = l->b.v.a ? (double)l->b.v.a[j] : 0;
            for (int k = 0; k < x.d; k++) sum += (double)row(x, i)[k] * (double)row(l->w.v, k)[j];
            close_to(row(y, i)[j], sum, 1e-5);
        }
}

START_TEST(dense_is_x_w_plus_b_also_for_images)
{
    Rng rng = rng_new(1);
    Net net = net_new("d", (Shape){2, 3, 4}, &mem);
    net_dense(&net, 5, &rng);
    mat_normal(net.layer[0].b.v, 1, &rng);
    Mat x = random_mat(7, 24, 2), y = forward(&net, x);
    ck_assert(y.n == 7 && y.d == 5);
    is_x_w_plus_b(&net.layer[0], x, y);
    gradients_fit(&net, x, 1e-3);
}
END_TEST

START_TEST(linear_is_x_w_and_has_no_bias)
{
    Rng rng = rng_new(1);
    Net net = plain(6);
    net_linear(&net, 4, .5f, &rng);
    Mat x = random_mat(5, 6, 2);
    ck_assert_ptr_null(net.layer[0].b.v.a);
    ck_assert_uint_eq(net_weights(&net), 24);
    is_x_w_plus_b(&net.layer[0], x, forward(&net, x));
    gradients_fit(&net, x, 1e-3);
}
END_TEST

static void spread_is(Mat w, double sd)
{
    double n = (double)mat_size(w), mean = 0, square = 0;
    for (size_t i = 0; i < mat_size(w); i++) {
        mean += (double)w.a[i] / n;
        square += (double)(w.a[i] * w.a[i]) / n;
    }
    within_5_se(mean, 0, sd / sqrt(n));
    within_5_se(square, sd * sd, sd * sd * sqrt(2 / n));
}

START_TEST(weights_start_with_the_spread_promised_and_biases_at_0)
{
    Rng rng = rng_new(3);
    Net net = net_new("d", (Shape){5, 5, 8}, &mem);
    net_dense(&net, 300, &rng);
    net_linear(&net, 200, .01f, &rng);
    spread_is(net.layer[0].w.v, sqrt(2. / 200));
    spread_is(net.layer[1].w.v, .01);
    for (int j = 0; j < 300; j++) ck_assert_float_eq(net.layer[0].b.v.a[j], 0);
}
END_TEST

START_TEST(a_dense_layer_without_outputs_dies_with_the_nets_name)
{
    Rng rng = rng_new(1);
    Net net = plain(3);
    dies(net_dense(&net, 0, &rng), "net plain: a dense layer with 0 outputs");
    dies(net_linear(&net, -1, 1, &rng), "with -1 outputs");
}
END_TEST

/* ---- activations ---- */

static void net_lrelu_fifth(Net *net) { net_lrelu(net, .2f); }
static double relu(double x) { return x > 0 ? x : 0; }
static double lrelu_fifth(double x) { return x > 0 ? x : .2 * x; }
static double logistic(double x) { return 1 / (1 + exp(-x)); }

static const struct {
    const char *kind;
    void (*append)(Net *);
    double (*f)(double);
} activation[] = {{"relu", net_relu, relu},
                  {"lrelu", net_lrelu_fifth, lrelu_fifth},
                  {"tanh", net_tanh, tanh},
                  {"sigmoid", net_sigmoid, logistic}};

START_TEST(each_activation_is_its_formula_and_its_gradient_fits)
{
    for (int k = 0; k < 4; k++) {
        Net net = net_new("act", (Shape){2, 2, 3}, &mem);
        activation[k].append(&net);
        ck_assert_str_eq(net.layer[0].type->kind, activation[k].kind);
        ck_assert(net_out(&net).h == 2 && net_out(&net).w == 2 && net_out(&net).c == 3);
        ck_assert_uint_eq(net_weights(&net), 0);
        Mat x = off_zero(6, 12, 4), y = forward(&net, x);
        for (size_t i = 0; i < mat_size(x); i++) close_to(y.a[i], activation[k].f((double)x.a[i]), 1e-6);
        gradients_fit(&net, x, 1e-3);
    }
}
END_TEST

START_TEST(activations_at_0_and_far_out_are_exact_and_finite)
{
    static const float want[4][3] = {{0, 0, 1000}, {-200, 0, 1000}, {-1, 0, 1}, {0, .5f, 1}};
    static const float slope[4][3] = {{0, 0, 1}, {.2f, .2f, 1}, {0, 1, 0}, {0, .25f, 0}};
    Mat x = {1, 3, (float[]){-1000, 0, 1000}}, ones = {1, 3, (float[]){1, 1, 1}};
    for (int k = 0; k < 4; k++) {
        Net net = plain(3);
        activation[k].append(&net);
        Trace t = trace(&mem, TRAIN);
        Mat y = net_forward(&net, x, &t), dx = net_backward(&net, ones, &t, WRT_INPUT);
        for (int i = 0; i < 3; i++) {
            ck_assert_float_eq(y.a[i], want[k][i]);
            ck_assert_float_eq(dx.a[i], slope[k][i]);
        }
    }
}
END_TEST

START_TEST(activations_hand_a_nan_on) /* relu too: a diverged net must not look healthy */
{
    Mat x = {1, 1, (float[]){NAN}};
    for (int k = 0; k < 4; k++) {
        Net net = plain(1);
        activation[k].append(&net);
        ck_assert_msg(isnan(forward(&net, x).a[0]), "%s swallows a NaN", activation[k].kind);
    }
}
END_TEST

START_TEST(a_leaky_slope_outside_0_to_1_dies)
{
    Net net = plain(3);
    dies(net_lrelu(&net, 0), "slope lies between 0 and 1, not at 0");
    dies(net_lrelu(&net, 1), "not at 1");
    dies(net_lrelu(&net, -.2f), "not at -0.2");
    dies(net_lrelu(&net, NAN), "not at nan");
}
END_TEST

int main(void)
{
    return run_tests("dense", (const TTest *[]){dense_is_x_w_plus_b_also_for_images, linear_is_x_w_and_has_no_bias,
                                                weights_start_with_the_spread_promised_and_biases_at_0,
                                                a_dense_layer_without_outputs_dies_with_the_nets_name,
                                                each_activation_is_its_formula_and_its_gradient_fits,
                                                activations_at_0_and_far_out_are_exact_and_finite,
                                                activations_hand_a_nan_on, a_leaky_slope_outside_0_to_1_dies, NULL});
}
