/* The judge of lab 01: hand cases, closed forms in double, finite differences, invariants, and the outcome of a short
 * descent. */
#include "judge.h"

#include <math.h>

/* ---- 1. centre_data ---- */

START_TEST(centre_by_hand)
{
    Run got = student("centre_by_hand");
    expect(value(&got, "mean"), MATRIX(1, 2, 4, 30), .rtol = 1e-6, .batch = 4, .slips = SLIPS(
        SLIP("that is the sum; divide by the number of rows", 16, 120),
        SLIP("divided by the number of columns; the mean is over rows", 8, 60),
        SLIP("divided by n - 1; that is for variances", 16. / 3, 40)));
    expect(value(&got, "centred"), MATRIX(4, 2, -3, -20, -1, -10, 1, 30, 3, 0), .rtol = 1e-6, .atol = 1e-6,
           .slips = SLIPS(
        SLIP("x came back as it was: subtract the mean from every row", 1, 10, 3, 20, 5, 60, 7, 30),
        SLIP("the mean was added; subtract it", 5, 40, 7, 50, 9, 90, 11, 60)));
}
END_TEST

START_TEST(centre_many)
{
    Run got = student("centre_many"), want = reference("centre_many");
    Value mean = value(&got, "mean");
    const double *right = value(&want, "mean").a;
    bool close = mean.n == 1 && mean.d == 2 && fabs(mean.a[0] - right[0]) < 1 && fabs(mean.a[1] - right[1]) < .1;
    expect_that(!close || fabs(mean.a[0] - right[0]) < 2e-4,
                "mean[0][0]: want %.6f, got %.6f\nhint: 20,000 numbers near 1000 were added up in a "
                "float, which has seven digits; add up in a double",
                right[0], mean.a[0]);
    expect(mean, ARRAY(1, 2, right), .rtol = 2e-7, .atol = 1e-6, .batch = 20000);
}
END_TEST

/* ---- 2. ae_encode, 3. ae_decode ---- */

START_TEST(encode_by_hand)
{
    Run got = student("encode_by_hand");
    expect(value(&got, "z"), MATRIX(2, 1, 11, 1), .rtol = 1e-6, .batch = 2);
}
END_TEST

START_TEST(encode_random)
{
    Run got = student("encode_random"), want = reference("encode_random");
    Value x = value(&want, "x"), W = value(&want, "W");
    expect(value(&got, "z"), ARRAY(7, 3, product(x.a, false, W.a, false, 7, 5, 3)), .rtol = 1e-5, .atol = 1e-5,
           .batch = 7);
}
END_TEST

START_TEST(decode_by_hand)
{
    Run got = student("decode_by_hand");
    expect(value(&got, "xhat"), MATRIX(2, 2, 11, 22, 1, 2), .rtol = 1e-6, .batch = 2);
}
END_TEST

START_TEST(decode_random)
{
    Run got = student("decode_random"), want = reference("decode_random");
    Value z = value(&want, "z"), W = value(&want, "W");
    expect(value(&got, "xhat"), ARRAY(7, 5, product(z.a, false, W.a, true, 7, 3, 5)), .rtol = 1e-5, .atol = 1e-5,
           .batch = 7);
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
    expect(loss, SCALAR(sum / B), .rtol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP("that is the mean over features too; sum over features, average over samples", sum / (B * d)),
        SLIP("that is the mean distance; square it", root_sum / B),
        SLIP("no square root", sqrt(sum / B)),
        SLIP("the contract's loss has no factor 1/2", .5 * sum / B),
        SLIP("averaged over features; sum over these, average over samples", sum / d)));
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

#define DECODER_ONLY \
    "only the decoder's place is there (Oja's rule: it descends too, but is not the gradient); W also stands in the " \
    "encoder: add its part"
#define ENCODER_ONLY "only the encoder's place is there; W also stands in the decoder: add its part"
#define OPPOSITE "the two places have opposite signs; they add"

static double loss_of(const double *x, const double *W, int B, int d, int k)
{
    double *z = product(x, false, W, false, B, d, k), *xhat = product(z, false, W, true, B, k, d);
    return squares(x, xhat, B * d) / B;
}

START_TEST(grad_by_hand)
{
    /* x = (3,1), w = (1,1/2): z = 7/2, xhat = (7/2,7/4), dL/dxhat = 2 (xhat - x) = (1,3/2), back at the code: 1 + 3/4 =
     * 7/4 */
    Run got = student("grad_by_hand");
    expect(value(&got, "dW"), MATRIX(2, 1, 3.5 + 5.25, 5.25 + 1.75), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP(DECODER_ONLY, 3.5, 5.25),
        SLIP(ENCODER_ONLY, 5.25, 1.75),
        SLIP(OPPOSITE, 3.5 - 5.25, 5.25 - 1.75)));
}
END_TEST

START_TEST(grad_random)
{
    enum { B = 7, D = 5, K = 3 };
    Run got = student("grad_random"), want = reference("grad_random");
    const double *x = value(&want, "x").a, *W = value(&want, "W").a, *z = value(&want, "z").a,
                 *xhat = value(&want, "xhat").a;

    double *right = numbers(D * K), *moved = numbers(D * K), h = 1e-5;
    for (int i = 0; i < D * K; i++) moved[i] = W[i];
    for (int i = 0; i < D * K; i++) { /* central differences of the loss */
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
    expect(value(&got, "dW"), ARRAY(D, K, right), .rtol = 1e-3, .atol = 1e-4, .batch = B, .slips = SLIPS(
        SLIP_ARRAY(DECODER_ONLY, decoder),
        SLIP_ARRAY(ENCODER_ONLY, encoder),
        SLIP_ARRAY(OPPOSITE, minus)));
}
END_TEST

/* ---- 6. principal_angles ---- */

static void expect_angles(Value got, const double *want, int k, double tolerance)
{
    double *rising = numbers(k), *radians = numbers(k), *cosines = numbers(k), *sines = numbers(k);
    for (int i = 0; i < k; i++) {
        double r = want[i] * M_PI / 180;
        rising[k - 1 - i] = want[i];
        radians[i] = r;
        cosines[i] = cos(r);
        sines[i] = sin(r);
    }
    expect(got, ARRAY(1, k, want), .rtol = 1e-4, .atol = tolerance, .slips = SLIPS(
        SLIP_ARRAY("radians; the contract wants degrees", radians),
        SLIP_ARRAY("that is the sine; take asin, in degrees", sines),
        SLIP_ARRAY("that is the cosine; take the angle, in degrees", cosines),
        SLIP_ARRAY("right angles, wrong order: largest first", k > 1 ? rising : NULL)));
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
    expect_that(v.n != 1 || v.d != 1 || !(v.a[0] == 0 || (v.a[0] > .015 && v.a[0] < .05)),
                "angles: want 0.01, got %.6g\nhint: a cosine this close "
                "to 1 has no digits left in a float; use the sines",
                v.a[0]);
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
    expect(value(&got, "loss_W"), ARRAY(1, 1, value(&want, "loss_W").a), .rtol = 1e-4, .batch = 9);
    expect_that(fabs(a - b) < 1e-4 * fabs(a),
                "the loss at W is %.6g, at W Q it is %.6g\nhint: is the decoder's weight the encoder's, transposed?", a,
                b);
}
END_TEST

START_TEST(descent)
{
    enum { D = 6, K = 2 };
    Run got = student("descent"), want = reference("descent");
    Value W = value(&got, "W"), angles = value(&got, "angles"), raw = value(&got, "angles_raw");
    double floor = value(&want, "floor").a[0], loss = value(&got, "loss").a[0];
    expect(value(&got, "loss"), SCALAR(floor), .rtol = 2e-3);
    expect_that(loss >= floor * (1 - 1e-4), "a loss of %.6g lies below the least possible, %.6g", loss, floor);
    expect_that(W.n == D && W.d == K, "W has the shape (%d,%d)", W.n, W.d);
    double *gram = product(W.a, true, W.a, false, K, D, K);
    expect(((Value){.name = "W^T W", .n = K, .d = K, .a = gram}), MATRIX(K, K, 1, 0, 0, 1), .atol = 2e-3);
    expect_that(angles.d == K && angles.a[0] < .0573,
                "after descent the span of W is %.4f degrees off the principal subspace, want below 0.0573",
                angles.a[0]);
    expect_that(raw.d == K && raw.a[0] > 30, "without centring the span of W should be far off, not %.2f degrees",
                raw.a[0]);
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
    return judge_main("01_linear_ae", EXERCISES(
        EXERCISE("centre_data", centre_by_hand, centre_many, centre_sizes),
        EXERCISE("ae_encode", encode_by_hand, encode_random, encode_sizes),
        EXERCISE("ae_decode", decode_by_hand, decode_random, decode_sizes),
        EXERCISE("tied_loss", loss_by_hand, loss_random, loss_sizes),
        EXERCISE("tied_grad", grad_by_hand, grad_random, grad_sizes),
        EXERCISE("principal_angles", angles_by_hand, angles_small, angles_random, angles_right, angles_sizes),
        EXERCISE("together", rotation, descent)));
}
