/* driver.h: the half of a test that is linked with the student's code. It prints values and decides nothing.
 *
 * `driver CASE SEED` makes inputs from the seed, calls the exercise and writes a transcript to file descriptor 3 (or to
 * stdout when that is closed): every input and every result as exact hexadecimal floats. `driver all SEED` writes those
 * of all cases, `driver` alone lists them. The judge, a program without student code, reads the transcript and knows
 * what should stand there.
 *
 * A case runs in two turns, in fresh memory between guard words, and once more on two threads when the exercise has a
 * parallel region. What it did beside returning its results is noted: an overrun, a changed input, turns that differ.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include "internal.h"

/* Names that a student may want too stay free. */
#define cases driver_cases
#define given driver_given
#define room driver_room
#define result driver_result
#define result_in_place driver_result_in_place
#define result_or_view driver_result_or_view
#define result_value driver_result_value
#define random_mat driver_random_mat
#define random_adam driver_random_adam
#define random_net driver_random_net
#define linear_net driver_linear_net
#define net_witness driver_net_witness
#define witness_calls driver_witness_calls
#define untold driver_untold
#define size_in driver_size_in
#define turn_size driver_turn_size

enum { NO_TRANSCRIPT = 9 };                         /* the exit status when it could not be written */

typedef struct { const char *name; void (*run)(Rng *rng, Arena *mem); } Case;
extern const Case cases[];                          /* in tests/labs/NN_name/cases.c, ends with an empty one */

/* An input: a copy between guard words, written to the transcript. Noted if the exercise changes it or what lies around
 * it. untold: a large one, which the transcript leaves out. */
Mat  given(const char *name, Mat x);
Mat  untold(const char *name, Mat x);
/* Room for a result that the exercise writes into: full of NaN, between guard words. */
Mat  room(int n, int d);
/* A result: fresh, so that it may not lie in an input, in memory given back, on the stack or in a static variable. */
void result(const char *name, Mat x);
void result_in_place(const char *name, Mat x);      /* an input that the contract lets the exercise change */
/* fresh, or an input that is looked at in another way, and unchanged */
void result_or_view(const char *name, Mat x);
void result_value(const char *name, double v);

/* A small matrix by hand: ROWS(2, 3, 1, 2, 3, 4, 5, 6). */
#define ROWS(n, d, ...) ((Mat){n, d, (float[]){__VA_ARGS__}})
Mat  random_mat(int n, int d, float sd, Rng *rng, Arena *mem);             /* N(0, sd^2) */
/* A net of two layers with a bend between them, layer[0] and layer[2]; in their gradients something is left from an
 * earlier step. */
Net  random_net(const char *name, int inputs, int outputs, Rng *rng, Arena *mem);
/* One linear layer without bias, weights N(0, sd^2): losses and gradients have closed forms. Its gradients hold 7, left
 * from an earlier step. */
Net  linear_net(const char *name, int inputs, int outputs, float sd, Rng *rng, Arena *mem);
/* Appends a layer that lets everything pass and notes what came by, as the inputs "saw0", "saw1", "saw2", ...: what was
 * a net asked? One a case; witness_calls: how often. */
void net_witness(Net *net);
int  witness_calls(void);
/* Every number of it counts: with a large eps a step is smooth in the gradient. */
Adam random_adam(Rng *rng);
/* Sizes from the seed: any in lo .. hi; or those of a case that tries `2 + letters` turns: all 1, all few, then one
 * letter (0, 1, ...) at a time odd and above `large`, the largest that the lab itself has. */
int  size_in(int lo, int hi, Rng *rng);
int  turn_size(int turn, int letter, int large, Rng *rng);
/* The loop over the turns of such a case; the lab's own largest stands behind each letter:
 *
 *     SIZES(n, MANY_SAMPLES, d, MANY_PIXELS) {
 *         ... turn, n and d ...
 *     }
 */
#define SIZES(...) SIZES_PICK(__VA_ARGS__, SIZES_OF_3, 0, SIZES_OF_2, 0, SIZES_OF_1, 0)(__VA_ARGS__)
#define SIZES_PICK(a, A, b, B, c, C, pick, ...) pick
#define SIZES_OF_1(a, A) \
    for (int turn = 0, a; turn < 3 && (a = turn_size(turn, 0, A, rng), true); turn++)
#define SIZES_OF_2(a, A, b, B) \
    for (int turn = 0, a, b; turn < 4 && (a = turn_size(turn, 0, A, rng), b = turn_size(turn, 1, B, rng), true); turn++)
#define SIZES_OF_3(a, A, b, B, c, C) \
    for (int turn = 0, a, b, c; turn < 5 && (a = turn_size(turn, 0, A, rng), b = turn_size(turn, 1, B, rng), \
                                             c = turn_size(turn, 2, C, rng), true); turn++)

#endif
