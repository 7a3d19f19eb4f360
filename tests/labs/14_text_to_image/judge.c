/* The judge of lab 14: captions by hand, closed forms of D's loss with a linear net, a witness of what D was asked, precision counted by hand. */
#include "judge.h"

#include <math.h>
#include <string.h>

#define LN2 0.69314718055994531

/* ---- 1. tokenize_caption ---- */

enum { MOST = 16 };

/* n, where the unknown word begins or -1, and the numbers of the words. */
static void expect_tokens(const Run *got, const char *name, const char *caption, int n, int unknown, const int *token, const char *hint)
{
    const double *t = value(got, name).a;
    expect_that(t[0] == n, "\"%s\": want %d known words, got %g\nhint: %s", caption, n, t[0], hint);
    expect_that(unknown < 0 ? t[1] < 0 : t[1] == unknown, "\"%s\": unknown should %s, and it points to place %g\nhint: %s", caption,
                unknown < 0 ? "be NULL" : "point to where the first unknown word begins", t[1], hint);
    for (int i = 0; i < n; i++) expect_that(t[2 + i] == token[i], "\"%s\": word %d has the number %d, got %g\nhint: %s", caption, i, token[i], t[2 + i], hint);
}

static void expect_whole(const Run *got)
{
    for (int i = 0; i < got->values; i++) expect_that(strcmp(got->value[i].name, "changed"), "the caption was changed\nhint: the caption stays as it is: look at it, or copy a word");
}

START_TEST(tok_plain)
{
    Run got = student("tok_plain");
    expect_tokens(&got, "plain", "a red ring", 3, -1, (int[]){0, 1, 2}, "token[i] is the number in v of the i-th word, from 0");
    expect_tokens(&got, "twice", "a blue ring on a blue", 6, -1, (int[]){0, 4, 2, 3, 0, 4}, "a word may come twice, and counts twice");
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
    expect_tokens(&got, "longer", "a reddest ring", 1, 2, (int[]){0}, "'reddest' begins with 'red' and is another word: compare to the end of both");
    expect_tokens(&got, "shorter", "a re ring", 1, 2, (int[]){0}, "'re' is only the beginning of 'red': compare to the end of both");
    expect_tokens(&got, "known", "a redder red", 3, -1, (int[]){0, 5, 1}, "'redder' begins with 'red' and is another word: compare to the end of both");
    expect_tokens(&got, "stop", "a red.", 1, 2, (int[]){0}, "only blanks and commas stand between words");
    expect_whole(&got);
}
END_TEST

START_TEST(tok_many)
{
    Run got = student("tok_many");
    static const int token[MOST] = {[15] = 1};
    expect_tokens(&got, "full", "fifteen times a, and red", MOST, -1, token, "CAPTION_LENGTH words are not too many");
    expect_tokens(&got, "over", "fifteen times a, red, and ring", MOST, 34, token, "the word after the CAPTION_LENGTH-th is where it stops");
}
END_TEST

START_TEST(tok_sizes)
{
    expect_as_reference("tok_sizes", 0, 0);
}
END_TEST

/* ---- 2. encode_caption ---- */

START_TEST(bag_by_hand)
{
    Run got = student("bag_by_hand");
    expect(value(&got, "e"), (double[]){7, 70, 0, 0, 8, 80}, 3, 2, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){4, 40, 0, 0, 6, 60}, "a bag counts: a word that comes twice counts twice"},
                    {(double[]){7. / 3, 70. / 3, 0, 0, 8. / 3, 80. / 3}, "counts, not shares of the caption"},
                    {(double[]){3, 30, 1, 10, 2, 20}, "all words of a caption, not only its last"},
                    {(double[]){1, 10, 1, 10, 4, 40}, "all words of a caption, not only its first"}, {0}});
    expect(value(&got, "dW"), (double[]){1, 0, 2, 2, 2, 0, 1, 1}, 4, 2, 1e-5, 1e-6, 0, NULL);
}
END_TEST

AS_REFERENCE(bag_sizes, 1e-4, 1e-5)

/* ---- 3. matching_aware_loss: a linear net, in double ---- */

enum { B = 3, P = 2, C = 2, E = 3, J = P * (C + E) };            /* of the random cases */
typedef struct { double value, *dmap, *de, *dW; } Closed;

/* One question, wanted to be `target`: its loss and what it says to each, before any weight. */
static Closed question(const double *map, const double *e, const double *W, double target)
{
    Closed c = {0, numbers(B * P * C), numbers(B * E), NULL};
    double *told = numbers(B * J), *dscore = numbers(B * (E + 1)), dlogit[B];
    for (int i = 0; i < B; i++)
        for (int p = 0; p < P; p++)
            for (int k = 0; k < C + E; k++) told[i * J + p * (C + E) + k] = k < C ? map[i * P * C + p * C + k] : e[i * E + k - C];
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
                if (k < C) c.dmap[i * P * C + p * C + k] = d;
                else c.de[i * E + k - C] += d;
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
    Closed a = question(real, right, W, 1), b = question(real, wrong, W, 0), c = question(fake, right, W, 0), d = question(fake, wrong, W, 0);
    Closed up = question(real, wrong, W, 1), fool = question(fake, right, W, 1);
    double u = 1 - share;
    int nW = J * (E + 1), nm = B * P * C, ne = B * E;
    expect(value(&got, "loss"), (double[]){a.value + share * b.value + u * c.value}, 1, 1, 1e-4, 1e-5, B,
           (Slip[]){{(double[]){a.value + u * b.value + share * c.value}, WEIGHTS}, {(double[]){a.value + b.value + c.value}, ONE_HALF},
                    {(double[]){a.value + share * b.value + u * d.value}, OPERANDS}, {(double[]){a.value + share * d.value + u * c.value}, OPERANDS},
                    {(double[]){a.value + share * up.value + u * c.value}, "a wrong caption is to be refused: target 0"},
                    {(double[]){a.value + share * b.value + u * fool.value}, "a fake is to be refused: target 0"}, {0}});
    double *dreal = weighted_sum(a.dmap, 1, b.dmap, share, nm), *dright = weighted_sum(a.de, 1, c.de, u, ne), *all = weighted_sum(weighted_sum(a.dW, 1, b.dW, share, nW), 1, c.dW, u, nW);
    expect(value(&got, "dreal"), dreal, B, P * C, 1e-3, 1e-5, B,
           (Slip[]){{a.dmap, "the real image was asked about twice, and gets the sum"}, {weighted_sum(a.dmap, 1, b.dmap, 1, nm), "the weight belongs to the gradient, too"}, {0}});
    expect(value(&got, "dfake"), weighted_sum(c.dmap, u, c.dmap, 0, nm), B, P * C, 1e-3, 1e-5, B, (Slip[]){{c.dmap, "the weight belongs to the gradient, too"}, {0}});
    expect(value(&got, "dright"), dright, B, E, 1e-3, 1e-5, B,
           (Slip[]){{a.de, "the right caption was asked about twice, with the real image and with the fake, and gets the sum"},
                    {weighted_sum(a.de, 1, b.de, share, ne), "the right caption was asked about with the real image and with the fake"}, {0}});
    expect(value(&got, "dwrong"), weighted_sum(b.de, share, b.de, 0, ne), B, E, 1e-3, 1e-5, B, NULL);
    expect(value(&got, "dW"), weighted_sum(all, 1, NULL, 7, nW), J, E + 1, 1e-3, 1e-4, B,
           (Slip[]){{all, "the gradients of D->pair are added to, and not zeroed here"}, {weighted_sum(all, 0, NULL, 7, nW), "nothing reached D's weights: pair_back with WRT_PARAMS"},
                    {weighted_sum(weighted_sum(a.dW, 1, c.dW, u, nW), 1, NULL, 7, nW), "the question with the wrong caption teaches D, too"}, {0}});
    expect(value(&got, "W_after"), value(&got, "W").a, J, E + 1, 0, 0, 0, NULL);
}

START_TEST(match_zero)
{
    Run got = student("match_zero");
    expect(value(&got, "loss"), (double[]){2 * LN2}, 1, 1, 1e-5, 0, 2,
           (Slip[]){{(double[]){3 * LN2}, ONE_HALF}, {(double[]){LN2}, "real images, and the two kinds of fake pair"}, {(double[]){1.5 * LN2}, "1 for the real pair"}, {0}});
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
    int pairs[3] = {0};                                         /* real right, real wrong, fake right */
    static const char *const name[] = {"saw0", "saw1", "saw2"};
    for (int k = 0; k < 3; k++) {
        const double *h = value(&got, name[k]).a;
        expect_that(h[2] == h[0] + 1 && h[3] == h[1] + 1, "D was asked about samples with one another's captions\nhint: row i of a map goes with row i of an embedding");
        pairs[0] += h[0] == 1 && h[1] == 5;
        pairs[1] += h[0] == 1 && h[1] == 7;
        pairs[2] += h[0] == 3 && h[1] == 5;
    }
    expect_that(pairs[0] == 1 && pairs[1] == 1 && pairs[2] == 1, "D was asked %d times about (real, right), %d about (real, wrong), %d about (fake, right)\nhint: " OPERANDS, pairs[0], pairs[1],
                pairs[2]);
    expect_as_reference("match_told", 1e-4, 1e-5);
}
END_TEST

AS_REFERENCE(match_sizes, 2e-3, 2e-4)

/* ---- 4. interp_captions ---- */

START_TEST(way_by_hand)
{
    Run got = student("way_by_hand");
    expect(value(&got, "e"), (double[]){0, 8, 1, 4, 2, 0, 3, -4, 4, -8}, 5, 2, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){4, -8, 3, -4, 2, 0, 1, 4, 0, 8}, "it begins with a: (1-t) a + t b"},
                    {(double[]){0, 8, .8, 4.8, 1.6, 1.6, 2.4, -1.6, 3.2, -4.8}, "t = i/(steps-1): the last row is b"},
                    {(double[]){.8, 4.8, 1.6, 1.6, 2.4, -1.6, 3.2, -4.8, 4, -8}, "t = i/(steps-1): the first row is a"},
                    {(double[]){0, 8, 0, 8, 0, 8, 0, 8, 4, -8}, "i/(steps-1) in whole numbers is 0: convert first"}, {0}});
}
END_TEST

START_TEST(way_ends)
{
    Run got = student("way_ends"), want = reference("way_ends");
    for (int which = 0; which < 2; which++) {
        Value e = value(&got, which ? "seven" : "two");
        for (int k = 0; k < 3; k++) {
            expect_that(e.a[k] == value(&want, "a").a[k], "the first row has %.9g where a has %.9g\nhint: at t = 0, (1-t) a + t b is a to the last bit", e.a[k], value(&want, "a").a[k]);
            expect_that(e.a[(e.n - 1) * 3 + k] == value(&want, "b").a[k], "the last row has %.9g where b has %.9g\nhint: a + t (b - a) loses b's last digits; (1-t) a + t b does not",
                        e.a[(e.n - 1) * 3 + k], value(&want, "b").a[k]);
        }
    }
}
END_TEST

AS_REFERENCE(way_sizes, 1e-4, 1e-5)

/* ---- 5. caption_match ---- */

static void expect_shares(const Run *got, const char *name, double want, const Slip *slips) { expect(value(got, name), (double[]){want}, 1, 1, 1e-5, 1e-6, 0, slips); }

START_TEST(acc_by_hand)
{
    Run got = student("acc_by_hand");
    expect_shares(&got, "exact", .5, (Slip[]){{(double[]){8. / 12}, "right in every attribute, not the share of right attributes"}, {(double[]){2}, "a share, not a count"},
                                              {(double[]){.75}, "an unclear picture (-1) is right in nothing"}, {0}});
    expect(value(&got, "right"), (double[]){.75, .5, .75}, 1, 3, 1e-5, 1e-6, 0,
           (Slip[]){{(double[]){1, 2. / 3, 1}, "of all pictures, the unclear ones among them"}, {(double[]){3, 2, 3}, "shares, not counts"}, {0}});
    expect_shares(&got, "precision", .75, (Slip[]){{(double[]){.5}, "the caption need not fit in all: more of it than of any other"},
                                                   {(double[]){1}, "an unclear picture fits no caption better than another: more is not as many"}, {0}});
}
END_TEST

START_TEST(acc_ties)
{
    Run got = student("acc_ties");
    expect_shares(&got, "precision", 1, (Slip[]){{(double[]){1. / 3}, "a caption that says the same is no other caption, and does not count"}, {0}});
    expect_shares(&got, "precisiontied", 2. / 3, (Slip[]){{(double[]){1}, "fits better: more attributes than any other, not as many"}, {0}});
}
END_TEST

START_TEST(acc_follow)
{
    Run got = student("acc_follow");
    static const double want[5] = {1, .8, .6, .4, .2};
    static const char *const name[5] = {"precision0", "precision1", "precision2", "precision3", "precision4"};
    for (int k = 0; k < 5; k++)
        expect_shares(&got, name[k], want[k],
                      (Slip[]){{(double[]){k == 4 ? .4 : NAN}, "after the last row comes the first"}, {(double[]){k == 3 ? .6 : NAN}, "after the last row comes the first"},
                               {(double[]){k < 4 ? want[4] : NAN}, "only the next `others` rows are the others"},
                               {(double[]){k > 0 ? want[k - 1] : NAN}, "`others` rows, to the last of them"}, {0}});
}
END_TEST

START_TEST(acc_many)
{
    Run got = student("acc_many");
    expect_shares(&got, "exact", .9, NULL);
    expect(value(&got, "right"), (double[]){.9}, 1, 1, 1e-5, 1e-6, 0, NULL);
    expect_shares(&got, "precision", 1, (Slip[]){{(double[]){.9}, "captions that say the same do not count: here all do"}, {(double[]){0}, "captions that say the same do not count: here all do"}, {0}});
}
END_TEST

AS_REFERENCE(acc_sizes, 1e-5, 1e-6)

/* ---- all together ---- */

START_TEST(round_trip)
{
    Run got = student("round_trip");
    double lost = value(&got, "lost").a[0];
    expect_that(lost == 0, "of 200 captions %g were another caption after tokenize_caption, and back\nhint: every word must keep its place and its number", lost);
}
END_TEST

START_TEST(learns)
{
    Run got = student("learns");
    double first = value(&got, "first").a[0], last = value(&got, "last").a[0];
    expect_that(last < .3 * first, "D was to learn which of two words fits: its loss went from %.3g to %.3g, want less than a third\nhint: does the wrong caption reach D, and its gradient the words?", first,
                last);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("14_text_to_image");
    TCase *t = exercise(s, "tokenize_caption");
    tcase_add_test(t, tok_plain), tcase_add_test(t, tok_between), tcase_add_test(t, tok_capitals), tcase_add_test(t, tok_unknown);
    tcase_add_test(t, tok_many), tcase_add_test(t, tok_sizes);
    t = exercise(s, "encode_caption");
    tcase_add_test(t, bag_by_hand), tcase_add_test(t, bag_sizes);
    t = exercise(s, "matching_aware_loss");
    tcase_add_test(t, match_zero), tcase_add_test(t, match_random), tcase_add_test(t, match_unaware), tcase_add_test(t, match_told), tcase_add_test(t, match_sizes);
    t = exercise(s, "interp_captions");
    tcase_add_test(t, way_by_hand), tcase_add_test(t, way_ends), tcase_add_test(t, way_sizes);
    t = exercise(s, "caption_match");
    tcase_add_test(t, acc_by_hand), tcase_add_test(t, acc_ties), tcase_add_test(t, acc_follow), tcase_add_test(t, acc_many), tcase_add_test(t, acc_sizes);
    t = exercise(s, "together");
    tcase_add_test(t, round_trip), tcase_add_test(t, learns);
    return judge_main(s);
}
