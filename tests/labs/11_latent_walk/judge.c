/* The judge of lab 11: hand cases, points on circles and spheres, a linear generator, planted concepts. */
#include "judge.h"

#include <math.h>

/* ---- 1. lerp ---- */

#define THE_OTHER_WAY "at t = 0 one is at a, at t = 1 at b: (1 - t) a + t b"

START_TEST(lerp_by_hand)
{
    Run got = student("lerp_by_hand");
    expect(value(&got, "x"), MATRIX(2, 2, 2, 3, 1.5, -1), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP(THE_OTHER_WAY, 6, 1, 2.5, 1),
        SLIP("(1 - t) a: of a, too, only a share is left", 2, 4, 1.75, -1.5),
        SLIP("t decides how far: this is half way for any t", 4, 2, 2, 0)));
}
END_TEST

START_TEST(lerp_beyond)
{
    Run got = student("lerp_beyond");
    expect(value(&got, "start"), MATRIX(1, 3, 0, 4, 1), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP(THE_OTHER_WAY, 8, 0, 3)));
    expect(value(&got, "end"), MATRIX(1, 3, 8, 0, 3), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP(THE_OTHER_WAY, 0, 4, 1)));
    expect(value(&got, "after"), MATRIX(1, 3, 12, -2, 4), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("t = 1.5: the way goes on beyond b", 8, 0, 3),
        SLIP(THE_OTHER_WAY, -4, 6, 0)));
    expect(value(&got, "before"), MATRIX(1, 3, -4, 6, 0), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("t = -0.5: the way goes on before a", 0, 4, 1),
        SLIP(THE_OTHER_WAY, 12, -2, 4)));
}
END_TEST

AS_REFERENCE(lerp_sizes, 1e-5, 1e-5)

/* ---- 2. slerp ---- */

/* p a + q b, for rows of two numbers and an angle of each row. */
static double *arc(const double *a, const double *b, int n, int d, const double *theta, double t, bool divided)
{
    double *x = numbers(n * d);
    for (int i = 0; i < n; i++) {
        double s = divided ? sin(theta[i]) : 1, p = sin((1 - t) * theta[i]) / s, q = sin(t * theta[i]) / s;
        for (int j = 0; j < d; j++) x[i * d + j] = p * a[i * d + j] + q * b[i * d + j];
    }
    return x;
}

static double *straight(const double *a, const double *b, int n, double t)
{
    double *x = numbers(n);
    for (int i = 0; i < n; i++) x[i] = a[i] + t * (b[i] - a[i]);
    return x;
}

/* What is right for points that have been set to length 1 first. */
static double *units(const double *a, int n, int d)
{
    double *u = numbers(n * d);
    for (int i = 0; i < n; i++) {
        double squares = 0;
        for (int j = 0; j < d; j++) squares += a[i * d + j] * a[i * d + j];
        for (int j = 0; j < d; j++) u[i * d + j] = a[i * d + j] / sqrt(squares);
    }
    return u;
}

START_TEST(slerp_by_hand)
{
    Run got = student("slerp_by_hand"), want = reference("slerp_by_hand");
    const double *a = value(&want, "a").a, *b = value(&want, "b").a;
    const double theta[] = {M_PI / 2, M_PI / 3, 2 * M_PI / 3}, same[] = {M_PI / 2, M_PI / 2, M_PI / 2};
    for (int k = 0; k < 2; k++) {
        double t = k ? .5 : 1. / 3;
        expect(value(&got, k ? "half" : "third"), ARRAY(3, 2, arc(a, b, 3, 2, theta, t, true)), .rtol = 1e-5,
               .atol = 1e-5, .slips = SLIPS(
            SLIP_ARRAY("that is lerp: the shares are sines, sin((1 - t) theta) and sin(t theta), over sin(theta)",
                       straight(a, b, 6, t)),
            SLIP_ARRAY("divided by sin(theta)", arc(a, b, 3, 2, theta, t, false)),
            SLIP_ARRAY("at t = 0 one is at a, so a goes with sin((1 - t) theta)", arc(b, a, 3, 2, theta, t, true)),
            SLIP_ARRAY("unit length is for the angle only: a and b keep theirs",
                       arc(units(a, 3, 2), units(b, 3, 2), 3, 2, theta, t, true)),
            SLIP_ARRAY("each pair of rows has an angle of its own", arc(a, b, 3, 2, same, t, true))));
    }
}
END_TEST

START_TEST(slerp_ends)
{
    Run got = student("slerp_ends"), want = reference("slerp_ends");
    expect(value(&got, "start"), ARRAY(5, 7, value(&want, "a").a), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("at t = 0 one is at a", value(&want, "b").a)));
    expect(value(&got, "end"), ARRAY(5, 7, value(&want, "b").a), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("at t = 1 one is at b", value(&want, "a").a)));
}
END_TEST

START_TEST(slerp_length)
{
    Run got = student("slerp_length");
    Value x = value(&got, "x");
    for (int i = 0; i < x.n; i++) {
        double squares = 0;
        for (int j = 0; j < x.d; j++) squares += x.a[i * x.d + j] * x.a[i * x.d + j];
        expect_that(
            fabs(sqrt(squares) - 3) < 1e-4,
            "both ends of row %d have length 3, and a point between them has %.6g\nhint: an arc stays on its sphere: "
            "sines of (1 - t) theta and t theta, over sin(theta)",
            i, sqrt(squares));
    }
}
END_TEST

START_TEST(slerp_straight)
{
    Run got = student("slerp_straight"), want = reference("slerp_straight");
    const double *a = value(&want, "a").a, *b = value(&want, "b").a;
    double *nothing = straight(a, b, 10, .25), *ends = straight(a, b, 10, .25);
    for (int i = 0; i < 8; i++) nothing[i] = NAN;
    for (int i = 0; i < 8; i++) ends[i] = a[i];
    expect(value(&got, "x"), ARRAY(5, 2, straight(a, b, 10, .25)), .rtol = 1e-5, .atol = 1e-5, .slips = SLIPS(
        SLIP_ARRAY("where sin(theta) is below 1e-4, or a row is zeros, divide by nothing: go lerp's way", nothing),
        SLIP_ARRAY("where no arc is to be found the way is lerp's: (1 - t) a + t b", ends)));
}
END_TEST

AS_REFERENCE(slerp_sizes, 1e-3, 1e-4)

/* ---- 3. concept_mean ---- */

#define ANY "a want of -1 is fulfilled by any value, an unclear one too"
#define IN_ORDER "begin at row `from', go on to the last, then from row 0 to where you began"

static void expect_concept(const char *test_case, double first, int n, const Slip *slips)
{
    Run got = student(test_case);
    expect(value(&got, "mean"), MATRIX(1, 2, first, 10 * first), .rtol = 1e-6, .atol = 1e-6, .batch = n,
           .slips = slips);
    expect_one(&got, "n", n, 0, "how many exemplars were found, and no more than `most'");
}

/* the numbers of rows are 1, 2, 4, 8, 16 and ten times these: every choice has a sum of its own */
START_TEST(concept_by_hand)
{
    expect_concept("concept_by_hand", 1.5, 2, SLIPS(
        SLIP("no more than `most' exemplars", 27. / 4, 270. / 4),
        SLIP("the mean: divide by how many they are", 3, 30),
        SLIP(ANY, 16, 160),
        SLIP("every attribute must be as wanted, the first one too", 3.5, 35)));
}
END_TEST

START_TEST(concept_around)
{
    expect_concept("concept_around", 19. / 3, 3, SLIPS(
        SLIP("begin at row `from', not at row 0", 11. / 3, 110. / 3),
        SLIP("after the last row comes row 0", 16, 160),
        SLIP(ANY, 3. / 2, 15)));
}
END_TEST

START_TEST(concept_all)
{
    expect_concept("concept_all", 31. / 5, 5, SLIPS(
        SLIP("after the last row comes row 0", 28. / 3, 280. / 3),
        SLIP(ANY, 15. / 4, 150. / 4),
        SLIP("each row once: once around is enough", 60. / 9, 600. / 9),
        SLIP("divide by how many there are, not by how many would be welcome", 31. / 9, 310. / 9)));
}
END_TEST

START_TEST(concept_one)
{
    expect_concept("concept_one", 1, 1, SLIPS(
        SLIP("divide by how many there are, not by how many would be welcome", 1. / 3, 10. / 3),
        SLIP("every attribute must be as wanted, the first one too", 2.5, 25),
        SLIP("an unclear attribute, -1, is not the value 0 that is wanted", 17. / 2, 85)));
}
END_TEST

START_TEST(concept_none)
{
    expect_concept("concept_none", 0, 0, SLIPS(
        SLIP("none: a row of zeros, and nothing to divide by", NAN, NAN)));
}
END_TEST

START_TEST(concept_many)
{
    Run got = student("concept_many");
    expect_sum_in_double("concept_many", "mean", "300,000 terms", 3e-7, 0);
    expect_one(&got, "n", 300000, 0, "all of them are wanted");
}
END_TEST

AS_REFERENCE(concept_sizes, 1e-5, 1e-5)

/* ---- 4. latent_arithmetic ---- */

START_TEST(arithmetic_by_hand)
{
    Run got = student("arithmetic_by_hand");
    expect(value(&got, "x"), MATRIX(2, 2, 13, 94, 19, 202), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("from b to a is a - b", 7, 106, 21, 198),
        SLIP("b's share is taken away: a - b + c", 17, 108, 21, 204),
        SLIP("the way begins at c: c + t (a - b)", 3, -6, -1, 2)));
}
END_TEST

START_TEST(arithmetic_doses)
{
    Run got = student("arithmetic_doses");
    expect(value(&got, "none"), MATRIX(1, 2, 10, 100), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("t = 0 goes no way at all: t says how much of a - b is added", 13, 94),
        SLIP("t belongs to b, too: t (a - b)", 8, 93)));
    expect(value(&got, "half"), MATRIX(1, 2, 11.5, 97), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("t says how much of a - b is added", 13, 94),
        SLIP("c counts in full, whatever t: c + t (a - b)", 6.5, 47),
        SLIP("t belongs to b, too: t (a - b)", 10.5, 93.5)));
    expect(value(&got, "back"), MATRIX(1, 2, 4, 112), .rtol = 1e-6, .atol = 1e-6, .slips = SLIPS(
        SLIP("t may be negative", 10, 100)));
}
END_TEST

START_TEST(arithmetic_linear)
{
    Run got = student("arithmetic_linear"), want = reference("arithmetic_linear");
    expect(value(&got, "drawn"), ARRAY(1, 11, value(&want, "wanted").a), .rtol = 1e-4, .atol = 1e-4);
}
END_TEST

AS_REFERENCE(arithmetic_sizes, 1e-5, 1e-5)

/* ---- 5. path_score ---- */

#define SHARE_OF_LENGTH "the largest step, as a share of the whole length"
#define CLEAR "a picture is clear if its first attribute is not -1; the others do not count"

START_TEST(path_by_hand)
{
    Run got = student("path_by_hand");
    Value length = value(&got, "length"), jump = value(&got, "jump"), clear = value(&got, "clear");
    expect(length, SCALAR(17), .rtol = 1e-6, .slips = SLIPS(
        SLIP("lengths, not their squares: the root of every step's squares", 169),
        SLIP("the root of each step, not of all steps together", 13),
        SLIP("Euclidean: squares, not absolute values", 19),
        SLIP("the length of the way, not of the straight line between its ends", sqrt(9 + 256)),
        SLIP("the sum, not the mean", 17. / 3),
        SLIP("the last step counts, too", 5)));
    expect(jump, SCALAR(12. / 17), .rtol = 1e-6, .slips = SLIPS(
        SLIP(SHARE_OF_LENGTH, 12),
        SLIP(SHARE_OF_LENGTH ", not of a mean step", 36. / 17),
        SLIP("lengths, not their squares", 144. / 169)));
    expect(clear, SCALAR(.75), .rtol = 1e-6, .slips = SLIPS(
        SLIP(CLEAR, .25),
        SLIP("all n pictures count, the ends too; " CLEAR, .5),
        SLIP("a share of the pictures", 3),
        SLIP("a share of the n pictures, not of the n - 1 steps", 1),
        SLIP("all n pictures count, the first one too", 2. / 3)));
}
END_TEST

START_TEST(path_still)
{
    Run got = student("path_still");
    expect_one(&got, "length", 0, 1e-9, "nothing moves");
    expect_one(&got, "jump", 0, 1e-9, "where length is 0, jump is 0: there is nothing to divide by");
    expect_one(&got, "clear", 0, 1e-9, CLEAR);
}
END_TEST

START_TEST(path_even)
{
    Run got = student("path_even"), want = reference("path_even");
    Value x = value(&want, "x");
    double squares = 0;
    for (int j = 0; j < 3; j++) squares += pow(x.a[(x.n - 1) * 3 + j] - x.a[j], 2);
    expect_one(&got, "length", sqrt(squares), 1e-4 * sqrt(squares),
               "on a straight line, the distance between the ends");
    expect_one(&got, "jump", 1. / (x.n - 1), 1e-4, "n pictures are n - 1 equal steps");
    expect_one(&got, "clear", 1, 1e-6, CLEAR);
}
END_TEST

START_TEST(path_many) { expect_sum_in_double("path_many", "length", "200,000 steps", 1e-6, 0); }
END_TEST

AS_REFERENCE(path_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(planted)
{
    Run got = student("planted");
    double worst = value(&got, "worst").a[0], longer = value(&got, "longer").a[0];
    expect_that(
        worst < 1,
        "concepts lie at sums of a shape and a colour, a little scattered; a - b + c misses the right one by %.3g\n"
        "hint: a mean over the exemplars of each, then a - b + c",
        worst);
    expect_one(&got, "arc_jump", .1, 1e-3, "an arc in ten equal shares has ten equal steps");
    expect_one(&got, "line_jump", .1, 1e-3, "a line in ten equal shares has ten equal steps");
    expect_that(longer > 0, "the arc is longer than the straight line by %.3g\nhint: a line is the shortest way",
                longer);
}
END_TEST

int main(void)
{
    return judge_main("11_latent_walk", EXERCISES(
        EXERCISE("lerp", lerp_by_hand, lerp_beyond, lerp_sizes),
        EXERCISE("slerp", slerp_by_hand, slerp_ends, slerp_length, slerp_straight, slerp_sizes),
        EXERCISE("concept_mean", concept_by_hand, concept_around, concept_all, concept_one, concept_none, concept_many,
                 concept_sizes),
        EXERCISE("latent_arithmetic", arithmetic_by_hand, arithmetic_doses, arithmetic_linear, arithmetic_sizes),
        EXERCISE("path_score", path_by_hand, path_still, path_even, path_many, path_sizes),
        EXERCISE("together", planted)));
}
