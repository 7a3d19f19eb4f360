/* batches.c: shuffled rows of a matrix, a batch at a time; training.c counts them. */
#include "internal.h"

#include <string.h>

Batches batches(Data data, int size, Rng *rng, Arena *mem)
{
    check(size > 0, "batches: a batch of %d rows", size);
    Batches b = {.data = data, .B = size < data.x.n ? size : data.x.n, .mem = mem};
    b.order = arena_alloc(mem, (size_t)data.x.n * sizeof *b.order);
    b.x = mat_new(mem, b.B, data.x.d);
    for (int i = 0; i < data.x.n; i++) b.order[i] = i;
    rng_shuffle(rng, b.order, data.x.n);
    return b;
}

bool batch_next(Batches *b)
{
    int left = b->data.x.n - b->at;
    if (left <= 0) return false;
    b->x.n = left < b->B ? left : b->B;
    b->index = b->order + b->at;
    b->at += b->x.n;
    for (int i = 0; i < b->x.n; i++) memcpy(row(b->x, i), row(b->data.x, b->index[i]), (size_t)b->x.d * sizeof(float));
    return true;
}
