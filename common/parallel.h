/* parallel.h: loops shared out among threads, when the build has OpenMP and there is enough to do.
 *
 * Every element is computed by one thread and sums are cut by shape, never by the number of threads: the same bytes for any --threads.
 */
#ifndef PARALLEL_H
#define PARALLEL_H

enum { WORTH_A_THREAD = 1 << 16 };                  /* elements; below it, waking a thread costs more than it saves */

#define PARALLEL_PRAGMA(x) _Pragma(#x)
#ifdef _OPENMP
#define PARALLEL_IF(condition) PARALLEL_PRAGMA(omp parallel for schedule(static) if (condition))
#else
#define PARALLEL_IF(condition)
#endif

#endif
