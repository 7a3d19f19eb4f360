/* The judge of lab 01: hand cases, closed forms in double, finite differences, invariants, and the outcome of a short descent. */
#include "judge.h"

#include <math.h>

/* ---- 1. centre_data ---- */

START_TEST(centre_by_hand)
{
    Run got = student("centre_by_hand");
    expect(value(&got, "mean"), (double[]){4, 30}, 1, 2, 1e-6, 0, 4,
           (Slip[]){{(double[]){16, 120}, "that is the sum; divide by the number of rows"},
                    {(double[]){8, 60}, "divided by the number of columns; the mean is over rows"},
                    {(double[]){16. / 3, 40}, "divided by n - 1; that is for variances"}, {0}});
    expect(value(&got, "centred"), (double[]){-3, -20, -1, -10, 1, 30, 3, 0}, 4, 2, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){1, 10, 3, 20, 5, 60, 7, 30}, "x came back as it was: subtract the mean from every row"},
                    {(double[]){5, 40, 7, 50, 9, 90, 11, 60}, "the mean was added; subtract it"}, {0}});
}
END_TEST

START_TEST(centre_many)
{
    Run got = student("centre_many"), want = reference("centre_many");
    Value mean = value(&got, "mean");
    const double *right = value(&want, "mean").a;
    bool close = mean.n == 1 && mean.d == 2 && fabs(mean.a[0] - right[0]) < 1 && fabs(mean.a[1] - right[1]) < .1;
    expect_that(!close || fabs(mean.a[0] - right[0]) < 2e-4, "mean[0][0]: want %.6f, got %.6f\nhint: 20,000 numbers near 1000 were added up in a "
                "float, which has seven digits; add up in a double", right[0], mean.a[0]);
    expect(mean, right, 1, 2, 2e-7, 1e-6, 20000, NULL);
}
END_TEST

/* ---- 2. ae_encode, 3. ae_decode ---- */

START_TEST(encode_by_hand)
{
    Run got = student("encode_by_hand");
    expect(value(&got, "z"), (double[]){11, 1}, 2, 1, 1e-6, 0, 2, NULL);
}
END_TEST

START_TEST(encode_random)
{
    Run got = student("encode_random"), want = reference("encode_random");
    Value x = value(&want, "x"), W = value(&want, "W");
    expect(value(&got, "z"), product(x.a, false, W.a, false, 7, 5, 3), 7, 3, 1e-5, 1e-5, 7, NULL);
}
END_TEST

START_TEST(decode_by_hand)
{
    Run got = student("decode_by_hand");
    expect(value(&got, "xhat"), (double[]){11, 22, 1, 2}, 2, 2, 1e-6, 0, 2, NULL);
}
END_TEST

START_TEST(decode_random)
{
    Run got = student("decode_random"), want = reference("decode_random");
    Value z = value(&want, "z"), W = value(&want, "W");
    expect(value(&got, "xhat"), product(z.a, false, W.a, true, 7, 3, 5), 7, 5, 1e-5, 1e-5, 7, NULL);
}
END_TEST

/* ---- 4. tied_loss ---- */

static double squares(const double *x, const double *xhat, int size)
{
    double sum = 0;
    for (int i = 0; i < size; i++) sum += (xhat[i] - x[i]) * (xhat[i] - x[i]);
    return sum;
}

static void expect_loss(Value loss, double sum, int B, int d, double root_sum)
{
    expect(loss, (double[]){sum / B}, 1, 1, 1e-5, 0, B,
           (Slip[]){{(double[]){sum / (B * d)}, "that is the mean over features too; sum over features, average over samples"},
                    {(double[]){root_sum / B}, "that is the mean distance; square it"},
                    {(double[]){sqrt(sum / B)}, "no square root"},
                    {(double[]){.5 * sum / B}, "the contract's loss has no factor 1/2"},
                    {(double[]){sum / d}, "averaged over features; sum over these, average over samples"}, {0}});
}

START_TEST(loss_by_hand)
{
    Run got = student("loss_by_hand");
    expect_loss(value(&got, "loss"), 16 + 1 + 4, 2, 3, 4 + sqrt(5));
}
END_TEST

START_TEST(loss_random)
{
    Run got = student("loss_random"), want = reference("loss_random");
    const double *x = value(&want, "x").a, *xhat = value(&want, "xhat").a;
    double roots = 0;
    for (int i = 0; i < 7; i++) roots += sqrt(squares(x + 5 * i, xhat + 5 * i, 5));
    expect_loss(value(&got, "loss"), squares(x, xhat, 35), 7, 5, roots);
}
END_TEST

/* ---- 5. tied_grad ---- */

#define DECODER_ONLY "only the decoder's place is there (Oja's rule: it descends too, but is not the gradient); W also stands in the encoder: add its part"
#define ENCODER_ONLY "only the encoder's place is there; W also stands in the decoder: add its part"
#define OPPOSITE "the two places have opposite signs; they add"

static double loss_of(const double *x, const double *W, int B, int d, int k)
{
    double *z = product(x, false, W, false, B, d, k), *xhat = product(z, false, W, true, B, k, d);
    return squares(x, xhat, B * d) / B;
}

START_TEST(grad_by_hand)
{
    /* x = (3,1), w = (1,1/2): z = 7/2, xhat = (7/2,7/4), dL/dxhat = 2 (xhat - x) = (1,3/2), back at the code: 1 + 3/4 = 7/4 */
    Run got = student("grad_by_hand");
    expect(value(&got, "dW"), (double[]){3.5 + 5.25, 5.25 + 1.75}, 2, 1, 1e-5, 1e-5, 0,
           (Slip[]){{(double[]){3.5, 5.25}, DECODER_ONLY}, {(double[]){5.25, 1.75}, ENCODER_ONLY},
                    {(double[]){3.5 - 5.25, 5.25 - 1.75}, OPPOSITE}, {0}});
}
END_TEST

START_TEST(grad_random)
{
    enum { B = 7, D = 5, K = 3 };
    Run got = student("grad_random"), want = reference("grad_random");
    const double *x = value(&want, "x").a, *W = value(&want, "W").a, *z = value(&want, "z").a, *xhat = value(&want, "xhat").a;

    double *right = numbers(D * K), *moved = numbers(D * K), h = 1e-5;
    for (int i = 0; i < D * K; i++) moved[i] = W[i];
    for (int i = 0; i < D * K; i++) {               /* central differences of the loss */
        moved[i] = W[i] + h;
        double up = loss_of(x, moved, B, D, K);
        moved[i] = W[i] - h;
        right[i] = (up - loss_of(x, moved, B, D, K)) / (2 * h);
        moved[i] = W[i];
    }

    double *dxhat = numbers(B * D);
    for (int i = 0; i < B * D; i++) dxhat[i] = 2. / B * (xhat[i] - x[i]);
    double *dz = product(dxhat, false, W, false, B, D, K);
    const double *decoder = product(dxhat, true, z, false, D, B, K), *encoder = product(x, true, dz, false, D, B, K);
    double *minus = numbers(D * K);
    for (int i = 0; i < D * K; i++) minus[i] = decoder[i] - encoder[i];
    expect(value(&got, "dW"), right, D, K, 1e-3, 1e-4, B,
           (Slip[]){{decoder, DECODER_ONLY}, {encoder, ENCODER_ONLY}, {minus, OPPOSITE}, {0}});
}
END_TEST

/* ---- 6. principal_angles ---- */

static void expect_angles(Value got, const double *want, int k, double tolerance)
{
    double *rising = numbers(k), *radians = numbers(k), *cosines = numbers(k), *sines = numbers(k);
    for (int i = 0; i < k; i++) {
        double r = want[i] * M_PI / 180;
        rising[k - 1 - i] = want[i], radians[i] = r, cosines[i] = cos(r), sines[i] = sin(r);
    }
    expect(got, want, 1, k, 1e-4, tolerance, 0,
           (Slip[]){{radians, "radians; the contract wants degrees"}, {sines, "that is the sine; take asin, in degrees"},
                    {cosines, "that is the cosine; take the angle, in degrees"}, {k > 1 ? rising : NULL, "right angles, wrong order: largest first"}, {0}});
}

START_TEST(angles_by_hand)
{
    Run got = student("angles_by_hand");
    expect_angles(value(&got, "angles"), (double[]){30, 0}, 2, .01);
}
END_TEST

START_TEST(angles_small)
{
    Run got = student("angles_small");
    Value v = value(&got, "angles");
    expect_that(v.n != 1 || v.d != 1 || !(v.a[0] == 0 || (v.a[0] > .015 && v.a[0] < .05)), "angles: want 0.01, got %.6g\nhint: a cosine this close "
                "to 1 has no digits left in a float; use the sines", v.a[0]);
    expect_angles(v, (double[]){.01}, 1, .0005);
}
END_TEST

START_TEST(angles_random)
{
    Run got = student("angles_random"), want = reference("angles_random");
    const double *right = value(&want, "angles").a;
    expect_angles(value(&got, "angles"), right, 3, .01);
    Value again = value(&got, "again");
    expect_that(again.n == 1 && again.d == 3 && fabs(again.a[0] - right[0]) < .02 && fabs(again.a[2] - right[2]) < .02,
                "other bases of the same spans gave other angles\nhint: make both bases orthonormal first");
}
END_TEST

/* ---- all together ---- */

START_TEST(rotation)
{
    Run got = student("rotation"), want = reference("rotation");
    double a = value(&got, "loss_W").a[0], b = value(&got, "loss_WQ").a[0];
    expect(value(&got, "loss_W"), value(&want, "loss_W").a, 1, 1, 1e-4, 0, 9, NULL);
    expect_that(fabs(a - b) < 1e-4 * fabs(a), "the loss at W is %.6g, at W Q it is %.6g\nhint: is the decoder's weight the encoder's, transposed?", a, b);
}
END_TEST

START_TEST(descent)
{
    enum { D = 6, K = 2 };
    Run got = student("descent"), want = reference("descent");
    Value W = value(&got, "W"), angles = value(&got, "angles"), raw = value(&got, "angles_raw");
    double floor = value(&want, "floor").a[0], loss = value(&got, "loss").a[0];
    expect(value(&got, "loss"), &floor, 1, 1, 2e-3, 0, 0, NULL);
    expect_that(loss >= floor * (1 - 1e-4), "a loss of %.6g lies below the least possible, %.6g", loss, floor);
    expect_that(W.n == D && W.d == K, "W has the shape (%d,%d)", W.n, W.d);
    double *gram = product(W.a, true, W.a, false, K, D, K);
    expect((Value){.name = "W^T W", .n = K, .d = K, .a = gram}, (double[]){1, 0, 0, 1}, K, K, 0, 2e-3, 0, NULL);
    expect_that(angles.d == K && angles.a[0] < .0573, "after descent the span of W is %.4f degrees off the principal subspace, want below 0.0573", angles.a[0]);
    expect_that(raw.d == K && raw.a[0] > 30, "without centring the span of W should be far off, not %.2f degrees", raw.a[0]);
}
END_TEST

/* ---- sizes and numbers from the seed ---- */

START_TEST(angles_right)
{
    Run got = student("angles_right");
    expect_angles(value(&got, "line"), (double[]){90}, 1, .02);
    expect_angles(value(&got, "plane"), (double[]){90, 0}, 2, .02);
}
END_TEST

AS_REFERENCE(centre_sizes, 1e-5, 1e-5)
AS_REFERENCE(encode_sizes, 1e-4, 1e-4)
AS_REFERENCE(decode_sizes, 1e-4, 1e-4)
AS_REFERENCE(loss_sizes, 1e-5, 1e-6)
AS_REFERENCE(grad_sizes, 1e-3, 1e-3)
AS_REFERENCE(angles_sizes, 1e-4, 2e-2)

int main(void)
{
    Suite *s = suite_create("01_linear_ae");
    TCase *t = exercise(s, "centre_data");
    tcase_add_test(t, centre_by_hand), tcase_add_test(t, centre_many);
    tcase_add_test(t, centre_sizes);
    t = exercise(s, "ae_encode");
    tcase_add_test(t, encode_by_hand), tcase_add_test(t, encode_random);
    tcase_add_test(t, encode_sizes);
    t = exercise(s, "ae_decode");
    tcase_add_test(t, decode_by_hand), tcase_add_test(t, decode_random);
    tcase_add_test(t, decode_sizes);
    t = exercise(s, "tied_loss");
    tcase_add_test(t, loss_by_hand), tcase_add_test(t, loss_random);
    tcase_add_test(t, loss_sizes);
    t = exercise(s, "tied_grad");
    tcase_add_test(t, grad_by_hand), tcase_add_test(t, grad_random);
    tcase_add_test(t, grad_sizes);
    t = exercise(s, "principal_angles");
    tcase_add_test(t, angles_by_hand), tcase_add_test(t, angles_small), tcase_add_test(t, angles_random);
    tcase_add_test(t, angles_right);
    tcase_add_test(t, angles_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, rotation), tcase_add_test(t, descent);
    return judge_main(s);
}
