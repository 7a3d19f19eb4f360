/* batches.c: shuffled rows of a matrix, a batch at a time; training.c counts them. */
#include "internal.h"

#include <string.h>

Batches batches(Mat rows, int size, Rng *rng, Arena *mem)
{
    check(size > 0, "batches: a batch of %d rows", size);
    Batches b = {.rows = rows, .B = size < rows.n ? size : rows.n, .mem = mem};
    b.order = arena_alloc(mem, (size_t)rows.n * sizeof *b.order);
    b.x = mat_new(mem, b.B, rows.d);
    for (int i = 0; i < rows.n; i++) b.order[i] = i;
    rng_shuffle(rng, b.order, rows.n);
    return b;
}

bool batch_next(Batches *b)
{
    int left = b->rows.n - b->at;
    if (left <= 0) return false;
    b->x.n = left < b->B ? left : b->B;
    b->index = b->order + b->at;
    b->at += b->x.n;
    for (int i = 0; i < b->x.n; i++) memcpy(row(b->x, i), row(b->rows, b->index[i]), (size_t)b->x.d * sizeof(float));
    return true;
}
