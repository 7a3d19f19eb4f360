/* unroll.h: loops over the channels of a pixel, which are few.
 *
 * A compiler that knows their number makes a handful of instructions of such a loop and keeps sums in registers; one
 * that does not spends more on the loop than on its work. So the body is a function whose last argument is that number,
 * compiled once for each usual one.
 */
#ifndef UNROLL_H
#define UNROLL_H

#define UNROLLED static inline __attribute__((always_inline))

enum { NARROW = 128 };                              /* the largest of those numbers */

/* Walks over `all` columns in strips: columns j to j + n - 1, with n at most NARROW. */
#define STRIPS(j, n, all) for (int j = 0, n; n = (all) - j < NARROW ? (all) - j : NARROW, n > 0; j += NARROW)

/* f(..., n), for an UNROLLED f. */
#define UNROLL(f, n, ...)                   \
    switch (n) {                            \
    case 1: f(__VA_ARGS__, 1); break;       \
    case 3: f(__VA_ARGS__, 3); break;       \
    case 4: f(__VA_ARGS__, 4); break;       \
    case 12: f(__VA_ARGS__, 12); break;     \
    case 16: f(__VA_ARGS__, 16); break;     \
    case 32: f(__VA_ARGS__, 32); break;     \
    case 64: f(__VA_ARGS__, 64); break;     \
    case 96: f(__VA_ARGS__, 96); break;     \
    case 128: f(__VA_ARGS__, 128); break;   \
    default: f(__VA_ARGS__, n);             \
    }

#endif
