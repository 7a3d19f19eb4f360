/* test_gan.c: the steps of a plain GAN against their formulas, R1 against a slope known by hand and by differences. */
#include "suite.h"

static const Adam opt = {.lr = .01f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f};
static const Penalty none = {0};

/* x (2) -> a logit, smooth */
static Net smooth_d(uint64_t seed)
{
    Rng rng = rng_new(seed);
    Net D = net_new("D", (Shape){1, 1, 2}, &mem);
    net_dense(&D, 7, &rng);
    net_tanh(&D);
    net_dense(&D, 1, &rng);
    return D;
}

static double softplus(double v) { return log1p(exp(v)); }

/* The mean of log(1 + exp(sign D(x))): what D loses by x if its sign is wrong. */
static double mean_softplus(Net *D, Mat x, double sign)
{
    Mat logit = net_eval(D, x, &mem);
    double sum = 0;
    for (int i = 0; i < x.n; i++) sum += softplus(sign * (double)logit.a[i]) / x.n;
    return sum;
}

START_TEST(d_learns_to_tell_real_from_fake)
{
    Net D = smooth_d(1);
    Mat real = with_mean(random_mat(9, 2, 2), 1), fake = random_mat(5, 2, 3);       /* of different number */
    double before = mean_softplus(&D, real, -1) + mean_softplus(&D, fake, 1);
    mat_fill(D.layer[0].w.g, 1e6f);                                                 /* old gradients do not count */
    close_to(gan_d_step(&D, real, fake, none, &opt, &mem), before, 1e-5);
    ck_assert_int_eq(D.steps, 1);
    for (int k = 0; k < 200; k++) gan_d_step(&D, real, fake, none, &opt, &mem);
    ck_assert(mean_softplus(&D, real, -1) + mean_softplus(&D, fake, 1) < .8 * before);
}
END_TEST

START_TEST(g_learns_through_d_and_d_stays_as_it_is)
{
    Rng rng = rng_new(4);
    Net D = smooth_d(1), G = net_new("G", (Shape){1, 1, 3}, &mem);
    net_dense(&G, 2, &rng);
    Mat z = random_mat(6, 3, 5), d_before = mat_copy(&mem, D.layer[0].w.v), g_before = mat_copy(&mem, G.layer[0].w.v);
    mat_fill(D.layer[0].w.g, 3);
    Trace at_z = trace(&mem, TRAIN);
    Mat fake = net_forward(&G, z, &at_z);
    double before = mean_softplus(&D, fake, -1);
    Loss loss = gan_g_loss(&D, fake, &mem);
    close_to(loss.value, before, 1e-5);
    ck_assert_int_eq(loss.grad.n, 6);
    for (int i = 0; i < 12; i++) {                      /* the gradient by differences */
        Mat up = mat_copy(&mem, fake), down = mat_copy(&mem, fake);
        up.a[i] += 1e-2f;
        down.a[i] -= 1e-2f;
        close_to(loss.grad.a[i], (mean_softplus(&D, up, -1) - mean_softplus(&D, down, -1)) / 2e-2, 1e-4);
    }
    close_to(gan_g_step(&G, &D, fake, &at_z, &opt, &mem), before, 1e-5);
    ck_assert(mean_softplus(&D, net_eval(&G, z, &mem), -1) < before);
    same_bytes(D.layer[0].w.v, d_before);
    for (size_t i = 0; i < mat_size(D.layer[0].w.g); i++) ck_assert(D.layer[0].w.g.a[i] == 3);
    ck_assert(memcmp(G.layer[0].w.v.a, g_before.a, mat_size(g_before) * sizeof(float)));
}
END_TEST

/* D(x) = w x: |dD/dx|^2 = |w|^2 everywhere, so the penalty's gradient for w is gamma w, and none for b. */
START_TEST(r1_of_a_linear_d_pulls_its_weights_to_zero)
{
    for (int n = 1; n < 100; n += 49) {
        Rng rng = rng_new(1);
        Net D = net_new("D", (Shape){1, 1, 3}, &mem);
        net_dense(&D, 1, &rng);
        Mat x = random_mat(n, 3, 2);
        Trace at_x = trace(&mem, TRAIN);
        net_forward(&D, x, &at_x);
        net_zero_grad(&D);
        r1_penalty(&D, x, &at_x, .7f, .1f, &mem);
        for (int k = 0; k < 3; k++) close_to(D.layer[0].w.g.a[k], .7 * (double)D.layer[0].w.v.a[k], 1e-4);
        close_to(D.layer[0].b.g.a[0], 0, 1e-4);
    }
}
END_TEST

static double squared_slope(Net *D, Mat x)
{
    Trace t = trace(&mem, TRAIN);
    Mat one = mat_new(&mem, x.n, 1);
    mat_fill(one, 1);
    net_forward(D, x, &t);
    Mat v = net_backward(D, one, &t, WRT_INPUT);
    return mat_dot(v, v) / x.n;
}

START_TEST(r1_of_a_smooth_d_is_the_gradient_of_its_squared_slope)
{
    Net D = smooth_d(3);
    Mat x = random_mat(8, 2, 6);
    Trace at_x = trace(&mem, TRAIN);
    net_forward(&D, x, &at_x);
    net_zero_grad(&D);
    r1_penalty(&D, x, &at_x, .7f, .01f, &mem);
    Mat w = D.layer[0].w.v, g = D.layer[0].w.g;
    for (int i = 0; i < 14; i++) {
        float was = w.a[i];
        w.a[i] = was + 1e-2f;
        double up = squared_slope(&D, x);
        w.a[i] = was - 1e-2f;
        double down = squared_slope(&D, x);
        w.a[i] = was;
        close_to(g.a[i], .7 / 2 * (up - down) / 2e-2, 5e-3);
    }
}
END_TEST

START_TEST(the_penalty_is_lazy_and_counts_that_much_more)
{
    Net every = smooth_d(1), lazy = smooth_d(1), plain = smooth_d(1);
    Mat real = random_mat(4, 2, 2), fake = random_mat(4, 2, 3);
    Penalty often = {.gamma = .6f, .step = .1f, .every = 1}, seldom = {.gamma = .2f, .step = .1f, .every = 3};
    gan_d_step(&every, real, fake, often, &opt, &mem);
    gan_d_step(&lazy, real, fake, seldom, &opt, &mem);
    gan_d_step(&plain, real, fake, none, &opt, &mem);
    same_bytes(lazy.layer[0].w.g, every.layer[0].w.g);          /* step 0: 3 times .2 is .6 */
    ck_assert(memcmp(lazy.layer[0].w.g.a, plain.layer[0].w.g.a, 14 * sizeof(float)));
    gan_d_step(&lazy, real, fake, seldom, &opt, &mem);          /* step 1: none */
    Net next = smooth_d(1);
    gan_d_step(&next, real, fake, often, &opt, &mem);
    gan_d_step(&next, real, fake, none, &opt, &mem);
    same_bytes(lazy.layer[0].w.v, next.layer[0].w.v);
}
END_TEST

int main(void)
{
    return run_tests("gan", (const TTest *[]){d_learns_to_tell_real_from_fake, g_learns_through_d_and_d_stays_as_it_is,
                                              r1_of_a_linear_d_pulls_its_weights_to_zero,
                                              r1_of_a_smooth_d_is_the_gradient_of_its_squared_slope,
                                              the_penalty_is_lazy_and_counts_that_much_more, NULL});
}
