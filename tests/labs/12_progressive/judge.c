/* The judge of lab 12: pixels by hand, pixel norm's length and its gradient by differences, what growth leaves alone.
 */
#include "judge.h"

#include <math.h>
#include <string.h>

/* ---- 1. upsample_nearest ---- */

START_TEST(up_by_hand)
{
    Run got = student("up_by_hand");
    expect(value(&got, "y"), MATRIX(1, 16, 1, 10, 1, 10, 2, 20, 2, 20, 1, 10, 1, 10, 2, 20, 2, 20), .rtol = 1e-6,
           .slips = SLIPS(
        SLIP("channels are fastest: a pixel is copied with all of its channels together",
             1, 1, 10, 10, 2, 2, 20, 20, 1, 1, 10, 10, 2, 2, 20, 20),
        SLIP("copies lie beside their pixel: y[i,j] = x[i/2,j/2], not x[i mod h,j mod w]",
             1, 10, 2, 20, 1, 10, 2, 20, 1, 10, 2, 20, 1, 10, 2, 20),
        SLIP("two copies beside each other, two below: y has rows of 2 w pixels",
             1, 10, 1, 10, 1, 10, 1, 10, 2, 20, 2, 20, 2, 20, 2, 20),
        SLIP("four equal ones, not four quarters",
             .25, 2.5, .25, 2.5, .5, 5, .5, 5, .25, 2.5, .25, 2.5, .5, 5, .5, 5)));
}
END_TEST

static double *up(const double *x, int n, int h, int w, int c)
{
    double *y = numbers(n * 4 * h * w * c);
    for (int s = 0; s < n; s++)
        for (int i = 0; i < 2 * h; i++)
            for (int j = 0; j < 2 * w; j++)
                for (int k = 0; k < c; k++)
                    y[((s * 2 * h + i) * 2 * w + j) * c + k] = x[((s * h + i / 2) * w + j / 2) * c + k];
    return y;
}

START_TEST(up_oblong)
{
    Run got = student("up_oblong"), want = reference("up_oblong");
    expect(value(&got, "tall"), ARRAY(2, 24, up(value(&want, "x").a, 2, 3, 2, 1)), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "wide"), ARRAY(2, 32, up(value(&want, "u").a, 2, 1, 4, 2)), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

AS_REFERENCE(up_sizes, 1e-6, 1e-6)

/* ---- 2. downsample_mean ---- */

START_TEST(down_by_hand)
{
    Run got = student("down_by_hand");
    expect(value(&got, "y"), MATRIX(1, 2, 3, 40), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("the mean of the four, not their sum", 12, 160),
        SLIP("the mean of all four, not one of them", 1, 10),
        SLIP("the mean of the four, not the largest of them", 6, 100),
        SLIP("two pixels beside each other, and the two below them", 1.5, 15),
        SLIP("the two pixels below lie one row of w pixels further on", 8.25, 34.75),
        SLIP("four pixels: divide by 4", 6, 80)));
    expect(value(&got, "two"), MATRIX(1, 2, 3, 40), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("channels are fastest: the next pixel's channel k is c numbers further on", 11, 12)));
}
END_TEST

START_TEST(down_undoes_up)
{
    Run got = student("down_undoes_up"), want = reference("down_undoes_up");
    expect(value(&got, "back"), ARRAY(3, 30, value(&want, "x").a), .rtol = 1e-6, .atol = 1e-6);
}
END_TEST

AS_REFERENCE(down_sizes, 1e-5, 1e-6)

/* ---- 3. fade_in ---- */

#define THE_OTHER_WAY "at alpha = 0 the old net draws, at 1 the new one: (1 - alpha) small + alpha big"

START_TEST(fade_by_hand)
{
    Run got = student("fade_by_hand");
    expect(value(&got, "y"), MATRIX(1, 4, 6, 7, 9, 31), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP(THE_OTHER_WAY, 2, 5, 11, 77),
        SLIP("(1 - alpha) small: the old image makes room", 8, 9, 11, 33),
        SLIP("alpha decides: this is half and half for any alpha", 4, 6, 10, 54),
        SLIP("alpha big: of the new image, too, only a share is seen", 6, 10, 18, 106)));
}
END_TEST

START_TEST(fade_ends)
{
    Run got = student("fade_ends"), want = reference("fade_ends");
    const double *big = value(&want, "big").a, *old = up(value(&want, "small").a, 2, 2, 3, 2);
    expect(value(&got, "old"), ARRAY(2, 48, old), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY(THE_OTHER_WAY, big)));
    expect(value(&got, "new"), ARRAY(2, 48, big), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY(THE_OTHER_WAY, old)));
}
END_TEST

AS_REFERENCE(fade_sizes, 1e-5, 1e-6)

/* ---- 4. pixel_norm ---- */

/* y of pixels of c channels, for L = sum of dy y: what the judge differentiates. */
static double *normed(const double *x, int n, int c, double eps)
{
    double *y = numbers(n);
    for (int at = 0; at < n; at += c) {
        double squares = 0;
        for (int k = 0; k < c; k++) squares += x[at + k] * x[at + k];
        for (int k = 0; k < c; k++) y[at + k] = x[at + k] / sqrt(squares / c + eps);
    }
    return y;
}

/* dL/dx of L = sum of dy y by central differences, in double. */
static double *by_differences(const double *x, const double *dy, int n, int c)
{
    double *d = numbers(n), *at = numbers(n);
    memcpy(at, x, (size_t)n * sizeof *at);
    for (int i = 0; i < n; i++) {
        double h = 1e-5 * fmax(1e-4, fabs(x[i])), sum = 0;
        for (int side = 1; side >= -1; side -= 2) {
            at[i] = x[i] + side * h;
            const double *y = normed(at, n, c, 1e-8);
            for (int j = i - i % c; j < i - i % c + c; j++) sum += side * dy[j] * y[j];
        }
        d[i] = sum / (2 * h);
        at[i] = x[i];
    }
    return d;
}

#define WITHIN_A_PIXEL "r is of a pixel: the mean runs over its c channels"
#define EVERY_CHANNEL "r depends on every channel: a second term, - y mean(dy y)"

START_TEST(norm_by_hand)
{
    Run got = student("norm_by_hand");
    expect(value(&got, "y"), MATRIX(1, 4, 1. / 5, 7. / 5, 7. / 13, 17. / 13), .rtol = 1e-5, .atol = 1e-6,
           .slips = SLIPS(
        SLIP("the mean of the squares, not their sum", 1 / sqrt(50), 7 / sqrt(50), 7 / sqrt(338), 17 / sqrt(338)),
        SLIP("the root of the mean square", 1. / 25, 7. / 25, 7. / 169, 17. / 169),
        SLIP(WITHIN_A_PIXEL, 1 / sqrt(97), 7 / sqrt(97), 7 / sqrt(97), 17 / sqrt(97)),
        SLIP("no mean is subtracted: only the length is changed", -1, 1, -1, 1)));
    /* dy y: .2 and 17/13; dx = (dy - y mean(dy y)) / r */
    double p = .2 / 2, q = 17. / 13 / 2;
    expect(value(&got, "dx"), MATRIX(1, 4, (1 - .2 * p) / 5, -1.4 * p / 5, -7. / 13 * q / 13, (1 - 17. / 13 * q) / 13),
           .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP(EVERY_CHANNEL, .2, 0, 0, 1. / 13),
        SLIP("divided by r", 1 - .2 * p, -1.4 * p, -7. / 13 * q, 1 - 17. / 13 * q),
        SLIP("the mean of dy y over the channels, not their sum",
             (1 - .4 * p) / 5, -2.8 * p / 5, -14. / 13 * q / 13, (1 - 34. / 13 * q) / 13),
        SLIP("minus: what would change the length is taken away",
             (1 + .2 * p) / 5, 1.4 * p / 5, 7. / 13 * q / 13, (1 + 17. / 13 * q) / 13),
        SLIP("y, not x, in the second term", (1 - 1 * p) / 5, -7 * p / 5, -7 * q / 13, (1 - 17 * q) / 13)));
}
END_TEST

START_TEST(norm_dark)
{
    Run got = student("norm_dark"), want = reference("norm_dark");
    const double *x = value(&want, "x").a, *dy = value(&want, "dy").a, s = sqrt(.5);
    expect(value(&got, "y"), MATRIX(2, 2, 0, 0, s, -s), .rtol = 1e-4, .atol = 1e-6, .slips = SLIPS(
        SLIP("1e-8 is added below the root: a dark pixel has no length to divide by", NAN, NAN, 1, -1),
        SLIP("1e-8 is added below the root", 0, 0, 1, -1),
        SLIP("1e-8 is added below the root, not to it", 0, 0, 1e-4 / (1e-4 + 1e-8), -1e-4 / (1e-4 + 1e-8))));
    expect(value(&got, "dx"), ARRAY(2, 2, by_differences(x, dy, 4, 2)), .rtol = 1e-3, .atol = 1e-5);
}
END_TEST

START_TEST(norm_length)
{
    Run got = student("norm_length");
    Value y = value(&got, "y"), dx = value(&got, "dx");
    for (int at = 0; at < y.n * y.d; at += 5) {
        double squares = 0, away = 0;
        for (int k = 0; k < 5; k++) {
            squares += y.a[at + k] * y.a[at + k] / 5;
            away = fmax(away, fabs(dx.a[at + k]));
        }
        expect_that(fabs(squares - 1) < 1e-4, "pixel %d of %d has a mean square of %.6g, want 1\nhint: " WITHIN_A_PIXEL,
                    at / 5 % 6, y.d / 5, squares);
        expect_that(away < 1e-4,
                    "dy is a multiple of y there, and changes nothing but a length that stays 1; dx has "
                    "%.3g\nhint: " EVERY_CHANNEL,
                    away);
    }
}
END_TEST

START_TEST(norm_gradient)
{
    Run got = student("norm_gradient"), want = reference("norm_gradient");
    const double *x = value(&want, "x").a, *dy = value(&want, "dy").a, *y = normed(x, 36, 4, 1e-8);
    double *first = numbers(36);
    for (int i = 0; i < 36; i++) first[i] = dy[i] * y[i] / x[i];
    expect(value(&got, "y"), ARRAY(3, 12, y), .rtol = 1e-5, .atol = 1e-6);
    expect(value(&got, "dx"), ARRAY(3, 12, by_differences(x, dy, 36, 4)), .rtol = 1e-3, .atol = 1e-4, .slips = SLIPS(
        SLIP_ARRAY(EVERY_CHANNEL, first)));
}
END_TEST

START_TEST(norm_many)
{
    Run got = student("norm_many"), want = reference("norm_many");
    const double *right = value(&want, "y").a, *v = value(&got, "y").a;
    bool near = v[0] / right[0] < 1.2 && v[0] / right[0] > .8;
    expect(value(&got, "y"), ARRAY(1, 3, right), .rtol = 1e-6, .slips = SLIPS(
        SLIP_ARRAY("300,000 squares were added up in a float, which has seven digits; add up in a double",
                   near ? v : (double[]){NAN, NAN, NAN})));
}
END_TEST

AS_REFERENCE(norm_sizes, 1e-4, 1e-5)

/* ---- 5. grow_generator ---- */

static void expect_shape(const Run *got, const char *name, int h, int w, int c, const char *hint)
{
    const double *s = value(got, name).a;
    expect_that(s[0] == h && s[1] == w && s[2] == c, "%s: want %d x %d x %d, got %g x %g x %g\nhint: %s", name, h, w, c,
                s[0], s[1], s[2], hint);
}

START_TEST(grow_one)
{
    Run got = student("grow_one");
    expect_one(&got, "stages", 2, 0, "count the new stage");
    expect_shape(&got, "body_in", 4, 4, 6, "the new body starts from net_out of the body below");
    expect_shape(&got, "body_out", 8, 8, 5, "upsampled once, then convolved to c channels with a padding of 1");
    expect_shape(&got, "image_in", 8, 8, 5, "the new image starts from net_out of the new body");
    expect_shape(&got, "image_out", 8, 8, 1, "as many channels as image[0] puts out");
    expect_one(&got, "body_weights", 9 * 6 * 5 + 5, 0, "one convolution with a kernel of 3 x 3 and its biases");
    expect_one(&got, "image_weights", 5 + 1, 0, "one convolution with a kernel of 1 x 1 and its bias");
    expect_as_reference("grow_one", 1e-4, 1e-4);
}
END_TEST

START_TEST(grow_two)
{
    Run got = student("grow_two");
    expect_one(&got, "stages", 3, 0, "count every new stage");
    expect_shape(&got, "body_in2", 4, 4, 4, "the new body starts from net_out of the body below it, not of the first");
    expect_shape(&got, "image_out2", 8, 8, 3, "as many channels as image[0] puts out");
    expect_as_reference("grow_two", 1e-4, 1e-4);
}
END_TEST

START_TEST(grow_names)
{
    Run got = student("grow_names");
    expect_one(&got, "body1", 1, 0, "it is \"gbody8\" that stands where a map 8 pixels high begins");
    expect_one(&got, "image1", 1, 0, "its image is \"gimage8\"");
    expect_one(&got, "body2", 1, 0, "the next is \"gbody16\": the new map's height");
    expect_one(&got, "image2", 1, 0, "its image is \"gimage16\"");
}
END_TEST

START_TEST(grow_keeps)
{
    Run got = student("grow_keeps");
    for (int k = 0; k < 2; k++) {
        Value before = value(&got, k ? "image_before" : "body_before"),
              after = value(&got, k ? "image_after" : "body_after");
        expect_that(before.d == after.d && !memcmp(before.a, after.a, (size_t)before.d * sizeof *before.a),
                    "%s[0] is another after growth\nhint: what it learned, its gradients and its optimiser's moments "
                    "stay to the last bit",
                    k ? "image" : "body");
    }
}
END_TEST

AS_REFERENCE(grow_sizes, 1e-3, 1e-3)

/* ---- all together ---- */

START_TEST(transposes)
{
    Run got = student("transposes");
    double a = value(&got, "up_x_y").a[0], b = value(&got, "x_down_y").a[0];
    expect_that(
        fabs(a - 4 * b) < 1e-4 * (1 + fabs(a)),
        "<up(x), y> = %.6g, 4 <x, down(y)> = %.6g; they should be equal\nhint: which four pixels belong to which one?",
        a, 4 * b);
}
END_TEST

START_TEST(growing)
{
    Run got = student("growing");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .1 * first,
                "a generator was taught by squared error while it faded in: the error went from %.3g to %.3g, want a "
                "tenth of it\n"
                "hint: the old image fades out as the new one fades in, and both go on learning",
                first, last);
}
END_TEST

int main(void)
{
    return judge_main("12_progressive", EXERCISES(
        EXERCISE("upsample_nearest", up_by_hand, up_oblong, up_sizes),
        EXERCISE("downsample_mean", down_by_hand, down_undoes_up, down_sizes),
        EXERCISE("fade_in", fade_by_hand, fade_ends, fade_sizes),
        EXERCISE("pixel_norm", norm_by_hand, norm_dark, norm_length, norm_gradient, norm_many, norm_sizes),
        EXERCISE("grow_generator", grow_one, grow_two, grow_names, grow_keeps, grow_sizes),
        EXERCISE("together", transposes, growing)));
}
