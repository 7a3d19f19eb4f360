/* 14_text_to_image.h: the contract of lab 14, from text to image. You write these five functions in
 * 14_text_to_image.c.
 *
 * Letters: B batch, V words of a vocabulary, E numbers of an embedding, A attributes, p pixels of a
 * map, c channels. Stars: one is a warm-up, three need pencil and paper. Functions that return a
 * Mat take its memory from mem. Test yours with `make test-14`; each is judged alone, from given
 * inputs.
 */
#ifndef LAB_14_TEXT_TO_IMAGE_H
#define LAB_14_TEXT_TO_IMAGE_H

#include "gen.h"

enum { VOCABULARY = 64, CAPTION_LENGTH = 16 };
typedef struct { int n; const char *word[VOCABULARY]; } Vocabulary;     /* in lower case */

/* token (n): numbers of words; unknown: where in the caption an unknown word begins, or NULL */
typedef struct { int n, token[CAPTION_LENGTH]; const char *unknown; } Tokens;

/* 1. tokenize_caption  **  20 min
 * A caption as numbers of its words. Words are what stands between blanks and commas, of which
 * there may be many; capitals count as small letters. token[i] is the number in v of the i-th word.
 * At the first word that v does not have, or at the word after the CAPTION_LENGTH-th, unknown
 * points to where it begins, and n is how many came before. The caption stays as it is. */
Tokens tokenize_caption(const char *caption, const Vocabulary *v);

/* 2. encode_caption  *  10 min
 * A bag of words: row i of (n,V) counts how often each word stands in caption i. What the net
 * `text` makes of it is the embedding. V is the width of net_in(text); t remembers for the way
 * back.
 * caption (n) -> (n,E). */
Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem);

/* D (gen.h, pair.c) looks at an image, then hears what is said about it:
 *     D.image   x (B, h*w*3) -> a map (B, p*c)
 *     D.pair    at every pixel the channels and the caption's embedding e (B,E), together
 *               (B, p*(c+E)) -> E + 1 scores
 * Its logit for "real, and what the caption says" is e . (the first E scores) + the last.
 *     pair_ask    maps (B, p*c) and embeddings e (B,E) -> logits (B,1)
 *     pair_back   dL/dlogit (B,1) -> dL/dmap and dL/de; WRT_PARAMS also adds to D.pair's
 *                 gradients */

/* dreal, dfake (B, p*c): for the maps; dright, dwrong (B,E): for the embeddings */
typedef struct { float value; Mat dreal, dfake, dright, dwrong; } MatchingLoss;

/* 3. matching_aware_loss  ***  30 min
 * D is asked three questions: about a real image with the right caption, about the same image with
 * a wrong one, and about a fake with the caption that G was given, which is the right one:
 *     L = mean of -log sigma(real, right) + share     mean of -log(1 - sigma(real, wrong))
 *                                         + (1-share) mean of -log(1 - sigma(fake, right)).
 * With share = 0 the second question adds nothing: a GAN that does not look whether text matches.
 * real, fake (B, p*c) are D's maps; right, wrong (B,E) embeddings. Returns L and what it says to
 * each of the four; real and right are asked about twice, and get the sum. The gradients of D->pair
 * are added to, and not zeroed. (Reed et al. 2016, algorithm 1, GAN-CLS) */
MatchingLoss matching_aware_loss(PairD *D, Mat real, Mat fake, Mat right, Mat wrong,
                                 float share, Arena *mem);

/* 4. interp_captions  *  5 min
 * What could be said between two captions: row i of (steps,E) is (1-t) a + t b, t = i/(steps-1).
 * The ends are a and b to the last bit.
 * a, b (1,E), steps >= 2. (Reed et al. 2016, section 4.3) */
Mat interp_captions(Mat a, Mat b, int steps, Arena *mem);

/* exact, precision: shares of all pictures; right (1,A): of each attribute */
typedef struct { float exact, precision; Mat right; } Match;

/* 5. caption_match  **  20 min
 * Do pictures show what was asked? seen (n,A) is what a reader saw in them, asked (n,A) what the
 * captions said, each attribute's value as a number; -1 in seen: unclear.
 *     exact      the share of pictures that are right in every attribute
 *     right      for each attribute, the share that is right in it
 *     precision  the share that fits its own caption best: more attributes of seen[i] agree with
 *                asked[i] than with any of the `others` rows that follow it in asked (after the
 *                last row comes the first). Rows that say the same as asked[i] do not count.
 *                (R-precision; Xu et al. 2018, section 4.1)
 * Count in integers. others < n. */
Match caption_match(Mat seen, Mat asked, int others, Arena *mem);

#endif
