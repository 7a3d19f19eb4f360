/* parallel.h: loops shared out among threads, when the build has OpenMP and there is enough to do.
 *
 * Every element is computed by one thread and sums are cut by shape, never by the number of threads: the same bytes for
 * any --threads.
 */
#ifndef PARALLEL_H
#define PARALLEL_H

#include "gen.h"

enum { WORTH_A_THREAD = 1 << 16 };                  /* elements; below it, waking a thread costs more than it saves */

/* PARALLEL_IF(condition, loop). Without the condition no team is made, not even of one, since that costs a system
 * call: hence both forms of the loop. The condition looks at shapes alone. Inside a loop that is shared out already
 * it runs at once, by the thread that is there: lab 09 trains one small net per thread. */
#ifdef _OPENMP
#include <omp.h>
#define PARALLEL_IF(condition, ...)                                     \
    if ((condition) && !omp_in_parallel()) {                            \
        _Pragma("omp parallel for schedule(static)") __VA_ARGS__        \
    } else {                                                            \
        __VA_ARGS__                                                     \
    }
/* PARALLEL_JOBS before a loop of few turns, and unequal ones: whoever is free takes the next. */
#define PARALLEL_JOBS _Pragma("omp parallel for schedule(dynamic)")
static inline int thread_id(void) { return omp_get_thread_num(); }
#else
#define PARALLEL_IF(condition, ...) __VA_ARGS__
#define PARALLEL_JOBS
static inline int thread_id(void) { return 0; }
#endif

/* mat_gemm by the calling thread alone, for loops that are already shared out. In blas.c. */
void mat_gemm_alone(Mat c, float alpha, Mat a, bool ta, Mat b, bool tb, float beta);

#endif
