/* driver.h: the half of a test that is linked with the student's code. It prints values and decides nothing.
 *
 * `driver CASE SEED` makes inputs from the seed, calls the exercise and writes a transcript to file descriptor 3 (or to stdout when
 * that is closed): every input and every result as exact hexadecimal floats. The case runs twice; two different transcripts are
 * noted. `driver` alone lists its cases. The judge, a program without student code, reads the transcript and knows what should stand there.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include "gen.h"

typedef struct { const char *name; void (*run)(Rng *rng, Arena *mem); } Case;
extern const Case cases[];                          /* in NN_name.cases.c, ends with an empty one */

/* An input: a copy between guard words, written to the transcript. Noted if the exercise changes it or what lies around it. */
Mat  given(const char *name, Mat x);
/* Room for a result: full of NaN, between guard words. Pass it to result() afterwards. */
Mat  room(int n, int d);
void result(const char *name, Mat x);
void result_value(const char *name, double v);

Mat  random_mat(int n, int d, float sd, Rng *rng, Arena *mem);             /* N(0, sd^2) */

#endif
