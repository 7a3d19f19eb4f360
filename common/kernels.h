/* kernels.h: how kernels.c chooses among OpenBLAS's kernels; for lab.c and the tests. Labs need none of it. */
#ifndef KERNELS_H
#define KERNELS_H

#include <stdbool.h>

enum { KERNELS_OTHER, KERNELS_SSE, KERNELS_AVX, KERNELS_AVX2, KERNELS_AVX512 };  /* OTHER: no x86, nothing is chosen */

int  kernels_level(const char *kernels);      /* of OpenBLAS's name of them: "Haswell" -> KERNELS_AVX2 */
int  processor_level(void);
/* The name of the kernels that a processor of this level runs, where OpenBLAS by itself picked `picked`. */
const char *kernels_for(int processor, const char *picked, bool native);

void kernels_start(void);                     /* blas.c, before main */
void kernels_use(bool native);                /* native: the fastest; else those whose digits all processors share */
void kernels_advise(void);                    /* one line on stderr where better kernels could not be set */

#endif
