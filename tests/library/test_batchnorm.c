/* test_batchnorm.c: what batch norm remembers: running statistics, evaluation, several traces; its values are in
 * test_norm.c. */
#include "suite.h"

static Net fresh(int pixels, int c)
{
    Net net = net_new("n", (Shape){1, pixels, c}, &mem);
    net_batchnorm(&net);
    return net;
}

/* two pixels, a gain and a shift that show */
static Net batch_norm(int c, uint64_t seed)
{
    Rng rng = rng_new(seed);
    Net net = fresh(2, c);
    mat_uniform(net.layer[0].w.v, .5f, 2, &rng);
    mat_normal(net.layer[0].b.v, 1, &rng);
    return net;
}

/* ---- running statistics, evaluation ---- */

START_TEST(running_statistics_move_a_tenth_of_the_way_with_each_training_pass)
{
    Net net = fresh(1, 2);
    Mat x = {4, 2, (float[]){1, 0, 2, 0, 3, 4, 6, 4}}, run = net.layer[0].run, once, twice;
    mats_close(run, ((Mat){2, 2, (float[]){0, 0, 1, 1}}), 0, 0);
    Trace t = trace(&mem, TRAIN);
    net_forward(&net, x, &t); /* means 3 and 2, unbiased variances 14/3 and 16/3 */
    once = (Mat){2, 2, (float[]){.3f, .2f, .9f + 1.4f / 3, .9f + 1.6f / 3}};
    mats_close(run, once, 0, 1e-6);
    net_backward(&net, x, &t, WRT_BOTH);
    forward_as(&net, x, false); /* neither of these moves them */
    mats_close(run, once, 0, 1e-6);
    forward_as(&net, (Mat){2, 2, (float[]){1, 5, -1, 7}}, true); /* means 0 and 6, variances 2 and 2 */
    twice = (Mat){2, 2, (float[]){.27f, .78f, .81f + 1.26f / 3 + .2f, .81f + 1.44f / 3 + .2f}};
    mats_close(run, twice, 0, 1e-6);
}
END_TEST

START_TEST(evaluation_uses_the_running_statistics_and_no_other_sample)
{
    Net net = batch_norm(3, 1);
    Layer *l = net.layer;
    Mat x = random_mat(6, 6, 2), run = {2, 3, (float[]){1, -2, 0, 4, .25f, 9}};
    mat_set(l->run, run);
    Mat y = forward_as(&net, x, false);
    for (int i = 0; i < 36; i++) {
        int j = i % 3;
        double xhat = ((double)x.a[i] - (double)run.a[j]) / sqrt((double)run.a[3 + j] + 1e-5);
        close_to(y.a[i], (double)l->w.v.a[j] * xhat + (double)l->b.v.a[j], 1e-5);
    }
    same_bytes(forward_as(&net, mat_rows(x, 2, 1), false), mat_rows(y, 2, 1));
    same_bytes(l->run, run);
}
END_TEST

/* In evaluation y is linear in x and in the gain, so a step of any size has exactly the slope of the gradient. */
static double along(Net *net, Mat x, Mat r, Mat v, Mat step)
{
    double sum = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (size_t i = 0; i < mat_size(v); i++) v.a[i] += (float)sign * step.a[i];
        Mat y = forward_as(net, x, false);
        for (size_t i = 0; i < mat_size(y); i++) sum += sign * .5 * (double)r.a[i] * (double)y.a[i];
        for (size_t i = 0; i < mat_size(v); i++) v.a[i] -= (float)sign * step.a[i];
    }
    return sum;
}

START_TEST(evaluation_has_the_gradients_of_finite_differences)
{
    Net net = batch_norm(3, 1);
    Layer *l = net.layer;
    Mat x = random_mat(4, 6, 2), r = random_mat(4, 6, 3);
    mat_set(l->run, (Mat){2, 3, (float[]){1, -2, 0, 4, .25f, 9}});
    Trace t = trace(&mem, EVAL);
    net_forward(&net, x, &t);
    Mat dx = net_backward(&net, r, &t, WRT_BOTH), of[] = {x, l->w.v, l->b.v}, grad[] = {dx, l->w.g, l->b.g};
    for (int k = 0; k < 3; k++)
        for (size_t i = 0; i < mat_size(of[k]); i++) {
            Mat step = mat_zeros(&mem, of[k].n, of[k].d);
            step.a[i] = 1;
            close_to(along(&net, x, r, of[k], step), grad[k].a[i], 1e-4);
        }
}
END_TEST

START_TEST(running_statistics_travel_with_the_weights)
{
    Net net = batch_norm(3, 1), other = batch_norm(3, 2);
    Mat x = random_mat(5, 6, 3);
    forward_as(&net, x, true);
    net_write(&net, folder);
    net_read(&other, folder);
    same_bytes(forward_as(&other, x, false), forward_as(&net, x, false));
    mats_close(npy_read(folder, "n.batchnorm0.running.npy", &mem), net.layer[0].run, 0, 0);
}
END_TEST

/* ---- batch norm, several passes ---- */

typedef struct {
    Mat dx, dw, db;
} Grads;

/* of this pass alone */
static Grads backward(Net *net, Mat dy, Trace *t, int wrt)
{
    net_zero_grad(net);
    Mat dx = net_backward(net, dy, t, wrt);
    Grads grads = {dx, mat_copy(&mem, net->layer[0].w.g), mat_copy(&mem, net->layer[0].b.g)};
    return grads;
}

static void same_grads(Grads got, Grads want)
{
    same_bytes(got.dx, want.dx);
    same_bytes(got.dw, want.dw);
    same_bytes(got.db, want.db);
}

START_TEST(two_traces_and_two_gradients_do_not_mix)
{
    Net net = batch_norm(3, 1);
    Mat real = random_mat(5, 6, 2), fake = with_mean(random_mat(4, 6, 3), 2), dreal = random_mat(5, 6, 4),
        dfake = random_mat(4, 6, 5);
    Trace a = trace(&mem, TRAIN), b = trace(&mem, TRAIN), c = trace(&mem, TRAIN), d = trace(&mem, TRAIN);
    net_forward(&net, real, &a);
    Grads of_real = backward(&net, dreal, &a, WRT_BOTH);
    net_forward(&net, fake, &b);
    Grads of_fake = backward(&net, dfake, &b, WRT_BOTH), of_other = backward(&net, mat_rows(dreal, 1, 4), &b, WRT_BOTH);
    ck_assert_mem_ne(of_other.dx.a, of_fake.dx.a, 24 * sizeof(float));

    net_forward(&net, real, &c); /* now interleaved, and another gradient through a trace used before */
    net_forward(&net, fake, &d);
    same_grads(backward(&net, mat_rows(dreal, 1, 4), &d, WRT_BOTH), of_other);
    same_grads(backward(&net, dreal, &c, WRT_BOTH), of_real);
    same_grads(backward(&net, dfake, &d, WRT_BOTH), of_fake);
}
END_TEST

START_TEST(each_gradient_alone_has_the_bytes_of_both_together)
{
    Net net = batch_norm(3, 1);
    for (int train = 0; train < 2; train++) {
        Trace t = train ? trace(&mem, TRAIN) : trace(&mem, EVAL);
        net_forward(&net, with_mean(random_mat(5, 6, 2), 1), &t);
        Mat dy = random_mat(5, 6, 3);
        Grads input = backward(&net, dy, &t, WRT_INPUT), params = backward(&net, dy, &t, WRT_PARAMS),
              both = backward(&net, dy, &t, WRT_BOTH);
        same_grads((Grads){input.dx, params.dw, params.db}, both);
        ck_assert_ptr_null(params.dx.a);
        same_bytes(input.dw, mat_zeros(&mem, 1, 3));
    }
}
END_TEST

/* ---- small batches ---- */

START_TEST(a_batch_of_one_pixel_becomes_the_shift_and_has_no_slope)
{
    Net net = fresh(1, 3);
    Trace t = trace(&mem, TRAIN);
    Mat x = {1, 3, (float[]){5, -2, 1e4f}}, dy = {1, 3, (float[]){1, 2, 3}}, run = net.layer[0].run;
    mat_set(net.layer[0].b.v, dy);
    mats_close(net_forward(&net, x, &t), dy, 0, 0);
    mats_close(net_backward(&net, dy, &t, WRT_BOTH), mat_zeros(&mem, 1, 3), 1e-3, 0);
    mats_close(run, ((Mat){2, 3, (float[]){.5f, -.2f, 1e3f, .9f, .9f, .9f}}), 0, 1e-6);
}
END_TEST

START_TEST(an_empty_batch_leaves_batch_norm_as_it_was)
{
    Net net = batch_norm(3, 1);
    Mat before = mat_copy(&mem, net.layer[0].run);
    Trace t = trace(&mem, TRAIN);
    Mat y = net_forward(&net, mat_new(&mem, 0, 6), &t);
    ck_assert_int_eq(y.n, 0);
    net_backward(&net, y, &t, WRT_BOTH);
    same_bytes(net.layer[0].run, before);
    same_bytes(net.layer[0].w.g, mat_zeros(&mem, 1, 3));
}
END_TEST

int main(void)
{
    return run_tests("batchnorm", (const TTest *[]){running_statistics_move_a_tenth_of_the_way_with_each_training_pass,
                                                    evaluation_uses_the_running_statistics_and_no_other_sample,
                                                    evaluation_has_the_gradients_of_finite_differences,
                                                    running_statistics_travel_with_the_weights,
                                                    two_traces_and_two_gradients_do_not_mix,
                                                    each_gradient_alone_has_the_bytes_of_both_together,
                                                    a_batch_of_one_pixel_becomes_the_shift_and_has_no_slope,
                                                    an_empty_batch_leaves_batch_norm_as_it_was, NULL});
}
