/* Cases of lab 14: inputs and calls, no expected values. */
#include "14_text_to_image.h"
#include "driver.h"

#include <stdio.h>
#include <string.h>

enum { MANY_SAMPLES = 40, MANY_NUMBERS = 64 };

static const Vocabulary small = {.n = 6, .word = {"a", "red", "ring", "on", "blue", "redder"}};

/* ---- 1. tokenize_caption ---- */

/* Tokens as a row: n, where the unknown word begins or -1, the numbers. */
static void tokens(const char *name, const char *caption, const Vocabulary *v)
{
    char before[256];
    snprintf(before, sizeof before, "%s", caption);
    Tokens t = tokenize_caption(caption, v);
    Mat r = room(1, 2 + CAPTION_LENGTH);
    mat_fill(r, -7);
    r.a[0] = (float)t.n;
    r.a[1] = t.unknown ? (float)(t.unknown - caption) : -1;
    for (int i = 0; i < t.n && i < CAPTION_LENGTH; i++) r.a[2 + i] = (float)t.token[i];
    result(name, r);
    if (strcmp(before, caption)) result_value("changed", 1);
}

static void tok_plain(Rng *rng, Arena *mem)
{
    tokens("plain", "a red ring", &small);
    tokens("twice", "a blue ring on a blue", &small);
}

/* blanks and commas, many of them */
static void tok_between(Rng *rng, Arena *mem)
{
    tokens("blanks", "  a   red,ring ,, on  ", &small);
    tokens("nothing", "", &small);
    tokens("commas", " , ,", &small);
}

static void tok_capitals(Rng *rng, Arena *mem) { tokens("capitals", "A Red RING", &small); }

/* beginnings and continuations of known words are unknown */
static void tok_unknown(Rng *rng, Arena *mem)
{
    tokens("unknown", "a green ring", &small);
    tokens("first", "xyzzy a red", &small);
    tokens("longer", "a reddest ring", &small);
    tokens("shorter", "a re ring", &small);
    tokens("known", "a redder red", &small);
    tokens("stop", "a red.", &small);
}

/* sixteen words, and seventeen */
static void tok_many(Rng *rng, Arena *mem)
{
    tokens("full", "a a a a a a a a a a a a a a a red", &small);
    tokens("over", "a a a a a a a a a a a a a a a red ring", &small);
}

/* Any captions of the sprites' grammar, by another vocabulary each time. */
static void tok_sizes(Rng *rng, Arena *mem)
{
    static const char *const word[] = {"a",        "on",     "background", "at",     "the",     "disc",   "square",
                                       "triangle", "star",   "ring",       "cross",  "red",     "orange", "yellow",
                                       "green",    "cyan",   "blue",       "purple", "pink",    "small",  "medium",
                                       "large",    "left",   "right",      "top",    "bottom",  "white",  "grey",
                                       "black",    "turned", "striped",    "dotted", "upright", "solid",  "centre"};
    Vocabulary v = {.n = LENGTH(word)};
    int order[LENGTH(word)];
    for (int i = 0; i < v.n; i++) order[i] = i;
    rng_shuffle(rng, order, v.n);
    for (int i = 0; i < v.n; i++) v.word[i] = word[order[i]];
    for (int turn = 0; turn < 8; turn++) {
        char caption[SPRITE_CAPTION];
        sprite_caption(sprite_random(rng), caption);
        tokens(name_of(mem, "caption%d", turn), caption, &v);
        Vocabulary fewer = v;
        fewer.n = size_in(1, v.n, rng);
        tokens(name_of(mem, "fewer%d", turn), caption, &fewer);
    }
}

/* ---- 2. encode_caption ---- */

static void bag_by_hand(Rng *rng, Arena *mem)
{
    Net text = linear_net("text", 4, 2, 1, rng, mem);
    mat_set(text.layer[0].w.v, ROWS(4, 2, 1, 10, 2, 20, 3, 30, 4, 40));
    Tokens t[] = {{.n = 3, .token = {0, 2, 2}}, {.n = 0}, {.n = 3, .token = {3, 1, 1}}};
    Trace tr = trace(mem, TRAIN);
    result("e", encode_caption(&text, t, 3, &tr, mem));
    net_zero_grad(&text);
    net_backward(&text, ROWS(3, 2, 1, 0, 0, 1, 1, 1), &tr, WRT_PARAMS);
    result("dW", text.layer[0].w.g);
}

static void bag_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, words, VOCABULARY, e, MANY_NUMBERS) {
        Net text = random_net("text", words, e, rng, mem);
        Tokens *t = arena_alloc(mem, (size_t)n * sizeof *t);
        for (int i = 0; i < n; i++) {
            t[i] = (Tokens){.n = rng_below(rng, CAPTION_LENGTH + 1)};
            for (int k = 0; k < t[i].n; k++) t[i].token[k] = rng_below(rng, words);
        }
        Trace tr = trace(mem, TRAIN);
        result(name_of(mem, "e%d", turn), encode_caption(&text, t, n, &tr, mem));
    }
}

/* ---- 3. matching_aware_loss ---- */

static PairD linear_d(int pixels, int channels, int e, float sd, Rng *rng, Arena *mem)
{
    PairD D = {.pixels = pixels};
    D.pair = linear_net("pair", pixels * (channels + e), e + 1, sd, rng, mem);
    return D;
}

static void loss_of(PairD *D, Mat real, Mat fake, Mat right, Mat wrong, float share, Arena *mem)
{
    result("W", mat_copy(mem, D->pair.layer[0].w.v));
    MatchingLoss l = matching_aware_loss(D, given("real", real), given("fake", fake), given("right", right),
                                         given("wrong", wrong), share, mem);
    result_value("loss", (double)l.value);
    result("dreal", l.dreal);
    result("dfake", l.dfake);
    result("dright", l.dright);
    result("dwrong", l.dwrong);
    result("dW", D->pair.layer[0].w.g);
    result("W_after", D->pair.layer[0].w.v);
}

/* D knows nothing yet: each question costs ln 2 */
static void match_zero(Rng *rng, Arena *mem)
{
    PairD D = linear_d(1, 2, 2, 0, rng, mem);
    loss_of(&D, ROWS(2, 2, 1, 2, 3, 4), ROWS(2, 2, 0, 1, 5, 0), ROWS(2, 2, 1, 0, 0, 1), ROWS(2, 2, 0, 1, 1, 0), .25f,
            mem);
}

static void match_of(float share, Rng *rng, Arena *mem)
{
    PairD D = linear_d(2, 2, 3, .3f, rng, mem);
    Mat real = random_mat(3, 4, 1, rng, mem), fake = random_mat(3, 4, 1, rng, mem);
    Mat right = random_mat(3, 3, 1, rng, mem), wrong = random_mat(3, 3, 1, rng, mem);
    loss_of(&D, real, fake, right, wrong, share, mem);
}

static void match_random(Rng *rng, Arena *mem) { match_of(.3f, rng, mem); }
static void match_unaware(Rng *rng, Arena *mem) { match_of(0, rng, mem); }

static void match_told(Rng *rng, Arena *mem)
{
    PairD D = {.pixels = 1, .pair = net_new("pair", (Shape){1, 1, 2}, mem)};
    net_witness(&D.pair);
    net_linear(&D.pair, 2, .7f, rng);
    Mat real = ROWS(2, 1, 1, 2), fake = ROWS(2, 1, 3, 4), right = ROWS(2, 1, 5, 6), wrong = ROWS(2, 1, 7, 8);
    MatchingLoss l = matching_aware_loss(&D, real, fake, right, wrong, .5f, mem);
    result_value("loss", (double)l.value);
    result_value("calls", witness_calls());
}

static void match_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, e, MANY_NUMBERS) {
        int pixels = size_in(1, 4, rng), c = size_in(1, 5, rng);
        PairD D = {.pair = random_net("pair", pixels * (c + e), e + 1, rng, mem), .pixels = pixels};
        Mat real = untold("real", random_mat(n, pixels * c, 1, rng, mem)),
            fake = untold("fake", random_mat(n, pixels * c, 1, rng, mem));
        Mat right = untold("right", random_mat(n, e, 1, rng, mem)),
            wrong = untold("wrong", random_mat(n, e, 1, rng, mem));
        MatchingLoss l = matching_aware_loss(&D, real, fake, right, wrong, rng_uniform(rng), mem);
        result_value(name_of(mem, "loss%d", turn), (double)l.value);
        result(name_of(mem, "dreal%d", turn), l.dreal);
        result(name_of(mem, "dfake%d", turn), l.dfake);
        result(name_of(mem, "dright%d", turn), l.dright);
        result(name_of(mem, "dwrong%d", turn), l.dwrong);
        result(name_of(mem, "dW%d", turn), D.pair.layer[0].w.g);
    }
}

/* ---- 4. interp_captions ---- */

static void way_by_hand(Rng *rng, Arena *mem)
{
    result("e", interp_captions(given("a", ROWS(1, 2, 0, 8)), given("b", ROWS(1, 2, 4, -8)), 5, mem));
}

/* to the last bit, also where a and b differ in size */
static void way_ends(Rng *rng, Arena *mem)
{
    Mat a = given("a", ROWS(1, 3, 1e6f, .1f, -3)), b = given("b", ROWS(1, 3, 1e-6f, .7f, 1e5f));
    result("two", interp_captions(a, b, 2, mem));
    result("seven", interp_captions(a, b, 7, mem));
}

static void way_sizes(Rng *rng, Arena *mem)
{
    for (int turn = 0; turn < 4; turn++) {
        int steps = 1 + turn_size(turn, 0, 16, rng), e = turn_size(turn, 1, MANY_NUMBERS, rng);
        Mat a = untold("a", random_mat(1, e, 1, rng, mem)), b = untold("b", random_mat(1, e, 1, rng, mem));
        result(name_of(mem, "e%d", turn), interp_captions(a, b, steps, mem));
    }
}

/* ---- 5. caption_match ---- */

static void match(const char *turn, Mat seen, Mat asked, int others, Arena *mem)
{
    Match m = caption_match(seen, asked, others, mem);
    result_value(name_of(mem, "exact%s", turn), (double)m.exact);
    result_value(name_of(mem, "precision%s", turn), (double)m.precision);
    result(name_of(mem, "right%s", turn), m.right);
}

/* right; one wrong; unclear; right */
static void acc_by_hand(Rng *rng, Arena *mem)
{
    Mat seen = given("seen", ROWS(4, 3, 0, 1, 2, 1, 1, 0, -1, -1, -1, 2, 2, 2));
    match("", seen, given("asked", ROWS(4, 3, 0, 1, 2, 1, 0, 0, 2, 0, 1, 2, 2, 2)), 3, mem);
}

/* half of it fits another caption as well; and one that says the same */
static void acc_ties(Rng *rng, Arena *mem)
{
    Mat seen = given("seen", ROWS(3, 2, 0, 1, 5, 5, 0, 0));
    match("", seen, given("asked", ROWS(3, 2, 0, 0, 5, 5, 0, 0)), 2, mem);
    match("tied", given("seen2", ROWS(3, 2, 0, 1, 5, 5, 1, 1)), given("asked2", ROWS(3, 2, 0, 0, 5, 5, 1, 1)), 2, mem);
}

/* which captions are the others: those that follow, once around */
static void acc_follow(Rng *rng, Arena *mem)
{
    Mat asked = given("asked", ROWS(5, 2, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4));
    Mat seen = given("seen", ROWS(5, 2, 0, 2, 1, 0, 2, 3, 3, 1, 4, 4));
    for (int others = 0; others < 5; others++) match(name_of(mem, "%d", others), seen, asked, others, mem);
}

/* 1e5 pictures of one attribute, a tenth of them wrong */
static void acc_many(Rng *rng, Arena *mem)
{
    enum { MANY = 100000 };
    Mat asked = untold("asked", mat_zeros(mem, MANY, 1)), seen = mat_zeros(mem, MANY, 1);
    for (int i = 0; i < MANY; i += 10) seen.a[i] = -1;
    match("", untold("seen", seen), asked, 1, mem);
}

static void acc_sizes(Rng *rng, Arena *mem)
{
    SIZES(n, MANY_SAMPLES, a, 7) {
        Mat seen = mat_new(mem, n, a), asked = mat_new(mem, n, a);
        for (size_t i = 0; i < mat_size(seen); i++) {
            asked.a[i] = (float)rng_below(rng, 3);
            int wrong = rng_below(rng, 4);
            seen.a[i] = wrong == 0 ? -1 : asked.a[i];
            if (wrong == 1) seen.a[i] = (float)rng_below(rng, 3);
        }
        match(name_of(mem, "%d", turn), untold("seen", seen), untold("asked", asked), rng_below(rng, n), mem);
    }
}

/* ---- all together ---- */

/* Every caption of the grammar is understood: its bag tells the sprite, but for one word that is two things. */
static void round_trip(Rng *rng, Arena *mem)
{
    Vocabulary v = {.n = 0};
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++)
        for (int i = 0; i < sprite_values(k); i++) {
            bool known = false;
            for (int j = 0; j < v.n; j++) known |= !strcmp(v.word[j], sprite_word(k, i));
            if (!known) v.word[v.n++] = sprite_word(k, i);
        }
    static const char *const between[] = {"a", "on", "background", "at", "the"};
    for (int k = 0; k < LENGTH(between); k++) v.word[v.n++] = between[k];
    int lost = 0;
    for (int turn = 0; turn < 200; turn++) {
        Sprite s = sprite_random(rng), back;
        char caption[SPRITE_CAPTION], again[SPRITE_CAPTION] = "", why[256];
        sprite_caption(s, caption);
        Tokens t = tokenize_caption(caption, &v);
        for (int i = 0; i < t.n; i++) {
            size_t used = strlen(again);
            snprintf(again + used, sizeof again - used, "%s ", v.word[t.token[i]]);
        }
        lost += t.unknown || !sprite_from_caption(again, &back, why, sizeof why) || memcmp(&s, &back, sizeof s);
    }
    result_value("lost", lost);
}

/* Two words, two numbers: does D come to know which belongs to which? */
static void learns(Rng *rng, Arena *mem)
{
    static const Vocabulary two = {.n = 2, .word = {"low", "high"}};
    enum { B = 16, E = 4, STEPS = 300 };
    Net text = net_new("text", (Shape){1, 1, 2}, mem);
    net_dense(&text, E, rng);
    net_tanh(&text);
    PairD D = {.pixels = 1, .pair = net_new("pair", (Shape){1, 1, 1 + E}, mem)};
    net_dense(&D.pair, 8, rng);
    net_lrelu(&D.pair, .2f);
    net_dense(&D.pair, E + 1, rng);
    Adam opt_d = {.lr = .01f, .beta1 = .5f, .beta2 = .99f, .eps = 1e-8f}, opt_t = opt_d;
    size_t mark = mem->used;
    double first = 0, last = 0;
    for (int step = 0; step < STEPS; step++) {
        arena_rewind(mem, mark);
        Tokens right[B], wrong[B];
        Mat real = mat_new(mem, B, 1), fake = random_mat(B, 1, .2f, rng, mem);
        for (int i = 0; i < B; i++) {
            int high = rng_below(rng, 2);
            real.a[i] = high ? 1 : -1;
            right[i] = tokenize_caption(high ? "high" : "low", &two);
            wrong[i] = tokenize_caption(high ? "low" : "high", &two);
        }
        Trace tr = trace(mem, TRAIN), tw = trace(mem, TRAIN);
        Mat e = encode_caption(&text, right, B, &tr, mem), other = encode_caption(&text, wrong, B, &tw, mem);
        net_zero_grad(&text);
        net_zero_grad(&D.pair);
        MatchingLoss l = matching_aware_loss(&D, real, fake, e, other, .5f, mem);
        net_backward(&text, l.dright, &tr, WRT_PARAMS);
        net_backward(&text, l.dwrong, &tw, WRT_PARAMS);
        adam_step(&D.pair, &opt_d);
        adam_step(&text, &opt_t);
        if (step < 10) first += (double)l.value / 10;
        if (step >= STEPS - 10) last += (double)l.value / 10;
    }
    result_value("first", first);
    result_value("last", last);
}

#define CASE(name) \
    { \
#name, name \
    }
const Case cases[] = {
    CASE(tok_plain),   CASE(tok_between), CASE(tok_capitals), CASE(tok_unknown),  CASE(tok_many),      CASE(tok_sizes),
    CASE(bag_by_hand), CASE(bag_sizes),   CASE(match_zero),   CASE(match_random), CASE(match_unaware), CASE(match_told),
    CASE(match_sizes), CASE(way_by_hand), CASE(way_ends),     CASE(way_sizes),    CASE(acc_by_hand),   CASE(acc_ties),
    CASE(acc_follow),  CASE(acc_many),    CASE(acc_sizes),    CASE(round_trip),   CASE(learns),        {0},
};
