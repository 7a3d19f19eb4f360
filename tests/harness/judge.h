/* judge.h: the half of a test that knows what is right. Plain Check, linked with no student code.
 *
 * A test asks for the student's transcript of a case and for the reference's, and compares. The reference's comes from a file of
 * committed transcripts (make test-NN), or from a driver built from solutions/ (the instructor's secret seed).
 * A failed test's message begins with a word in brackets for the report: wrong, crashed, "timed out", stopped, "not written".
 */
#ifndef JUDGE_H
#define JUDGE_H

#include <check.h>
#include <stdbool.h>

typedef struct { char name[32]; bool given; int n, d; double *a; } Value;  /* n x d, row-major; given: an input */
typedef struct { Value value[64]; int values; } Run;

Run   student(const char *test_case);               /* fails the test unless the case returned, unharmed and twice the same */
Run   reference(const char *test_case);
Value value(const Run *r, const char *name);
double *numbers(int n);                             /* zeros; freed when the test's process ends */

/* A slip is what a known mistake would give; where the result matches it, its hint is shown. Ends with an empty one. */
typedef struct { const double *a; const char *hint; } Slip;

/* Each entry |got - want| <= atol + rtol |want|, or the test fails with the first that is not, and the likeliest hint.
 * batch: a size that may have been forgotten or applied twice, 0 for none. */
void  expect(Value got, const double *want, int n, int d, double rtol, double atol, int batch, const Slip *slips);
/* Every result of the case is the reference's, in shape and within tolerance. For cases whose inputs are too large to be told. */
void  expect_as_reference(const char *test_case, double rtol, double atol);
/* A result of one number, within tolerance of want; hint is shown where it is not. */
void  expect_one(const Run *got, const char *name, double want, double tolerance, const char *hint);
void  expect_that(bool holds, const char *fmt, ...) __attribute__((format(printf, 2, 3)));     /* fmt: "what is wrong\nhint: ..." */

/* Naive matrix products in double, for closed forms: op(a) is (n,k), op(b) is (k,m). */
double *product(const double *a, bool ta, const double *b, bool tb, int n, int k, int m);
/* s a + t b, of n numbers; b NULL: ones. */
double *weighted_sum(const double *a, double s, const double *b, double t, int n);

/* A test that is no more than that. */
#define AS_REFERENCE(test_case, rtol, atol) START_TEST(test_case) { expect_as_reference(#test_case, rtol, atol); } END_TEST

/* One TCase per exercise, named like it; judge_main runs them all and returns the exit status. */
TCase *exercise(Suite *s, const char *name);
int    judge_main(Suite *s);

#endif
