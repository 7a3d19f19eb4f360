/* The judge of lab 14: captions by hand, closed forms of D's loss with a linear net, a witness of what D was asked,
 * precision counted by hand. */
#include "judge.h"

#include <math.h>
#include <string.h>

#define LN2 0.69314718055994531

/* ---- 1. tokenize_caption ---- */

enum { MOST = 16 };

/* n, where the unknown word begins or -1, and the numbers of the words. */
static void expect_tokens(const Run *got, const char *name, const char *caption, int n, int unknown, const int *token,
                          const char *hint)
{
    const double *t = value(got, name).a;
    expect_that(t[0] == n, "\"%s\": want %d known words, got %g\nhint: %s", caption, n, t[0], hint);
    expect_that(unknown < 0 ? t[1] < 0 : t[1] == unknown,
                "\"%s\": unknown should %s, and it points to place %g\nhint: %s", caption,
                unknown < 0 ? "be NULL" : "point to where the first unknown word begins", t[1], hint);
    for (int i = 0; i < n; i++)
        expect_that(t[2 + i] == token[i], "\"%s\": word %d has the number %d, got %g\nhint: %s", caption, i, token[i],
                    t[2 + i], hint);
}

static void expect_whole(const Run *got)
{
    for (int i = 0; i < got->values; i++)
        expect_that(strcmp(got->value[i].name, "changed"),
                    "the caption was changed\nhint: the caption stays as it is: look at it, or copy a word");
}

START_TEST(tok_plain)
{
    Run got = student("tok_plain");
    expect_tokens(&got, "plain", "a red ring", 3, -1, (int[]){0, 1, 2},
                  "token[i] is the number in v of the i-th word, from 0");
    expect_tokens(&got, "twice", "a blue ring on a blue", 6, -1, (int[]){0, 4, 2, 3, 0, 4},
                  "a word may come twice, and counts twice");
    expect_whole(&got);
}
END_TEST

START_TEST(tok_between)
{
    Run got = student("tok_between");
    const char *hint = "between words stand blanks and commas, as many as there are";
    expect_tokens(&got, "blanks", "  a   red,ring ,, on  ", 4, -1, (int[]){0, 1, 2, 3}, hint);
    expect_tokens(&got, "nothing", "", 0, -1, NULL, "an empty caption has no words, and none is unknown");
    expect_tokens(&got, "commas", " , ,", 0, -1, NULL, hint);
    expect_whole(&got);
}
END_TEST

START_TEST(tok_capitals)
{
    Run got = student("tok_capitals");
    expect_tokens(&got, "capitals", "A Red RING", 3, -1, (int[]){0, 1, 2}, "capitals count as small letters");
    expect_whole(&got);
}
END_TEST

START_TEST(tok_unknown)
{
    Run got = student("tok_unknown");
    expect_tokens(&got, "unknown", "a green ring", 1, 2, (int[]){0}, "stop at the first word that v does not have");
    expect_tokens(&got, "first", "xyzzy a red", 0, 0, NULL, "stop at the first word that v does not have");
    expect_tokens(&got, "longer", "a reddest ring", 1, 2, (int[]){0},
                  "'reddest' begins with 'red' and is another word: compare to the end of both");
    expect_tokens(&got, "shorter", "a re ring", 1, 2, (int[]){0},
                  "'re' is only the beginning of 'red': compare to the end of both");
    expect_tokens(&got, "known", "a redder red", 3, -1, (int[]){0, 5, 1},
                  "'redder' begins with 'red' and is another word: compare to the end of both");
    expect_tokens(&got, "stop", "a red.", 1, 2, (int[]){0}, "only blanks and commas stand between words");
    expect_whole(&got);
}
END_TEST

START_TEST(tok_many)
{
    Run got = student("tok_many");
    static const int token[MOST] = {[15] = 1};
    expect_tokens(&got, "full", "fifteen times a, and red", MOST, -1, token, "CAPTION_LENGTH words are not too many");
    expect_tokens(&got, "over", "fifteen times a, red, and ring", MOST, 34, token,
                  "the word after the CAPTION_LENGTH-th is where it stops");
}
END_TEST

START_TEST(tok_sizes) { expect_as_reference("tok_sizes", 0, 0); }
END_TEST

/* ---- 2. encode_caption ---- */

START_TEST(bag_by_hand)
{
    Run got = student("bag_by_hand");
    expect(value(&got, "e"), MATRIX(3, 2, 7, 70, 0, 0, 8, 80), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("a bag counts: a word that comes twice counts twice", 4, 40, 0, 0, 6, 60),
        SLIP("counts, not shares of the caption", 7. / 3, 70. / 3, 0, 0, 8. / 3, 80. / 3),
        SLIP("all words of a caption, not only its last", 3, 30, 1, 10, 2, 20),
        SLIP("all words of a caption, not only its first", 1, 10, 1, 10, 4, 40)));
    expect(value(&got, "dW"), MATRIX(4, 2, 1, 0, 2, 2, 2, 0, 1, 1), .rtol = 1e-5, .atol = 1e-6);
}
END_TEST

AS_REFERENCE(bag_sizes, 1e-4, 1e-5)

/* ---- 3. matching_aware_loss: a linear net, in double ---- */

enum { B = 3, P = 2, C = 2, E = 3, J = P * (C + E) }; /* of the random cases */
typedef struct {
    double value, *dmap, *de, *dW;
} Closed;

/* One question, wanted to be `target`: its loss and what it says to each, before any weight. */
static Closed question(const double *map, const double *e, const double *W, double target)
{
    Closed c = {0, numbers(B * P * C), numbers(B * E), NULL};
    double *told = numbers(B * J), *dscore = numbers(B * (E + 1)), dlogit[B];
    for (int i = 0; i < B; i++)
        for (int p = 0; p < P; p++)
            for (int k = 0; k < C + E; k++)
                told[i * J + p * (C + E) + k] = k < C ? map[i * P * C + p * C + k] : e[i * E + k - C];
    double *score = product(told, false, W, false, B, J, E + 1);
    for (int i = 0; i < B; i++) {
        double logit = score[i * (E + 1) + E];
        for (int k = 0; k < E; k++) logit += e[i * E + k] * score[i * (E + 1) + k];
        double said = 1 / (1 + exp(-logit));
        c.value -= log(target > 0 ? said : 1 - said) / B;
        dlogit[i] = (said - target) / B;
        for (int k = 0; k <= E; k++) dscore[i * (E + 1) + k] = dlogit[i] * (k < E ? e[i * E + k] : 1);
    }
    double *dtold = product(dscore, false, W, true, B, E + 1, J);
    for (int i = 0; i < B; i++)
        for (int p = 0; p < P; p++)
            for (int k = 0; k < C + E; k++) {
                double d = dtold[i * J + p * (C + E) + k];
                if (k < C)
                    c.dmap[i * P * C + p * C + k] = d;
                else
                    c.de[i * E + k - C] += d;
            }
    for (int i = 0; i < B; i++)
        for (int k = 0; k < E; k++) c.de[i * E + k] += dlogit[i] * score[i * (E + 1) + k];
    c.dW = product(told, true, dscore, false, J, B, E + 1);
    return c;
}

#define ONE_HALF "both kinds of fake pair share one weight of 1: share for the wrong caption, 1 - share for the fake"
#define WEIGHTS "the weights: share for the wrong caption, 1 - share for the fake, not the other way round"
#define OPERANDS "the three pairs are (real, right), (real, wrong), (fake, right)"

static void expect_loss(const char *test_case, double share)
{
    Run got = student(test_case), want = reference(test_case);
    const double *W = value(&want, "W").a, *real = value(&want, "real").a, *fake = value(&want, "fake").a;
    const double *right = value(&want, "right").a, *wrong = value(&want, "wrong").a;
    Closed a = question(real, right, W, 1), b = question(real, wrong, W, 0), c = question(fake, right, W, 0),
           d = question(fake, wrong, W, 0);
    Closed up = question(real, wrong, W, 1), fool = question(fake, right, W, 1);
    double u = 1 - share;
    int nW = J * (E + 1), nm = B * P * C, ne = B * E;
    expect(value(&got, "loss"), SCALAR(a.value + share * b.value + u * c.value), .rtol = 1e-4, .atol = 1e-5, .batch = B,
           .slips = SLIPS(
        SLIP(WEIGHTS, a.value + u * b.value + share * c.value),
        SLIP(ONE_HALF, a.value + b.value + c.value),
        SLIP(OPERANDS, a.value + share * b.value + u * d.value),
        SLIP(OPERANDS, a.value + share * d.value + u * c.value),
        SLIP("a wrong caption is to be refused: target 0", a.value + share * up.value + u * c.value),
        SLIP("a fake is to be refused: target 0", a.value + share * b.value + u * fool.value)));
    double *dreal = weighted_sum(a.dmap, 1, b.dmap, share, nm), *dright = weighted_sum(a.de, 1, c.de, u, ne),
           *all = weighted_sum(weighted_sum(a.dW, 1, b.dW, share, nW), 1, c.dW, u, nW);
    expect(value(&got, "dreal"), ARRAY(B, P * C, dreal), .rtol = 1e-3, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the real image was asked about twice, and gets the sum", a.dmap),
        SLIP_ARRAY("the weight belongs to the gradient, too", weighted_sum(a.dmap, 1, b.dmap, 1, nm))));
    expect(value(&got, "dfake"), ARRAY(B, P * C, weighted_sum(c.dmap, u, c.dmap, 0, nm)), .rtol = 1e-3, .atol = 1e-5,
           .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the weight belongs to the gradient, too", c.dmap)));
    expect(value(&got, "dright"), ARRAY(B, E, dright), .rtol = 1e-3, .atol = 1e-5, .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the right caption was asked about twice, with the real image and with the fake, and gets the sum",
                   a.de),
        SLIP_ARRAY("the right caption was asked about with the real image and with the fake",
                   weighted_sum(a.de, 1, b.de, share, ne))));
    expect(value(&got, "dwrong"), ARRAY(B, E, weighted_sum(b.de, share, b.de, 0, ne)), .rtol = 1e-3, .atol = 1e-5,
           .batch = B);
    expect(value(&got, "dW"), ARRAY(J, E + 1, weighted_sum(all, 1, NULL, 7, nW)), .rtol = 1e-3, .atol = 1e-4,
           .batch = B, .slips = SLIPS(
        SLIP_ARRAY("the gradients of D->pair are added to, and not zeroed here", all),
        SLIP_ARRAY("nothing reached D's weights: pair_back with WRT_PARAMS", weighted_sum(all, 0, NULL, 7, nW)),
        SLIP_ARRAY("the question with the wrong caption teaches D, too",
                   weighted_sum(weighted_sum(a.dW, 1, c.dW, u, nW), 1, NULL, 7, nW))));
    expect(value(&got, "W_after"), ARRAY(J, E + 1, value(&got, "W").a), .rtol = 0);
}

START_TEST(match_zero)
{
    Run got = student("match_zero");
    expect(value(&got, "loss"), SCALAR(2 * LN2), .rtol = 1e-5, .batch = 2, .slips = SLIPS(
        SLIP(ONE_HALF, 3 * LN2),
        SLIP("real images, and the two kinds of fake pair", LN2),
        SLIP("1 for the real pair", 1.5 * LN2)));
}
END_TEST

START_TEST(match_random) { expect_loss("match_random", .3f); }
END_TEST

START_TEST(match_unaware) { expect_loss("match_unaware", 0); }
END_TEST

START_TEST(match_told)
{
    Run got = student("match_told");
    double calls = value(&got, "calls").a[0];
    expect_that(calls == 3, "D was asked %g times, want 3\nhint: " OPERANDS, calls);
    int pairs[3] = {0}; /* real right, real wrong, fake right */
    static const char *const name[] = {"saw0", "saw1", "saw2"};
    for (int k = 0; k < 3; k++) {
        const double *h = value(&got, name[k]).a;
        expect_that(h[2] == h[0] + 1 && h[3] == h[1] + 1,
                    "D was asked about samples with one another's captions\nhint: row i of a map goes with row i of an "
                    "embedding");
        pairs[0] += h[0] == 1 && h[1] == 5;
        pairs[1] += h[0] == 1 && h[1] == 7;
        pairs[2] += h[0] == 3 && h[1] == 5;
    }
    expect_that(
        pairs[0] == 1 && pairs[1] == 1 && pairs[2] == 1,
        "D was asked %d times about (real, right), %d about (real, wrong), %d about (fake, right)\nhint: " OPERANDS,
        pairs[0], pairs[1], pairs[2]);
    expect_as_reference("match_told", 1e-4, 1e-5);
}
END_TEST

AS_REFERENCE(match_sizes, 2e-3, 2e-4)

/* ---- 4. interp_captions ---- */

START_TEST(way_by_hand)
{
    Run got = student("way_by_hand");
    expect(value(&got, "e"), MATRIX(5, 2, 0, 8, 1, 4, 2, 0, 3, -4, 4, -8), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("it begins with a: (1-t) a + t b", 4, -8, 3, -4, 2, 0, 1, 4, 0, 8),
        SLIP("t = i/(steps-1): the last row is b", 0, 8, .8, 4.8, 1.6, 1.6, 2.4, -1.6, 3.2, -4.8),
        SLIP("t = i/(steps-1): the first row is a", .8, 4.8, 1.6, 1.6, 2.4, -1.6, 3.2, -4.8, 4, -8),
        SLIP("i/(steps-1) in whole numbers is 0: convert first", 0, 8, 0, 8, 0, 8, 0, 8, 4, -8)));
}
END_TEST

START_TEST(way_ends)
{
    Run got = student("way_ends"), want = reference("way_ends");
    for (int which = 0; which < 2; which++) {
        Value e = value(&got, which ? "seven" : "two");
        for (int k = 0; k < 3; k++) {
            expect_that(e.a[k] == value(&want, "a").a[k],
                        "the first row has %.9g where a has %.9g\nhint: at t = 0, (1-t) a + t b is a to the last bit",
                        e.a[k], value(&want, "a").a[k]);
            expect_that(e.a[(e.n - 1) * 3 + k] == value(&want, "b").a[k],
                        "the last row has %.9g where b has %.9g\nhint: a + t (b - a) loses b's last digits; (1-t) a + "
                        "t b does not",
                        e.a[(e.n - 1) * 3 + k], value(&want, "b").a[k]);
        }
    }
}
END_TEST

AS_REFERENCE(way_sizes, 1e-4, 1e-5)

/* ---- 5. caption_match ---- */

static void expect_shares(const Run *got, const char *name, double want, const Slip *slips)
{
    expect(value(got, name), SCALAR(want), .rtol = 1e-5, .atol = 1e-6, .slips = slips);
}

START_TEST(acc_by_hand)
{
    Run got = student("acc_by_hand");
    expect_shares(&got, "exact", .5, SLIPS(
        SLIP("right in every attribute, not the share of right attributes", 8. / 12),
        SLIP("a share, not a count", 2),
        SLIP("an unclear picture (-1) is right in nothing", .75)));
    expect(value(&got, "right"), MATRIX(1, 3, .75, .5, .75), .rtol = 1e-5, .atol = 1e-6, .slips = SLIPS(
        SLIP("of all pictures, the unclear ones among them", 1, 2. / 3, 1),
        SLIP("shares, not counts", 3, 2, 3)));
    expect_shares(&got, "precision", .75, SLIPS(
        SLIP("the caption need not fit in all: more of it than of any other", .5),
        SLIP("an unclear picture fits no caption better than another: more is not as many", 1)));
}
END_TEST

START_TEST(acc_ties)
{
    Run got = student("acc_ties");
    expect_shares(&got, "precision", 1, SLIPS(
        SLIP("a caption that says the same is no other caption, and does not count", 1. / 3)));
    expect_shares(&got, "precisiontied", 2. / 3, SLIPS(
        SLIP("fits better: more attributes than any other, not as many", 1)));
}
END_TEST

START_TEST(acc_follow)
{
    Run got = student("acc_follow");
    static const double want[5] = {1, .8, .6, .4, .2};
    static const char *const name[5] = {"precision0", "precision1", "precision2", "precision3", "precision4"};
    for (int k = 0; k < 5; k++)
        expect_shares(&got, name[k], want[k], SLIPS(
            SLIP("after the last row comes the first", k == 4 ? .4 : NAN),
            SLIP("after the last row comes the first", k == 3 ? .6 : NAN),
            SLIP("only the next `others` rows are the others", k < 4 ? want[4] : NAN),
            SLIP("`others` rows, to the last of them", k > 0 ? want[k - 1] : NAN)));
}
END_TEST

START_TEST(acc_many)
{
    Run got = student("acc_many");
    expect_shares(&got, "exact", .9, NULL);
    expect(value(&got, "right"), SCALAR(.9), .rtol = 1e-5, .atol = 1e-6);
    expect_shares(&got, "precision", 1, SLIPS(
        SLIP("captions that say the same do not count: here all do", .9),
        SLIP("captions that say the same do not count: here all do", 0)));
}
END_TEST

AS_REFERENCE(acc_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(round_trip)
{
    Run got = student("round_trip");
    double lost = value(&got, "lost").a[0];
    expect_that(lost == 0,
                "of 200 captions %g were another caption after tokenize_caption, and back\nhint: every word must keep "
                "its place and its number",
                lost);
}
END_TEST

START_TEST(learns)
{
    Run got = student("learns");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .3 * first,
                "D was to learn which of two words fits: its loss went from %.3g to %.3g, want less than a "
                "third\nhint: does the wrong caption reach D, and its gradient the words?",
                first, last);
}
END_TEST

int main(void)
{
    return judge_main("14_text_to_image", EXERCISES(
        EXERCISE("tokenize_caption", tok_plain, tok_between, tok_capitals, tok_unknown, tok_many, tok_sizes),
        EXERCISE("encode_caption", bag_by_hand, bag_sizes),
        EXERCISE("matching_aware_loss", match_zero, match_random, match_unaware, match_told, match_sizes),
        EXERCISE("interp_captions", way_by_hand, way_ends, way_sizes),
        EXERCISE("caption_match", acc_by_hand, acc_ties, acc_follow, acc_many, acc_sizes),
        EXERCISE("together", round_trip, learns)));
}
