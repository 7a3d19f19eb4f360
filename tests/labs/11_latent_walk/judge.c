/* The judge of lab 11: hand cases, points on circles and spheres, a linear generator, planted concepts. */
#include "judge.h"

#include <math.h>

/* ---- 1. lerp ---- */

#define THE_OTHER_WAY "at t = 0 one is at a, at t = 1 at b: (1 - t) a + t b"

START_TEST(lerp_by_hand)
{
    Run got = student("lerp_by_hand");
    expect(value(&got, "x"), (double[]){2, 3, 1.5, -1}, 2, 2, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){6, 1, 2.5, 1}, THE_OTHER_WAY}, {(double[]){2, 4, 1.75, -1.5}, "(1 - t) a: of a, too, only a share is left"},
                    {(double[]){4, 2, 2, 0}, "t decides how far: this is half way for any t"}, {0}});
}
END_TEST

START_TEST(lerp_beyond)
{
    Run got = student("lerp_beyond");
    expect(value(&got, "start"), (double[]){0, 4, 1}, 1, 3, 1e-6, 1e-6, 0, (Slip[]){{(double[]){8, 0, 3}, THE_OTHER_WAY}, {0}});
    expect(value(&got, "end"), (double[]){8, 0, 3}, 1, 3, 1e-6, 1e-6, 0, (Slip[]){{(double[]){0, 4, 1}, THE_OTHER_WAY}, {0}});
    expect(value(&got, "after"), (double[]){12, -2, 4}, 1, 3, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){8, 0, 3}, "t = 1.5: the way goes on beyond b"}, {(double[]){-4, 6, 0}, THE_OTHER_WAY}, {0}});
    expect(value(&got, "before"), (double[]){-4, 6, 0}, 1, 3, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){0, 4, 1}, "t = -0.5: the way goes on before a"}, {(double[]){12, -2, 4}, THE_OTHER_WAY}, {0}});
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
        expect(value(&got, k ? "half" : "third"), arc(a, b, 3, 2, theta, t, true), 3, 2, 1e-5, 1e-5, 0,
               (Slip[]){{straight(a, b, 6, t), "that is lerp: the shares are sines, sin((1 - t) theta) and sin(t theta), over sin(theta)"},
                        {arc(a, b, 3, 2, theta, t, false), "divided by sin(theta)"},
                        {arc(b, a, 3, 2, theta, t, true), "at t = 0 one is at a, so a goes with sin((1 - t) theta)"},
                        {arc(units(a, 3, 2), units(b, 3, 2), 3, 2, theta, t, true), "unit length is for the angle only: a and b keep theirs"},
                        {arc(a, b, 3, 2, same, t, true), "each pair of rows has an angle of its own"}, {0}});
    }
}
END_TEST

START_TEST(slerp_ends)
{
    Run got = student("slerp_ends"), want = reference("slerp_ends");
    expect(value(&got, "start"), value(&want, "a").a, 5, 7, 1e-5, 1e-5, 0, (Slip[]){{value(&want, "b").a, "at t = 0 one is at a"}, {0}});
    expect(value(&got, "end"), value(&want, "b").a, 5, 7, 1e-5, 1e-5, 0, (Slip[]){{value(&want, "a").a, "at t = 1 one is at b"}, {0}});
}
END_TEST

START_TEST(slerp_length)
{
    Run got = student("slerp_length");
    Value x = value(&got, "x");
    for (int i = 0; i < x.n; i++) {
        double squares = 0;
        for (int j = 0; j < x.d; j++) squares += x.a[i * x.d + j] * x.a[i * x.d + j];
        expect_that(fabs(sqrt(squares) - 3) < 1e-4, "both ends of row %d have length 3, and a point between them has %.6g\nhint: an arc stays on its sphere: "
                    "sines of (1 - t) theta and t theta, over sin(theta)", i, sqrt(squares));
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
    expect(value(&got, "x"), straight(a, b, 10, .25), 5, 2, 1e-5, 1e-5, 0,
           (Slip[]){{nothing, "where sin(theta) is below 1e-4, or a row is zeros, divide by nothing: go lerp's way"},
                    {ends, "where no arc is to be found the way is lerp's: (1 - t) a + t b"}, {0}});
}
END_TEST

AS_REFERENCE(slerp_sizes, 1e-3, 1e-4)

/* ---- 3. concept_mean ---- */

#define ANY "a want of -1 is fulfilled by any value, an unclear one too"
#define IN_ORDER "begin at row `from', go on to the last, then from row 0 to where you began"

static void expect_concept(const char *test_case, double first, int n, const Slip *slips)
{
    Run got = student(test_case);
    expect(value(&got, "mean"), (double[]){first, 10 * first}, 1, 2, 1e-6, 1e-6, n, slips);
    expect_one(&got, "n", n, 0, "how many exemplars were found, and no more than `most'");
}

/* the numbers of rows are 1, 2, 4, 8, 16 and ten times these: every choice has a sum of its own */
START_TEST(concept_by_hand)
{
    expect_concept("concept_by_hand", 1.5, 2,
                   (Slip[]){{(double[]){27. / 4, 270. / 4}, "no more than `most' exemplars"}, {(double[]){3, 30}, "the mean: divide by how many they are"},
                            {(double[]){16, 160}, ANY}, {(double[]){3.5, 35}, "every attribute must be as wanted, the first one too"}, {0}});
}
END_TEST

START_TEST(concept_around)
{
    expect_concept("concept_around", 19. / 3, 3,
                   (Slip[]){{(double[]){11. / 3, 110. / 3}, "begin at row `from', not at row 0"}, {(double[]){16, 160}, "after the last row comes row 0"},
                            {(double[]){3. / 2, 15}, ANY}, {0}});
}
END_TEST

START_TEST(concept_all)
{
    expect_concept("concept_all", 31. / 5, 5, (Slip[]){{(double[]){28. / 3, 280. / 3}, "after the last row comes row 0"}, {(double[]){15. / 4, 150. / 4}, ANY},
                                                       {(double[]){60. / 9, 600. / 9}, "each row once: once around is enough"},
                                                       {(double[]){31. / 9, 310. / 9}, "divide by how many there are, not by how many would be welcome"}, {0}});
}
END_TEST

START_TEST(concept_one)
{
    expect_concept("concept_one", 1, 1, (Slip[]){{(double[]){1. / 3, 10. / 3}, "divide by how many there are, not by how many would be welcome"},
                                                 {(double[]){2.5, 25}, "every attribute must be as wanted, the first one too"}, {(double[]){17. / 2, 85}, "an unclear attribute, -1, is not the value 0 that is wanted"}, {0}});
}
END_TEST

START_TEST(concept_none)
{
    expect_concept("concept_none", 0, 0, (Slip[]){{(double[]){NAN, NAN}, "none: a row of zeros, and nothing to divide by"}, {0}});
}
END_TEST

START_TEST(concept_many)
{
    Run got = student("concept_many"), want = reference("concept_many");
    double right = value(&want, "mean").a[0], v = value(&got, "mean").a[0];
    expect(value(&got, "mean"), &right, 1, 1, 3e-7, 0, 0,
           (Slip[]){{(double[]){v / right < 2 && v / right > .5 ? v : NAN}, "300,000 terms were added up in a float, which has seven digits; add up in a double"}, {0}});
    expect_one(&got, "n", 300000, 0, "all of them are wanted");
}
END_TEST

AS_REFERENCE(concept_sizes, 1e-5, 1e-5)

/* ---- 4. latent_arithmetic ---- */

START_TEST(arithmetic_by_hand)
{
    Run got = student("arithmetic_by_hand");
    expect(value(&got, "x"), (double[]){13, 94, 19, 202}, 2, 2, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){7, 106, 21, 198}, "from b to a is a - b"}, {(double[]){17, 108, 21, 204}, "b's share is taken away: a - b + c"},
                    {(double[]){3, -6, -1, 2}, "the way begins at c: c + t (a - b)"}, {0}});
}
END_TEST

START_TEST(arithmetic_doses)
{
    Run got = student("arithmetic_doses");
    expect(value(&got, "none"), (double[]){10, 100}, 1, 2, 1e-6, 1e-6, 0, (Slip[]){{(double[]){13, 94}, "t = 0 goes no way at all: t says how much of a - b is added"}, {(double[]){8, 93}, "t belongs to b, too: t (a - b)"}, {0}});
    expect(value(&got, "half"), (double[]){11.5, 97}, 1, 2, 1e-6, 1e-6, 0,
           (Slip[]){{(double[]){13, 94}, "t says how much of a - b is added"}, {(double[]){6.5, 47}, "c counts in full, whatever t: c + t (a - b)"},
                    {(double[]){10.5, 93.5}, "t belongs to b, too: t (a - b)"}, {0}});
    expect(value(&got, "back"), (double[]){4, 112}, 1, 2, 1e-6, 1e-6, 0, (Slip[]){{(double[]){10, 100}, "t may be negative"}, {0}});
}
END_TEST

START_TEST(arithmetic_linear)
{
    Run got = student("arithmetic_linear"), want = reference("arithmetic_linear");
    expect(value(&got, "drawn"), value(&want, "wanted").a, 1, 11, 1e-4, 1e-4, 0, NULL);
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
    expect(length, (double[]){17}, 1, 1, 1e-6, 0, 0,
           (Slip[]){{(double[]){169}, "lengths, not their squares: the root of every step's squares"}, {(double[]){13}, "the root of each step, not of all steps together"},
                    {(double[]){19}, "Euclidean: squares, not absolute values"}, {(double[]){sqrt(9 + 256)}, "the length of the way, not of the straight line between its ends"},
                    {(double[]){17. / 3}, "the sum, not the mean"}, {(double[]){5}, "the last step counts, too"}, {0}});
    expect(jump, (double[]){12. / 17}, 1, 1, 1e-6, 0, 0,
           (Slip[]){{(double[]){12}, SHARE_OF_LENGTH}, {(double[]){36. / 17}, SHARE_OF_LENGTH ", not of a mean step"}, {(double[]){144. / 169}, "lengths, not their squares"}, {0}});
    expect(clear, (double[]){.75}, 1, 1, 1e-6, 0, 0,
           (Slip[]){{(double[]){.25}, CLEAR}, {(double[]){.5}, "all n pictures count, the ends too; " CLEAR}, {(double[]){3}, "a share of the pictures"}, {(double[]){1}, "a share of the n pictures, not of the n - 1 steps"},
                    {(double[]){2. / 3}, "all n pictures count, the first one too"}, {0}});
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
    expect_one(&got, "length", sqrt(squares), 1e-4 * sqrt(squares), "on a straight line, the distance between the ends");
    expect_one(&got, "jump", 1. / (x.n - 1), 1e-4, "n pictures are n - 1 equal steps");
    expect_one(&got, "clear", 1, 1e-6, CLEAR);
}
END_TEST

START_TEST(path_many)
{
    Run got = student("path_many"), want = reference("path_many");
    double right = value(&want, "length").a[0], v = value(&got, "length").a[0];
    expect(value(&got, "length"), &right, 1, 1, 1e-6, 0, 0,
           (Slip[]){{(double[]){v / right < 2 && v / right > .5 ? v : NAN}, "200,000 steps were added up in a float, which has seven digits; add up in a double"}, {0}});
}
END_TEST

AS_REFERENCE(path_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(planted)
{
    Run got = student("planted");
    double worst = value(&got, "worst").a[0], longer = value(&got, "longer").a[0];
    expect_that(worst < 1, "concepts lie at sums of a shape and a colour, a little scattered; a - b + c misses the right one by %.3g\n"
                "hint: a mean over the exemplars of each, then a - b + c", worst);
    expect_one(&got, "arc_jump", .1, 1e-3, "an arc in ten equal shares has ten equal steps");
    expect_one(&got, "line_jump", .1, 1e-3, "a line in ten equal shares has ten equal steps");
    expect_that(longer > 0, "the arc is longer than the straight line by %.3g\nhint: a line is the shortest way", longer);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("11_latent_walk");
    TCase *t = exercise(s, "lerp");
    tcase_add_test(t, lerp_by_hand), tcase_add_test(t, lerp_beyond), tcase_add_test(t, lerp_sizes);
    t = exercise(s, "slerp");
    tcase_add_test(t, slerp_by_hand), tcase_add_test(t, slerp_ends), tcase_add_test(t, slerp_length), tcase_add_test(t, slerp_straight), tcase_add_test(t, slerp_sizes);
    t = exercise(s, "concept_mean");
    tcase_add_test(t, concept_by_hand), tcase_add_test(t, concept_around), tcase_add_test(t, concept_all), tcase_add_test(t, concept_one);
    tcase_add_test(t, concept_none), tcase_add_test(t, concept_many), tcase_add_test(t, concept_sizes);
    t = exercise(s, "latent_arithmetic");
    tcase_add_test(t, arithmetic_by_hand), tcase_add_test(t, arithmetic_doses), tcase_add_test(t, arithmetic_linear), tcase_add_test(t, arithmetic_sizes);
    t = exercise(s, "path_score");
    tcase_add_test(t, path_by_hand), tcase_add_test(t, path_still), tcase_add_test(t, path_even), tcase_add_test(t, path_many), tcase_add_test(t, path_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, planted);
    return judge_main(s);
}
