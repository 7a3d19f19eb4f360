/* sprite.c: pictures drawn by code, whose attributes are known: what there is, how it is called, how it is drawn.
 * sprite_read.c measures them from pixels alone.
 *
 * A sprite is seven attributes: shape, colour, size, position, rotation, texture, background. What a picture shows
 * beside them (a little shift, turn, scale and shade) comes from the generator of random numbers and has no name.
 */
#include "sprite_shape.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- words ---- */

static const char *const words[SPRITE_ATTRIBUTES][MOST_VALUES + 1] = {
    {"disc", "square", "triangle", "star", "ring", "cross"},
    {"red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink"},
    {"small", "medium", "large"},
    {"centre", "left", "right", "top", "bottom"},
    {"upright", "turned"},
    {"solid", "striped", "dotted"},
    {"white", "grey", "black", "blue"},
};
static const char *const attribute_names[SPRITE_ATTRIBUTES] = {"shape",    "colour",  "size",      "position",
                                                               "rotation", "texture", "background"};

const char *sprite_attribute(int attribute) { return attribute_names[attribute]; }

int sprite_values(int attribute)
{
    int n = 0;
    while (n < MOST_VALUES && words[attribute][n]) n++;
    return n;
}

const char *sprite_word(int attribute, int value)
{
    return value == SPRITE_UNCLEAR ? "unclear" : words[attribute][value];
}

Sprite sprite_random(Rng *rng)
{
    Sprite s;
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) s.value[k] = rng_below(rng, sprite_values(k));
    if (is_round(s.value[SPRITE_SHAPE])) s.value[SPRITE_ROTATION] = 0;
    return s;
}

/* One colour of each shape, and one texture of some colours, are never trained on. */
static const struct {
    int a, a_value, b, b_value;
} kept_out[] = {
    {SPRITE_SHAPE, 0, SPRITE_COLOUR, 6},   {SPRITE_SHAPE, 1, SPRITE_COLOUR, 4},   {SPRITE_SHAPE, 2, SPRITE_COLOUR, 1},
    {SPRITE_SHAPE, 3, SPRITE_COLOUR, 5},   {SPRITE_SHAPE, 4, SPRITE_COLOUR, 0},   {SPRITE_SHAPE, 5, SPRITE_COLOUR, 3},
    {SPRITE_COLOUR, 2, SPRITE_TEXTURE, 1}, {SPRITE_COLOUR, 7, SPRITE_TEXTURE, 2},
};

bool sprite_held_out(Sprite s)
{
    for (int i = 0; i < (int)(sizeof kept_out / sizeof *kept_out); i++)
        if (s.value[kept_out[i].a] == kept_out[i].a_value && s.value[kept_out[i].b] == kept_out[i].b_value) return true;
    return false;
}

Sprite sprite_among(bool held_out, Rng *rng)
{
    Sprite s = sprite_random(rng);
    while (sprite_held_out(s) != held_out) s = sprite_random(rng);
    return s;
}

const int sprite_plain_attribute[SPRITE_PLAIN] = {SPRITE_SHAPE, SPRITE_COLOUR, SPRITE_SIZE, SPRITE_POSITION,
                                                  SPRITE_BACKGROUND};

Sprite sprite_plain(bool held_out, Rng *rng)
{
    Sprite s;
    do {
        s = sprite_random(rng);
        s.value[SPRITE_ROTATION] = 0;
        s.value[SPRITE_TEXTURE] = 0;
    } while (sprite_held_out(s) != held_out);
    return s;
}

Sprite sprite_misdescribed(Sprite s, Rng *rng)
{
    Sprite wrong = s;
    while (!memcmp(&wrong, &s, sizeof s) || sprite_held_out(wrong)) {
        int k = sprite_plain_attribute[rng_below(rng, SPRITE_PLAIN)];
        wrong = s;
        wrong.value[k] = rng_below(rng, sprite_values(k));
    }
    return wrong;
}

/* ---- captions: a [turned] SIZE COLOUR [TEXTURE] SHAPE on a BACKGROUND background[, PLACE] ---- */

static const char *const places[] = {"", ", at the left", ", at the right", ", at the top", ", at the bottom"};

void sprite_caption(Sprite s, char caption[SPRITE_CAPTION])
{
    const int *v = s.value;
    const char *first = v[SPRITE_ROTATION] ? "turned" : sprite_word(SPRITE_SIZE, v[SPRITE_SIZE]);
    snprintf(caption, SPRITE_CAPTION, "a %s%s%s %s %s%s%s on a %s background%s", first, v[SPRITE_ROTATION] ? " " : "",
             v[SPRITE_ROTATION] ? sprite_word(SPRITE_SIZE, v[SPRITE_SIZE]) : "",
             sprite_word(SPRITE_COLOUR, v[SPRITE_COLOUR]),
             v[SPRITE_TEXTURE] ? sprite_word(SPRITE_TEXTURE, v[SPRITE_TEXTURE]) : "", v[SPRITE_TEXTURE] ? " " : "",
             sprite_word(SPRITE_SHAPE, v[SPRITE_SHAPE]), sprite_word(SPRITE_BACKGROUND, v[SPRITE_BACKGROUND]),
             places[v[SPRITE_POSITION]]);
}

/* Splits a caption into lower-case words at blanks and commas. */
enum { CAPTION_WORDS = 24, WORD = 24 };
typedef struct {
    char word[CAPTION_WORDS][WORD];
    int n, at;
} Words;

static bool split(const char *caption, Words *w)
{
    *w = (Words){0};
    while (*caption) {
        size_t skip = strspn(caption, " ,\t\n"), length = strcspn(caption + skip, " ,\t\n");
        caption += skip;
        if (!length) break;
        if (w->n == CAPTION_WORDS || length >= WORD) return false;
        for (size_t i = 0; i < length; i++) w->word[w->n][i] = (char)tolower((unsigned char)caption[i]);
        w->n++;
        caption += length;
    }
    return true;
}

static const char *next(const Words *w) { return w->at < w->n ? w->word[w->at] : ""; }

static bool take(Words *w, const char *word)
{
    bool same = !strcmp(next(w), word);
    w->at += same;
    return same;
}

/* The value of the attribute that the next word names, taken; -1 if it names none. */
static int take_value(Words *w, int attribute)
{
    for (int v = 0; v < sprite_values(attribute); v++)
        if (take(w, words[attribute][v])) return v;
    return -1;
}

static bool wants(const Words *w, int attribute, char *why, size_t size)
{
    int used = snprintf(why, size, "'%s' stands where a %s belongs\n  hint: %ss are", *next(w) ? next(w) : "the end",
                        attribute_names[attribute], attribute_names[attribute]);
    for (int v = 0; v < sprite_values(attribute) && (size_t)used < size; v++)
        used += snprintf(why + used, size - (size_t)used, " %s", words[attribute][v]);
    return false;
}

/* Takes a value that must be there, or says which there are. */
static bool must_have(Words *w, int attribute, int *value, char *why, size_t size)
{
    *value = take_value(w, attribute);
    return *value >= 0 || wants(w, attribute, why, size);
}

static bool wants_word(const Words *w, const char *word, char *why, size_t size)
{
    snprintf(why, size,
             "'%s' stands where '%s' belongs\n  hint: a small red striped star on a blue background, at the left",
             *next(w) ? next(w) : "the end", word);
    return false;
}

bool sprite_from_caption(const char *caption, Sprite *s, char *why, size_t size)
{
    Words w;
    int *v = s->value;
    *s = (Sprite){0};
    if (!split(caption, &w)) {
        snprintf(why, size,
                 "the caption is too long\n  hint: a small red striped star on a blue background, at the left");
        return false;
    }
    if (!take(&w, "a") && !take(&w, "an")) return wants_word(&w, "a", why, size);
    v[SPRITE_ROTATION] = take(&w, "turned");
    if (!must_have(&w, SPRITE_SIZE, &v[SPRITE_SIZE], why, size)) return false;
    if (!must_have(&w, SPRITE_COLOUR, &v[SPRITE_COLOUR], why, size)) return false;
    v[SPRITE_TEXTURE] = take_value(&w, SPRITE_TEXTURE);
    if (v[SPRITE_TEXTURE] < 0) v[SPRITE_TEXTURE] = 0;
    if (!must_have(&w, SPRITE_SHAPE, &v[SPRITE_SHAPE], why, size)) return false;
    if (!take(&w, "on")) return wants_word(&w, "on", why, size);
    if (!take(&w, "a")) return wants_word(&w, "a", why, size);
    if (!must_have(&w, SPRITE_BACKGROUND, &v[SPRITE_BACKGROUND], why, size)) return false;
    if (!take(&w, "background")) return wants_word(&w, "background", why, size);
    if (take(&w, "at")) {
        if (!take(&w, "the")) return wants_word(&w, "the", why, size);
        if (!must_have(&w, SPRITE_POSITION, &v[SPRITE_POSITION], why, size)) return false;
    }
    if (w.at < w.n) return wants_word(&w, "the end", why, size);
    if (v[SPRITE_ROTATION] && is_round(v[SPRITE_SHAPE])) {
        snprintf(why, size, "a turned %s looks like any other %s\n  hint: leave 'turned' out",
                 next(&(Words){.word = {"round shape"}, .n = 1}), words[SPRITE_SHAPE][v[SPRITE_SHAPE]]);
        return false;
    }
    return true;
}

/* ---- drawing ---- */

void sprite_ink(int colour, float rgb[3]) { memcpy(rgb, colours[colour], sizeof colours[0]); }
void sprite_paper(int background, float rgb[3]) { memcpy(rgb, backgrounds[background], sizeof backgrounds[0]); }

static float somewhat(float by, Rng *rng) { return by * (2 * rng_uniform(rng) - 1); }

static Place place_of(Sprite s, Rng *rng)
{
    const float *offset = offsets[s.value[SPRITE_POSITION]];
    Place p = {.x = .5f + offset[0], .y = .5f + offset[1], .radius = radii[s.value[SPRITE_SIZE]], .shade = 1};
    p.angle = s.value[SPRITE_ROTATION] ? half_period[s.value[SPRITE_SHAPE]] : 0;
    if (!rng) return p;
    p.x += somewhat(.025f, rng);
    p.y += somewhat(.025f, rng);
    p.radius *= 1 + somewhat(.06f, rng);
    p.angle += somewhat(.12f, rng);
    p.shade += somewhat(.06f, rng);
    return p;
}

/* Draws into rgb (side,side,3); label, if there is one, gets 0 for the background and 1 + shape elsewhere. */
static void draw(Sprite s, Place p, int side, float *rgb, uint8_t *label)
{
    float c = cosf(p.angle), t = sinf(p.angle), scale = (float)side;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            float x = ((float)j + .5f) / scale - p.x, y = ((float)i + .5f) / scale - p.y;
            float u = (c * x + t * y) / p.radius, v = (c * y - t * x) / p.radius;
            float inside = covered(shape_distance(s.value[SPRITE_SHAPE], u, v) * p.radius * scale);
            paint(s, inside, p.shade * tone_at(s.value[SPRITE_TEXTURE], x, y, scale), rgb + 3 * (i * side + j));
            if (label) label[i * side + j] = (uint8_t)(inside >= .5f ? 1 + s.value[SPRITE_SHAPE] : 0);
        }
}

void sprite_draw(Sprite s, int side, Rng *rng, float *rgb, uint8_t *label)
{
    draw(s, place_of(s, rng), side, rgb, label);
}
