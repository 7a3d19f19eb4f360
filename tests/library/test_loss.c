/* test_loss.c: every loss against its formula in double, its gradient against that formula's slope, logits of 1000. */
#include "suite.h"

/* ---- the formulas, per number: v is the output, t the target ---- */

static double square(double v, double t) { return (v - t) * (v - t); }
static double absolute(double v, double t) { return fabs(v - t); }
/* straight from the definition: fine while |v| is small */
static double bernoulli(double v, double t)
{
    double p = 1 / (1 + exp(-v));
    return -t * log(p) - (1 - t) * log(1 - p);
}

static Mat filled(int n, int d, float v)
{
    Mat x = mat_new(&mem, n, d);
    mat_fill(x, v);
    return x;
}

/* U[0,1) */
static Mat shares(int n, int d, uint64_t seed)
{
    Rng rng = rng_new(seed);
    Mat x = mat_new(&mem, n, d);
    mat_uniform(x, 0, 1, &rng);
    return x;
}

/* parts: what the sum is divided by */
static void fits_over(double parts, Loss loss, Mat y, Mat t, double (*f)(double, double))
{
    const double h = 1e-6;
    double sum = 0;
    ck_assert(loss.grad.n == y.n && loss.grad.d == y.d);
    for (size_t i = 0; i < mat_size(y); i++) {
        double v = (double)y.a[i], target = (double)t.a[i];
        sum += f(v, target);
        close_to(loss.grad.a[i], (f(v + h, target) - f(v - h, target)) / (2 * h) / parts, 1e-6);
    }
    close_to(loss.value, sum / parts, 1e-6 * sum);
}

static void fits(Loss loss, Mat y, Mat t, double (*f)(double, double)) { fits_over(y.n, loss, y, t, f); }

START_TEST(each_loss_is_its_formula_and_its_gradient_the_formulas_slope)
{
    Mat y = random_mat(6, 5, 1), t = random_mat(6, 5, 2), p = shares(6, 5, 3);
    fits(squared_error(y, t, &mem), y, t, square);
    fits_over(6 * 5, l1(y, t, &mem), y, t, absolute);
    fits(bce_logits(y, p, &mem), y, p, bernoulli);
    fits(bce_logits_to(y, .9f, &mem), y, filled(6, 5, .9f), bernoulli);
    fits_over(6 * 5, lsgan(y, .9f, &mem), y, filled(6, 5, .9f), square);
}
END_TEST

START_TEST(losses_have_the_values_found_by_hand)
{
    Mat y = {2, 2, (float[]){1, 2, 0, -1}}, t = {2, 2, (float[]){0, 4, 0, 1}}, zero = filled(3, 2, 0);
    Loss a = squared_error(y, t, &mem), b = l1(y, t, &mem), c = lsgan(y, 1, &mem);
    close_to(a.value, (1 + 4 + 0 + 4) / 2., 1e-9);
    mats_close(a.grad, ((Mat){2, 2, (float[]){1, -2, 0, -2}}), 0, 0);
    close_to(b.value, (1 + 2 + 0 + 2) / 4., 1e-9);
    mats_close(b.grad, ((Mat){2, 2, (float[]){.25f, -.25f, 0, -.25f}}), 0, 0); /* 0 where output and target agree */
    close_to(c.value, (0 + 1 + 1 + 4) / 4., 1e-9);
    mats_close(c.grad, ((Mat){2, 2, (float[]){0, .5f, -.5f, -1}}), 0, 0);
    close_to(bce_logits(zero, shares(3, 2, 1), &mem).value, 2 * log(2),
             1e-6); /* logit 0 costs a bit, whatever is true */
    close_to(bce_logits_to(zero, 1, &mem).value, 2 * log(2), 1e-6);
}
END_TEST

START_TEST(logits_of_1000_are_exact_and_finite)
{
    Mat y = {1, 4, (float[]){1000, -1000, 1000, -1000}}, t = {1, 4, (float[]){1, 0, 0, 1}};
    Loss right = bce_logits(mat_cols(&mem, y, 0, 2), mat_cols(&mem, t, 0, 2), &mem);
    Loss wrong = bce_logits(mat_cols(&mem, y, 2, 2), mat_cols(&mem, t, 2, 2), &mem);
    ck_assert_float_eq(right.value, 0);
    ck_assert_float_eq(wrong.value, 2000);
    mats_close(right.grad, ((Mat){1, 2, (float[]){0, 0}}), 0, 0);
    mats_close(wrong.grad, ((Mat){1, 2, (float[]){1, -1}}), 0, 0);
    ck_assert_float_eq(bce_logits_to(y, .5f, &mem).value, 2000);
    ck_assert_float_eq(squared_error(y, t, &mem).value, 999 * 999 + 1000 * 1000 + 1000 * 1000 + 1001 * 1001);
}
END_TEST

START_TEST(a_small_probability_keeps_its_digits) /* log(1 + e^-|v|) of a confident logit is e^-|v|, not 0 */
{
    Mat y = {1, 1, (float[]){-20}};
    Loss loss = bce_logits_to(y, 0, &mem);
    close_to(loss.value / exp(-20), 1, 1e-5);
    close_to(loss.grad.a[0] / exp(-20), 1, 1e-5);
}
END_TEST

START_TEST(one_target_for_all_equals_a_matrix_full_of_it)
{
    static const float target[] = {0, 1, .9f};
    Mat y = random_mat(7, 3, 1);
    mat_scale(y, 20);
    for (int k = 0; k < 3; k++) {
        Loss one = bce_logits_to(y, target[k], &mem), all = bce_logits(y, filled(7, 3, target[k]), &mem);
        ck_assert_float_eq(one.value, all.value);
        same_bytes(one.grad, all.grad);
    }
}
END_TEST

/* A batch repeated has the same mean, and each row half its say; columns repeated count twice. */
static void averages_rows_and_sums_columns(Loss (*loss)(Mat, Mat, Arena *))
{
    Mat y = random_mat(3, 4, 1), t = shares(3, 4, 2);
    Mat y2 = mat_gather(&mem, y, (int[]){0, 1, 2, 0, 1, 2}, 6), t2 = mat_gather(&mem, t, (int[]){0, 1, 2, 0, 1, 2}, 6);
    Loss one = loss(y, t, &mem), tall = loss(y2, t2, &mem),
         wide = loss(mat_join(&mem, y, y), mat_join(&mem, t, t), &mem);
    close_to(tall.value, one.value, 1e-6);
    close_to(wide.value, 2 * one.value, 1e-6);
    mats_close(mat_cols(&mem, wide.grad, 4, 4), one.grad, 0, 0);
    mat_scale(one.grad, .5f);
    mats_close(mat_rows(tall.grad, 3, 3), one.grad, 0, 1e-6);
}

static Loss bce_to_1(Mat y, Mat t, Arena *a) { return bce_logits_to(y, 1, a); }

START_TEST(losses_average_over_the_batch_and_sum_over_features)
{
    averages_rows_and_sums_columns(squared_error);
    averages_rows_and_sums_columns(bce_logits);
    averages_rows_and_sums_columns(bce_to_1);
}
END_TEST

START_TEST(l1_and_lsgan_average_over_all_numbers_and_add_up_in_double)
{
    Mat y = random_mat(3, 4, 1), t = shares(3, 4, 2), y2 = mat_join(&mem, y, y), t2 = mat_join(&mem, t, t);
    close_to(l1(y2, t2, &mem).value, l1(y, t, &mem).value, 1e-6);
    close_to(lsgan(y2, 1, &mem).value, lsgan(y, 1, &mem).value, 1e-6);
    Mat many = filled(2000, 1000, .1f), none = mat_zeros(&mem, 2000, 1000);
    ck_assert_float_eq(l1(many, none, &mem).value, .1f); /* a sum in float would be off in the third digit */
    ck_assert_float_eq(lsgan(many, 0, &mem).value, (float)((double).1f * (double).1f));
}
END_TEST

START_TEST(a_nan_in_the_output_shows_in_the_value) /* which is what lab_finite looks at */
{
    Mat y = {2, 1, (float[]){1, NAN}}, t = {2, 1, (float[]){0, 0}};
    Loss loss[] = {squared_error(y, t, &mem), l1(y, t, &mem), bce_logits(y, t, &mem), bce_logits_to(y, 0, &mem),
                   lsgan(y, 0, &mem)};
    for (int k = 0; k < 5; k++) ck_assert_msg(isnan(loss[k].value), "loss %d hides a NaN", k);
}
END_TEST

START_TEST(targets_of_another_shape_and_empty_batches_die)
{
    Mat y = random_mat(2, 3, 1), t = random_mat(3, 2, 2), none = mat_new(&mem, 0, 3);
    dies(squared_error(y, t, &mem), "squared_error: an output (2,3) and a target (3,2)");
    dies(l1(y, t, &mem), "l1: an output (2,3) and a target (3,2)");
    dies(bce_logits(y, t, &mem), "bce_logits: an output (2,3) and a target (3,2)");
    dies(squared_error(none, none, &mem), "empty batch");
    dies(bce_logits_to(none, 1, &mem), "empty batch");
    dies(lsgan(none, 1, &mem), "empty batch");
    dies(l1(none, none, &mem), "empty batch");
}
END_TEST

/* ---- softmax cross-entropy ---- */

START_TEST(softmax_has_the_values_found_by_hand)
{
    Mat v = {2, 3, (float[]){logf(1), logf(2), logf(3), 0, 0, 0}}; /* shares 1/6 2/6 3/6, and thirds */
    Loss loss = softmax_ce(v, (uint8_t[]){2, 0}, &mem);
    close_to(loss.value, (log(2) + log(3)) / 2, 1e-6);
    mats_close(loss.grad, ((Mat){2, 3, (float[]){1 / 12.f, 2 / 12.f, -3 / 12.f, -1 / 3.f, 1 / 6.f, 1 / 6.f}}), 1e-7, 0);
    Loss one = softmax_ce((Mat){2, 1, (float[]){3, -4}}, (uint8_t[]){0, 0}, &mem);
    ck_assert_float_eq(one.value, 0); /* a single class is certain */
    mats_close(one.grad, ((Mat){2, 1, (float[]){0, 0}}), 0, 0);
}
END_TEST

/* Straight from the definition: fine while logits are small. */
static double cross_entropy(Mat v, const uint8_t *label, int i, int moved, double by)
{
    double sum = 0;
    for (int j = 0; j < v.d; j++) sum += exp((double)row(v, i)[j] + (j == moved ? by : 0));
    return (log(sum) - (double)row(v, i)[label[i]] - (moved == label[i] ? by : 0)) / v.n;
}

START_TEST(softmax_is_its_formula_and_its_gradient_the_formulas_slope)
{
    const double h = 1e-5;
    static const uint8_t label[] = {3, 0, 9, 5, 5, 1, 8};
    Mat v = random_mat(7, 10, 1);
    mat_scale(v, 3);
    Loss loss = softmax_ce(v, label, &mem);
    double sum = 0;
    for (int i = 0; i < 7; i++) {
        sum += cross_entropy(v, label, i, 0, 0);
        for (int j = 0; j < 10; j++) {
            double slope = (cross_entropy(v, label, i, j, h) - cross_entropy(v, label, i, j, -h)) / (2 * h);
            close_to(row(loss.grad, i)[j], slope, 1e-6);
        }
    }
    close_to(loss.value, sum, 1e-6 * sum);
}
END_TEST

START_TEST(softmax_of_two_classes_is_the_bernoulli_loss)
{
    static const uint8_t label[] = {1, 0, 1, 1};
    Mat v = random_mat(4, 1, 1), t = {4, 1, (float[]){1, 0, 1, 1}};
    Loss pair = softmax_ce(mat_join(&mem, mat_zeros(&mem, 4, 1), v), label, &mem), single = bce_logits(v, t, &mem);
    close_to(pair.value, single.value, 1e-6);
    mats_close(mat_cols(&mem, pair.grad, 1, 1), single.grad, 1e-7, 0);
}
END_TEST

START_TEST(softmax_does_not_see_what_is_added_to_all_logits)
{
    static const uint8_t label[] = {0, 1, 2, 3, 4};
    Mat v = random_mat(5, 5, 1), far = mat_new(&mem, 5, 5);
    for (size_t i = 0; i < 25; i++) {
        /* no digit is lost */
        v.a[i] = rintf(v.a[i] * 256) / 256;
        far.a[i] = v.a[i] + 1000;
    }
    Loss near = softmax_ce(v, label, &mem), shifted = softmax_ce(far, label, &mem);
    same_bytes(shifted.grad, near.grad);
    close_to(shifted.value, near.value, 1e-4);
}
END_TEST

START_TEST(softmax_of_logits_of_1000_is_exact_and_finite)
{
    Mat v = {2, 3, (float[]){1000, -1000, -1000, -1000, 0, 1000}};
    Loss right = softmax_ce(v, (uint8_t[]){0, 2}, &mem), wrong = softmax_ce(v, (uint8_t[]){1, 0}, &mem);
    ck_assert_float_eq(right.value, 0);
    ck_assert_float_eq(wrong.value, 2000);
    mats_close(right.grad, mat_zeros(&mem, 2, 3), 0, 0);
    mats_close(wrong.grad, ((Mat){2, 3, (float[]){.5f, -.5f, 0, -.5f, 0, .5f}}), 0, 0);
}
END_TEST

START_TEST(a_label_that_is_no_class_and_an_empty_batch_die)
{
    Mat v = random_mat(2, 3, 1);
    dies(softmax_ce(v, (uint8_t[]){2, 3}, &mem), "softmax_ce: label 3 of only 3 classes");
    dies(softmax_ce(v, (uint8_t[]){255, 0}, &mem), "softmax_ce: label 255 of only 3 classes");
    dies(softmax_ce(mat_new(&mem, 0, 3), (uint8_t[]){0}, &mem), "empty batch");
}
END_TEST

START_TEST(a_nan_in_any_logit_shows_in_the_value_of_softmax)
{
    for (int i = 0; i < 6; i++) {
        Mat v = random_mat(2, 3, 1);
        v.a[i] = NAN;
        ck_assert_msg(isnan(softmax_ce(v, (uint8_t[]){1, 1}, &mem).value), "a NaN at %d is hidden", i);
    }
}
END_TEST

/* ---- a penalty on the slope ---- */

START_TEST(ahead_along_steps_along_each_row_and_weighs_by_its_length)
{
    Mat v = {2, 2, (float[]){3, 4, 0, -2}}, x = {2, 2, (float[]){1, 1, 5, 5}};
    Ahead a = ahead_along(v, x, .5f, 8, &mem);
    mats_close(a.x, ((Mat){2, 2, (float[]){1.3f, 1.4f, 5, 4.5f}}), 1e-6, 0);
    mats_close(a.weight, ((Mat){2, 1, (float[]){8 * 5 / .5f / 2, 8 * 2 / .5f / 2}}), 1e-6, 0);
}
END_TEST

/* D = w x has the slope w everywhere, and gamma/2 |w|^2 the gradient gamma w. */
START_TEST(of_a_linear_net_ahead_along_gives_r1_exactly)
{
    Rng rng = rng_new(3);
    Net D = net_new("D", (Shape){1, 1, 5}, &mem);
    net_linear(&D, 1, 1, &rng);
    Mat x = random_mat(7, 5, 1), one = mat_new(&mem, 7, 1);
    mat_fill(one, 1);
    Trace at = trace(&mem, TRAIN), there = trace(&mem, TRAIN);
    net_forward(&D, x, &at);
    Ahead a = ahead_along(net_backward(&D, one, &at, WRT_INPUT), x, .1f, .3f, &mem);
    net_forward(&D, a.x, &there);
    net_zero_grad(&D);
    net_backward(&D, a.weight, &there, WRT_PARAMS);
    mat_scale(a.weight, -1);
    net_backward(&D, a.weight, &at, WRT_PARAMS);
    Mat want = mat_copy(&mem, D.layer[0].w.v);
    mat_scale(want, .3f);
    mats_close(D.layer[0].w.g, want, 1e-3, 1e-4);
}
END_TEST

START_TEST(a_slope_of_zero_stays_where_it_is_and_other_shapes_die)
{
    Mat x = {1, 2, (float[]){1, 2}};
    Ahead a = ahead_along(mat_zeros(&mem, 1, 2), x, .1f, 1, &mem);
    mats_close(a.x, x, 0, 0);
    ck_assert(mat_finite(a.weight));
    dies(ahead_along(mat_zeros(&mem, 2, 2), x, .1f, 1, &mem), "ahead_along: slopes (2,2) at (1,2)");
}
END_TEST

int main(void)
{
    return run_tests("loss",
                     (const TTest *[]){
                         each_loss_is_its_formula_and_its_gradient_the_formulas_slope,
                         losses_have_the_values_found_by_hand, logits_of_1000_are_exact_and_finite,
                         a_small_probability_keeps_its_digits, one_target_for_all_equals_a_matrix_full_of_it,
                         losses_average_over_the_batch_and_sum_over_features,
                         l1_and_lsgan_average_over_all_numbers_and_add_up_in_double,
                         a_nan_in_the_output_shows_in_the_value, targets_of_another_shape_and_empty_batches_die,
                         softmax_has_the_values_found_by_hand,
                         softmax_is_its_formula_and_its_gradient_the_formulas_slope,
                         softmax_of_two_classes_is_the_bernoulli_loss, softmax_does_not_see_what_is_added_to_all_logits,
                         softmax_of_logits_of_1000_is_exact_and_finite, a_label_that_is_no_class_and_an_empty_batch_die,
                         a_nan_in_any_logit_shows_in_the_value_of_softmax,
                         ahead_along_steps_along_each_row_and_weighs_by_its_length,
                         of_a_linear_net_ahead_along_gives_r1_exactly,
                         a_slope_of_zero_stays_where_it_is_and_other_shapes_die, NULL});
}
