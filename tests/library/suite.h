/* suite.h: what the tests of the library share: a runner, comparisons that show both numbers, a child that may die, and
 * gradients by finite differences. Tests run from the project's root, each in a process of its own (CK_FORK=no: in
 * one).
 */
#ifndef SUITE_H
#define SUITE_H

#include <check.h>
#include "internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__ /* SAN=1: what an arena leaves free between two allocations */
#include <sanitizer/asan_interface.h>
enum { REDZONE = 64 };
#else
enum { REDZONE = 0 };
#endif

extern Arena mem; /* 64 MB, empty at the start of each test */
extern char folder[]; /* likewise a folder; removed with all it holds */
const char *path(const char *name); /* folder/name; the last four answers are valid */
const char *text_of(const char *name); /* what that file in the folder holds; valid until the next call */
int run_tests(const char *name, const TTest **tests); /* all, up to a NULL; returns main's status */
Mat random_mat(int n, int d, uint64_t seed); /* N(0,1), in mem */
Mat with_mean(Mat x, float mean); /* x itself, mean added to every number */
Mat forward(Net *net, Mat x); /* a training pass through a trace that is then forgotten */
Mat forward_as(Net *net, Mat x, bool train);
extern char content[1 << 16]; /* the file that was read last */
size_t read_back(const char *name); /* of folder: its bytes into content, and a 0 behind them; returns how many */
void write_file(const char *name, const void *bytes, size_t n);
#define folder_is_empty() ck_assert_msg(rmdir(folder) == 0, "something was left in the folder")
/* The integral of a density over the plane. */
double mass(double (*density)(const float x[2], const void *of), const void *of, double half_side, double step);

/* |got - want| < tol and |got - want| <= atol + rtol |want|; both fail on NaN and show place, want and got. */
#define close_to(got, want, tol) ck_assert_double_eq_tol(got, want, tol)
#define mats_close(got, want, atol, rtol) ck_assert_msg(mats_are_close(#got, got, want, atol, rtol), "%s", complaint)
/* Chance alone takes a statistic out of 5 standard errors once in two million times, and our draws are seeded. */
#define within_5_se(got, want, se) close_to(got, want, 5 * (se))
#define same_bytes(got, want) ck_assert_mem_eq((got).a, (want).a, mat_size(want) * sizeof(float))
extern char complaint[];
bool mats_are_close(const char *what, Mat got, Mat want, double atol, double rtol);

/* The statement runs in a child, whose exit status and stderr, with each of the given pieces in it, must be these. */
#define ends(statement, status, ...) \
    do { \
        if (child_starts()) { \
            statement; \
            exit(EXIT_OK); \
        } \
        ck_assert_msg(child_ends(status, (const char *const[]){__VA_ARGS__, NULL}), "%s", complaint); \
    } while (0)
#define dies(statement, ...) ends(statement, EXIT_FAILED, __VA_ARGS__)
extern char child_out[8192], child_err[8192]; /* what the last child wrote, for further questions */
bool child_starts(void); /* true in the child */
bool child_ends(int status, const char *const *pieces);

/* Central differences of L = sum(r * net(x)), r random, against net_backward: for x and for every Param. L is summed in
 * double, so noise stays near 1e-5 of the largest slope though the step is 1e-2; keep kinks farther away than that from
 * any x. */
#define gradients_fit(net, x, rtol) ck_assert_msg(gradients_agree(net, x, rtol), "%s", complaint)
bool gradients_agree(Net *net, Mat x, double rtol);

#endif
