/* parallel.h: loops shared out among threads, when the build has OpenMP and there is enough to do.
 *
 * Every element is computed by one thread and sums are cut by shape, never by the number of threads: the same bytes for any --threads.
 */
#ifndef PARALLEL_H
#define PARALLEL_H

#include "gen.h"

enum { WORTH_A_THREAD = 1 << 16 };                  /* elements; below it, waking a thread costs more than it saves */

#define PARALLEL_PRAGMA(x) _Pragma(#x)
#ifdef _OPENMP
#include <omp.h>
#define PARALLEL_IF(condition) PARALLEL_PRAGMA(omp parallel for schedule(static) if (condition))
static inline int thread_id(void) { return omp_get_thread_num(); }
#else
#define PARALLEL_IF(condition)
static inline int thread_id(void) { return 0; }
#endif

/* mat_gemm by the calling thread alone, for loops that are already shared out. In mat.c. */
void mat_gemm_alone(Mat c, float alpha, Mat a, bool ta, Mat b, bool tb, float beta);

#endif
