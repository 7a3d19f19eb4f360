/* internal.h: what the library's files and their tests share, and labs never call. One titled section per .c file, as in
 * gen.h and lab.h.
 */
#ifndef INTERNAL_H
#define INTERNAL_H

#include "gen.h"

/* ---- bracket.c: what every pair of layers needs that opens and closes a bracket -------------------------- */

void   bracket_push(Trace *t, Mat x);         /* forward and backward: a value for the bracket's other end */
Mat    bracket_pop(Trace *t);
Layer *bracket_open(Net *net, const LayerType *type);         /* appends the layer that opens it */
/* The shape that the bracket's first layer was given. Dies unless that layer is an opener; function names itself. */
Shape  bracket_close(Net *net, const char *function, const LayerType *opener);

/* ---- idx.c: images and labels from IDX files ------------------------------------------------------------- */

/* Two files, plain or .gz, of n images and n labels: pixels 0..255 divided by 255. Dies where a file is damaged, or
 * belongs to another set. */
Data    idx_read(const char *images, const char *labels, Arena *mem);

/* ---- batches.c: shuffled rows ---------------------------------------------------------------------------- */

/* Batches b = batches(...); while (batch_next(&b)) uses b.x (B,d), b.index; the last may be short. */
Batches batches(Data data, int size, Rng *rng, Arena *mem);   /* one epoch; order and room for a batch come from mem */
bool    batch_next(Batches *b);

#endif
