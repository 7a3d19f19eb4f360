/* internal.h: what the library's files and their tests share, and labs never call. Titled sections as in gen.h and
 * lab.h, which declare what a lab calls of the same files.
 */
#ifndef INTERNAL_H
#define INTERNAL_H

#include "gen.h"

#include <stdio.h>

/* ---- base.c: the end of a program, raw random numbers ---------------------------------------------------- */

/* Registers a handler that runs before an error exit, in LIFO order: unfinished files are removed, the step is named.
 * Duplicates are ignored. Dies after 8 handlers. */
void at_death(void (*handler)(void));
/* Blocks every thread but the first that calls it. die calls it. */
void die_alone(void);

uint64_t rng_u64(Rng *r);
void     rng_shuffle(Rng *r, int *index, int n);              /* Fisher & Yates */

/* ---- libm.c: functions of <math.h>, rounded alike by every C library; declared there --------------------- */

/* ---- mat.c ----------------------------------------------------------------------------------------------- */

bool mat_finite(Mat x);                       /* no NaN, no infinity */

/* ---- blas.c: threads ------------------------------------------------------------------------------------- */

void threads_set(int n);                      /* 0: all cores. Without OpenMP in the build there is one thread. */
int  threads_get(void);

/* ---- kernels.c: which of OpenBLAS's kernels compute ------------------------------------------------------ */

enum { KERNELS_OTHER, KERNELS_SSE, KERNELS_AVX, KERNELS_AVX2, KERNELS_AVX512 };  /* OTHER: no x86, nothing is chosen */

const char *blas_kernels(void);               /* OpenBLAS's name of the kernels in use: "Haswell" */
int  kernels_level(const char *kernels);      /* of such a name: "Haswell" -> KERNELS_AVX2 */
int  processor_level(void);
/* The name of the kernels that a processor of this level runs, where OpenBLAS by itself picked `picked`. */
const char *kernels_for(int processor, const char *picked, bool native);

void kernels_start(void);                     /* blas.c calls it before main */
void kernels_use(bool native);                /* native: the fastest; else those whose digits all processors share */
void kernels_advise(void);                    /* one line on stderr where better kernels could not be set */

/* ---- net.c ----------------------------------------------------------------------------------------------- */

Param *net_param(Net *net, int *i);           /* for (int i = 0; (p = net_param(net, &i)); ) visits every Param */

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
Batches batches(Mat rows, int size, Rng *rng, Arena *mem);   /* one epoch; order and room for a batch come from mem */
bool    batch_next(Batches *b);

/* ---- classifier.c ---------------------------------------------------------------------------------------- */

double classifier_accuracy(Classifier *j, Data data, Arena *mem);       /* share of data labelled right, 0 to 1 */

/* ---- curve.c, line.c ------------------------------------------------------------------------------------- */

void    curve_point(Curve c, float t, float x[2]);            /* t in [0,1]: the share of arc length before x */
double  line_density(const Line *m, double x);
double  line_cumulative(const Line *m, double x);             /* the mass below x, 0 to 1 */

/* ---- sprite.c, sprite_read.c, scene.c, openmoji.c -------------------------------------------------------- */

bool    sprite_held_out(Sprite s);            /* a combination that no training set of the labs contains */
/* The inverse of sprite_caption. False with a sentence and a hint in why: the unknown word, and which there are. */
bool    sprite_from_caption(const char *caption, Sprite *s, char *why, size_t size);
/* Attributes from pixels rgb (side,side,3) in [0,1] alone: those of the sprite that, drawn again, looks most like the
 * picture; SPRITE_UNCLEAR where none does. */
Sprite  sprite_read(const float *rgb, int side);
void    scene_colour(int label, float rgb[3]);                /* of a class on a map, in [0,1] */
bool    openmoji_is_test(const Openmoji *o, int i);           /* a tenth of the outlines */

/* ---- files.c: files that are whole or not there ---------------------------------------------------------- */

enum { OUT_PATH = 1024 };                     /* a file's name with its folder */
typedef struct OutFile {
    FILE *f;
    int error;                                /* errno of the first write that failed */
    void *owner;                              /* freed with an abandoned file: its Csv */
    char path[OUT_PATH], temp[OUT_PATH + 4];
    struct OutFile *next;
} OutFile;
OutFile *out_open(const char *dir, const char *name);         /* under a temporary name */
void out_wrote(OutFile *o);                   /* after every write: keeps the reason of the first failure */
void out_close(OutFile *o);                   /* renames it; dies if any write failed */
void files_abandon(void);                     /* removes unfinished temporaries, at death and at the end of a lab */

/* ---- csv.c ----------------------------------------------------------------------------------------------- */

void csv_text(Csv *csv, const char *row);     /* a row that is text already */
const char *csv_last_row(const Csv *csv);     /* as it was written, cut after 255 characters; "" before the first */

/* ---- png.c ----------------------------------------------------------------------------------------------- */

typedef struct { uint8_t *pixel; int h, w, c; } Png;          /* (h,w,c); c 1 grey, 3 colour, one more with alpha */
Png  png_read(const char *path, const char *hint, Arena *mem);          /* hint: for the message of a file that fails */
void png_write(const char *dir, const char *name, const uint8_t *pixels, int h, int w, int c);  /* c 1 or 3 */

#endif
