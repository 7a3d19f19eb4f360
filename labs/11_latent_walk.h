/* 11_latent_walk.h: the contract of lab 11, walks in the latent space. You write these five
 * functions in 11_latent_walk.c.
 *
 * Letters: B walks side by side, n pictures, Z dimensions of a latent space, A attributes, d
 * numbers of a picture. Points of a latent space are rows. seen (n,A) holds what readers see in n
 * pictures, an attribute's value as a number 0, 1, 2, ... and -1 where a picture is unclear. Stars:
 * one is a warm-up, three need pencil and paper. Functions that return a Mat take its memory from
 * mem. Test yours with `make test-11`; each is judged alone, from given inputs.
 */
#ifndef LAB_11_LATENT_WALK_H
#define LAB_11_LATENT_WALK_H

#include "gen.h"

/* 1. lerp  *  5 min
 * A share t of the way from a to b, straight on: (1 - t) a + t b.
 * a, b (B,Z) -> (B,Z). t may lie outside of [0,1]: then the way goes on. */
Mat lerp(Mat a, Mat b, float t, Arena *mem);

/* 2. slerp  **  25 min
 * The same along an arc. With theta the angle between the rows a_i and b_i, in [0, pi],
 *     (sin((1 - t) theta) a_i + sin(t theta) b_i) / sin(theta),
 * each pair of rows with its own theta. Where no arc is to be found, sin(theta) below 1e-4 or a row
 * of zeros, the way is lerp's. Compute theta and the sines in double, and see to it that rounding
 * takes no cosine out of [-1, 1].
 * a, b (B,Z) -> (B,Z). (White 2016, section 2.1) */
Mat slerp(Mat a, Mat b, float t, Arena *mem);

typedef struct { Mat mean; int n; } Concept;

/* 3. concept_mean  **  20 min
 * Where in latent space is "a red star"? At the mean of latents whose pictures show one.
 * want (1,A) has a value for each attribute, or -1 where any will do, an unclear one too. The rows
 * of seen are gone through from row `from` on, and after the last row from row 0 on, each of them
 * once; those that show what is wanted are exemplars, until there are `most` of them.
 * w (n,Z) the latents, seen (n,A) -> the exemplars' mean (1,Z), and how many they are: if none, 0
 * and a row of zeros. Add up in double. */
Concept concept_mean(Mat w, Mat seen, Mat want, int from, int most, Arena *mem);

/* 4. latent_arithmetic  *  5 min
 * "a is to b as what is to c?" From c, t times the way that leads from b to a: c + t (a - b).
 * a, b, c (B,Z) -> (B,Z). (Mikolov et al. 2013; Radford et al. 2016, section 6.3.2) */
Mat latent_arithmetic(Mat a, Mat b, Mat c, float t, Arena *mem);

typedef struct { float length, jump, clear; } Walk;

/* 5. path_score  **  20 min
 * How was the walk? From its pictures x (n,d) in their order, n >= 2, and seen (n,A):
 *     length   sum over steps of |x_{i+1} - x_i|, Euclidean;
 *     jump     the largest of these, as a share of length; 0 if length is 0;
 *     clear    the share of the n pictures that are clear, which is whose first attribute is not
 *              -1.
 * A walk of equal steps has a jump of 1/(n-1). Add up in double. */
Walk path_score(Mat x, Mat seen);

#endif
