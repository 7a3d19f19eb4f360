/* judge.h: the half of a test that knows what is right. Plain Check, linked with no student code.
 *
 * A test asks for the student's transcript of a case and for the reference's, and compares. The reference's comes from
 * a file of committed transcripts (make test-NN), or from a driver built from solutions/ (the instructor's secret
 * seed). A failed test's message begins with a word in brackets for the report: wrong, crashed, "timed out", stopped,
 * "not written".
 */
#ifndef JUDGE_H
#define JUDGE_H

#include <check.h>
#include <stdbool.h>

typedef struct { char name[32]; bool given; int n, d; double *a; } Value;  /* n x d, row-major; given: an input */
typedef struct { Value value[64]; int values; } Run;

/* fails the test unless the case returned, unharmed and twice the same */
Run   student(const char *test_case);
Run   reference(const char *test_case);
Value value(const Run *r, const char *name);
double *numbers(int n);                             /* zeros; freed when the test's process ends */

/* A slip is what a known mistake would give; where the result matches it, its hint is shown. */
typedef struct { const double *a; const char *hint; } Slip;
#define SLIP(hint, ...)         {(const double[]){__VA_ARGS__}, hint}
#define SLIP_ARRAY(hint, ...)   {__VA_ARGS__, hint}
#define SLIPS(...)              (const Slip[]){__VA_ARGS__, {0}}

/* What is expected of a result:
 *
 *     expect(value(&got, "loss"), SCALAR(5. / 6), .rtol = 1e-5, .batch = 6, .slips = SLIPS(
 *         SLIP("the mean of all numbers", 5),
 *         SLIP("the mean of all numbers, not over the batch alone", 2.5)));
 *
 * Each entry |got - want| <= atol + rtol |want|, or the test fails with the first that is not, and the likeliest hint.
 * batch: a size that may have been forgotten or applied twice. */
typedef struct { int n, d; const double *a; } Want;
typedef struct { Want want; double rtol, atol; int batch; const Slip *slips; } Expected;
#define SCALAR(x)           (Want){1, 1, (const double[]){x}}
#define MATRIX(n, d, ...)   (Want){n, d, (const double[]){__VA_ARGS__}}
#define ARRAY(n, d, array)  (Want){n, d, array}
#define expect(result, ...) expect_result(result, (Expected){__VA_ARGS__})
void  expect_result(Value got, Expected e);
/* Every result of the case is the reference's, in shape and within tolerance. For cases whose inputs are too large to
 * be told. */
void  expect_as_reference(const char *test_case, double rtol, double atol);
/* A result of one number, within tolerance of want; hint is shown where it is not. */
void  expect_one(const Run *got, const char *name, double want, double tolerance, const char *hint);
/* A sum of so many terms that a float runs out of digits; `terms` says how many, for the hint. */
void  expect_sum_in_double(const char *test_case, const char *name, const char *terms, double rtol, int batch);
/* adam_step ran once: the result "steps". */
void  expect_one_step(const Run *got, const char *net);
/* fmt: "what is wrong\nhint: ..." */
void  expect_that(bool holds, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Naive matrix products in double, for closed forms: op(a) is (n,k), op(b) is (k,m). */
double *product(const double *a, bool ta, const double *b, bool tb, int n, int k, int m);
/* s a + t b, of n numbers; b NULL: ones. */
double *weighted_sum(const double *a, double s, const double *b, double t, int n);
double *scaled(const double *a, double s, int n);                       /* s a */
double  sigmoid(double v);
double  softplus(double v);                                             /* log(1 + e^v) */
/* Weights w after the first step of Adam with gradient g, at a rate of .01: every weight moves by as much. */
double *adam_first_step(const double *w, const double *g, int n);

/* A test that is no more than that. */
#define AS_REFERENCE(test_case, rtol, atol) \
    START_TEST(test_case) { expect_as_reference(#test_case, rtol, atol); } END_TEST

/* The tests of each exercise; judge_main runs them all and returns the exit status. */
typedef struct { const char *name; const TTest *test[40]; } Exercise;
#define EXERCISE(name, ...) {name, {__VA_ARGS__}}
#define EXERCISES(...)      (const Exercise[]){__VA_ARGS__, {0}}
int judge_main(const char *lab, const Exercise *exercises);

#endif
