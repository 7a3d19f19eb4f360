/* test_optim.c: momentum and Adam step by step with numbers found by hand, the learning rate that fades out. */
#include "suite.h"
#include "parallel.h"

static Param single(float v)
{
    Param p = param_new(&mem, 1, 1);
    p.v.a[0] = v;
    return p;
}

/* ---- gradient descent ---- */

START_TEST(without_momentum_a_step_is_lr_times_the_gradient)
{
    Param p = single(5);
    Sgd opt = {.lr = .1f};
    for (int i = 1; i <= 3; i++) {
        p.g.a[0] = 2;
        sgd_update(&p, &opt);
        close_to(p.v.a[0], 5 - .2 * i, 1e-6);
    }
}
END_TEST

START_TEST(momentum_remembers_as_polyak_says)
{
    static const float g[] = {1, 1, -2}, m[] = {1, 1.9f, -.29f},
                       v[] = {-.1f, -.29f, -.261f}; /* m = .9 m + g, v -= .1 m */
    Param p = single(0);
    Sgd opt = {.lr = .1f, .momentum = .9f};
    for (int i = 0; i < 3; i++) {
        p.g.a[0] = g[i];
        sgd_update(&p, &opt);
        close_to(p.m.a[0], m[i], 1e-6);
        close_to(p.v.a[0], v[i], 1e-6);
    }
}
END_TEST

/* ---- Adam ---- */

START_TEST(adam_has_the_constants_of_the_paper)
{
    Adam opt = adam(.002f);
    ck_assert(opt.lr == .002f && opt.beta1 == .9f && opt.beta2 == .999f && opt.eps == 1e-8f);
}
END_TEST

START_TEST(three_steps_of_adam_are_those_computed_by_hand)
{
    /* step  g   m                     s                          m / (1 - .9^t)   s / (1 - .999^t)    v -= .1 ratio
     *   1   1   .1                    .001                       1                1                   1
     *   2   2   .09 + .2  = .29       .000999 + .004 = .004999   .29 / .19        .004999 / .001999   .965182
     *   3  -1   .261 - .1 = .161      .004994001 + .001          .161 / .271      .005994001/.002997001  .420089 */
    static const float g[] = {1, 2, -1};
    static const double m[] = {.1, .29, .161}, s[] = {.001, .004999, .005994001}, ratio[] = {1, .965182, .420089};
    Param p = single(1);
    Adam opt = adam(.1f);
    double v = 1;
    for (int i = 0; i < 3; i++) {
        p.g.a[0] = g[i];
        adam_update(&p, &opt, i + 1);
        v -= .1 * ratio[i];
        close_to(p.m.a[0], m[i], 1e-6);
        close_to(p.s.a[0], s[i], 1e-7);
        close_to(p.v.a[0], v, 2e-6);
    }
}
END_TEST

START_TEST(adams_first_step_is_lr_in_the_direction_of_the_sign)
{
    static const float g[] = {1e-4f, -1e-4f, 3, -1e4f, 0};
    Adam opt = adam(.01f);
    for (int i = 0; i < 5; i++) {
        Param p = single(0);
        p.g.a[0] = g[i];
        adam_update(&p, &opt, 1);
        close_to(p.v.a[0], -.01 * ((g[i] > 0) - (g[i] < 0)), 2e-6); /* eps takes 1e-4 of it where g is 1e-4 */
    }
}
END_TEST

START_TEST(adam_without_a_step_count_dies)
{
    Param p = single(0);
    Adam opt = adam(.01f);
    dies(adam_update(&p, &opt, 0), "adam_update: step 0", "\n  hint: ");
}
END_TEST

/* ---- whole nets ---- */

/* 2 -> 3 -> 1 with all gradients 1 */
static Net small(void)
{
    Rng rng = rng_new(1);
    Net net = net_new("small", (Shape){1, 1, 2}, &mem);
    net_dense(&net, 3, &rng);
    net_dense(&net, 1, &rng);
    Param *p;
    for (int i = 0; (p = net_param(&net, &i));) mat_fill(p->g, 1);
    return net;
}

static void every_weight_went_down_by(double step, Net *net)
{
    Net fresh = small(); /* the same seed, so as the net was */
    Param *p;
    for (int i = 0, j = 0; (p = net_param(net, &i));) {
        const Param *q = net_param(&fresh, &j);
        for (size_t k = 0; k < mat_size(p->v); k++) close_to(q->v.a[k] - p->v.a[k], step, 1e-6);
    }
}

START_TEST(a_step_moves_every_weight_of_a_net_and_its_version)
{
    Net a = small(), b = small();
    Sgd sgd = {.lr = .25f};
    Adam opt = adam(.01f);
    int version = a.version;
    sgd_step(&a, &sgd);
    every_weight_went_down_by(.25, &a);
    ck_assert_int_gt(a.version, version);
    ck_assert_int_eq(a.steps, 1);
    for (int t = 1; t <= 3; t++) {
        version = b.version;
        adam_step(&b, &opt);
        ck_assert_int_eq(b.steps, t);
        ck_assert_int_gt(b.version, version);
        every_weight_went_down_by(.01 * t, &b); /* a constant gradient: lr each time, thanks to the bias correction */
    }
}
END_TEST

START_TEST(both_optimisers_find_the_bottom_of_a_valley)
{
    Param p = single(3), q = single(3);
    Sgd sgd = {.lr = .02f, .momentum = .8f};
    Adam opt = adam(.05f);
    for (int i = 0; i < 500; i++) {
        p.g.a[0] = 2 * (p.v.a[0] - 1); /* of (v - 1)^2 */
        q.g.a[0] = 2 * (q.v.a[0] - 1);
        sgd_update(&p, &sgd);
        adam_update(&q, &opt, i + 1);
    }
    close_to(p.v.a[0], 1, 1e-3);
    close_to(q.v.a[0], 1, 1e-2);
}
END_TEST

/* ---- learning rate ---- */

START_TEST(cosine_decay_falls_from_lr_to_0_and_stays_there)
{
    ck_assert_float_eq(cosine_decay(.3f, 0, 100), .3f);
    close_to(cosine_decay(.3f, 50, 100), .15, 1e-7);
    close_to(cosine_decay(.3f, 25, 100), .15 * (1 + sqrt(.5)), 1e-7);
    ck_assert_float_eq(cosine_decay(.3f, 100, 100), 0);
    ck_assert_float_eq(cosine_decay(.3f, 250, 100), 0);
    ck_assert_float_eq(cosine_decay(.3f, 0, 0), 0);
    for (long i = 1; i <= 100; i++) ck_assert_float_lt(cosine_decay(.3f, i, 100), cosine_decay(.3f, i - 1, 100));
}
END_TEST

static Net small_net(const char *name, uint64_t seed)
{
    Rng rng = rng_new(seed);
    Net net = net_new(name, (Shape){1, 1, 3}, &mem);
    net_dense(&net, 2, &rng);
    net_batchnorm(&net);
    net_dense(&net, 1, &rng);
    return net;
}

START_TEST(an_average_of_weights_and_running_statistics)
{
    Net slow = small_net("slow", 1), fast = small_net("fast", 2);
    Mat before = mat_copy(&mem, slow.layer[0].w.v);
    mat_fill(fast.layer[1].run, 9);
    net_average(&slow, &fast, .75f);
    for (int i = 0; i < 6; i++)
        close_to(slow.layer[0].w.v.a[i], .75f * before.a[i] + .25f * fast.layer[0].w.v.a[i], 1e-6);
    close_to(slow.layer[1].run.a[0], .25 * 9, 1e-6); /* a running mean starts at 0, */
    close_to(slow.layer[1].run.a[2], .75 + .25 * 9, 1e-6); /* a running variance at 1 */
    net_average(&slow, &fast, 0);
    same_bytes(slow.layer[2].w.v, fast.layer[2].w.v);
}
END_TEST

START_TEST(an_average_moves_the_weights_and_says_so)
{
    Net slow = small_net("slow", 1), fast = small_net("fast", 2);
    int before = slow.version, still = fast.version;
    net_average(&slow, &fast, .9f);
    ck_assert_int_ne(slow.version, before);
    ck_assert_int_eq(fast.version, still);
}
END_TEST

START_TEST(an_average_of_other_nets_dies)
{
    Net slow = small_net("slow", 1), longer = small_net("longer", 2), wider = net_new("wider", (Shape){1, 1, 4}, &mem);
    Rng rng = rng_new(3);
    net_relu(&longer);
    dies(net_average(&slow, &longer, .9f), "slow has 3 layers", "longer has 4");
    net_dense(&wider, 2, &rng);
    net_batchnorm(&wider);
    net_dense(&wider, 1, &rng);
    dies(net_average(&slow, &wider, .9f), "layer 0", "slow", "wider");
}
END_TEST

/* ---- many nets at once ---- */

/* A net wide enough for inner loops to be shared out, 10 steps; the last layer's weights. */
static void train_one(int k, Mat weights)
{
    Arena keep = arena_new("keep", MB(4)), step = arena_new("step", MB(16));
    Rng rng = rng_new((uint64_t)k);
    Net net = net_new("net", (Shape){1, 1, 8}, &keep);
    net_dense(&net, 256, &rng);
    net_lrelu(&net, .2f);
    net_dense(&net, 256, &rng);
    net_tanh(&net);
    net_dense(&net, 2, &rng);
    Adam opt = adam(1e-3f);
    for (int i = 0; i < 10; i++) {
        arena_reset(&step);
        Trace t = trace(&step, TRAIN);
        Loss loss =
            squared_error(net_forward(&net, mat_noise(&step, 512, 8, &rng), &t), mat_noise(&step, 512, 2, &rng), &step);
        net_zero_grad(&net);
        net_backward(&net, loss.grad, &t, WRT_PARAMS);
        adam_step(&net, &opt);
    }
    mat_set(weights, net.layer[4].w.v);
    arena_free(&keep);
    arena_free(&step);
}

START_TEST(nets_trained_side_by_side_are_those_trained_in_turn)
{
    enum { NETS = 4 };
    Mat w[2][NETS];
    threads_set(2);
    for (int way = 0; way < 2; way++) {
        for (int k = 0; k < NETS; k++) w[way][k] = mat_new(&mem, 256, 2);
        PARALLEL_IF(way == 1, for (int k = 0; k < NETS; k++) train_one(k, w[way][k]);)
    }
    for (int k = 0; k < NETS; k++) same_bytes(w[1][k], w[0][k]);
}
END_TEST

int main(void)
{
    return run_tests(
        "optim",
        (const TTest *[]){without_momentum_a_step_is_lr_times_the_gradient, momentum_remembers_as_polyak_says,
                          adam_has_the_constants_of_the_paper, three_steps_of_adam_are_those_computed_by_hand,
                          adams_first_step_is_lr_in_the_direction_of_the_sign, adam_without_a_step_count_dies,
                          a_step_moves_every_weight_of_a_net_and_its_version,
                          both_optimisers_find_the_bottom_of_a_valley, cosine_decay_falls_from_lr_to_0_and_stays_there,
                          an_average_of_weights_and_running_statistics, an_average_moves_the_weights_and_says_so,
                          an_average_of_other_nets_dies, nets_trained_side_by_side_are_those_trained_in_turn, NULL});
}
