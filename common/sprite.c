/* sprite.c: pictures drawn by code, whose attributes are known and can be read back from the pixels alone.
 *
 * A sprite is seven attributes: shape, colour, size, position, rotation, texture, background. What a picture shows
 * beside them (a little shift, turn, scale and shade) comes from the generator of random numbers and has no name.
 * Lengths are fractions of the picture's side until they are drawn; y points down.
 */
#include "gen.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float pi = 3.14159265f;

/* ---- words ---- */

enum { MOST_VALUES = 8 };
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

/* A disc and a ring look the same however they are turned, so they are upright. */
static bool is_round(int shape) { return shape == 0 || shape == 4; }

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
} held_out[] = {
    {SPRITE_SHAPE, 0, SPRITE_COLOUR, 6},   {SPRITE_SHAPE, 1, SPRITE_COLOUR, 4},   {SPRITE_SHAPE, 2, SPRITE_COLOUR, 1},
    {SPRITE_SHAPE, 3, SPRITE_COLOUR, 5},   {SPRITE_SHAPE, 4, SPRITE_COLOUR, 0},   {SPRITE_SHAPE, 5, SPRITE_COLOUR, 3},
    {SPRITE_COLOUR, 2, SPRITE_TEXTURE, 1}, {SPRITE_COLOUR, 7, SPRITE_TEXTURE, 2},
};

bool sprite_held_out(Sprite s)
{
    for (int i = 0; i < (int)(sizeof held_out / sizeof *held_out); i++)
        if (s.value[held_out[i].a] == held_out[i].a_value && s.value[held_out[i].b] == held_out[i].b_value) return true;
    return false;
}

Sprite sprite_trained(Rng *rng)
{
    Sprite s = sprite_random(rng);
    while (sprite_held_out(s)) s = sprite_random(rng);
    return s;
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

/* ---- shapes: signed distances to their edges, negative inside, in units of the radius ---- */

static float largest(float a, float b) { return a > b ? a : b; }

static float box_distance(float x, float y, float w, float h) { return largest(fabsf(x) - w, fabsf(y) - h); }

static float triangle_distance(float x, float y) /* corners at radius 1.1, one of them at the top */
{
    return largest(y, .8660254f * fabsf(x) - .5f * y) - .55f;
}

/* Five tips at radius 1.1, five notches at .5. Mirrored at the lines between tips until the nearest tip is the top
 * one. */
static float star_distance(float x, float y)
{
    const float c = .80901699f, t = .58778525f; /* of a tenth of a turn */
    const float tip = 1.1f, notch_x = .5f * t, notch_y = .5f * c, length = .755037f;
    y = -y;
    x = fabsf(x);
    float over = largest(0, c * x - t * y);
    x -= 2 * over * c;
    y += 2 * over * t;
    over = largest(0, -c * x - t * y);
    x += 2 * over * c;
    y += 2 * over * t;
    x = fabsf(x);
    return (x * (tip - notch_y) + (y - tip) * notch_x) / length; /* of the line from tip to notch */
}

static float shape_distance(int shape, float x, float y)
{
    switch (shape) {
    case 0: return sqrtf(x * x + y * y) - .9f;
    case 1: return box_distance(x, y, .8f, .8f);
    case 2: return triangle_distance(x, y);
    case 3: return star_distance(x, y);
    case 4: return fabsf(sqrtf(x * x + y * y) - .72f) - .26f;
    default: return fminf(box_distance(x, y, .34f, .98f), box_distance(x, y, .98f, .34f));
    }
}

/* How far a turned one is turned: half of the angle after which it looks the same. */
static const float half_period[] = {0, pi / 4, pi, pi / 5, 0, pi / 4};

/* ---- drawing ---- */

static const float colours[][3] = {
    {.86f, .16f, .16f}, {.96f, .55f, .10f}, {.95f, .85f, .15f}, {.20f, .65f, .25f},
    {.15f, .75f, .75f}, {.16f, .30f, .85f}, {.52f, .20f, .70f}, {.96f, .45f, .70f},
};
static const float backgrounds[][3] = {{.97f, .97f, .97f}, {.60f, .60f, .60f}, {.08f, .08f, .08f}, {.70f, .84f, .95f}};

void sprite_ink(int colour, float rgb[3]) { memcpy(rgb, colours[colour], sizeof colours[0]); }
void sprite_paper(int background, float rgb[3]) { memcpy(rgb, backgrounds[background], sizeof backgrounds[0]); }

static const float dark = .5f; /* of the second tone of a texture */
static const float radii[] = {.165f, .22f, .285f};
static const float offsets[][2] = {{0, 0}, {-.16f, 0}, {.16f, 0}, {0, -.16f}, {0, .16f}};
static const float stripe = .17f, lattice = .19f; /* periods */

/* Where and how exactly a sprite is drawn. */
typedef struct {
    float x, y, radius, angle, shade;
} Place;

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

static float covered(float pixels) { return fminf(1, fmaxf(0, .5f - pixels)); } /* share of a pixel at that distance */

/* The share of the dark tone at a point, from the shape's middle. */
static float texture_at(int texture, float x, float y, float side)
{
    if (texture == 1) {
        float t = y / stripe, from_line = fabsf(t - roundf(t));
        return covered((from_line - .25f) * stripe * side);
    }
    if (texture == 2) {
        float line = roundf(y / lattice), across = x / lattice + (fmodf(fabsf(line), 2) == 1 ? .5f : 0);
        float dx = (across - roundf(across)) * lattice, dy = y - line * lattice;
        return covered((sqrtf(dx * dx + dy * dy) - .3f * lattice) * side);
    }
    return 0;
}

static float tone_at(int texture, float x, float y, float side)
{
    return 1 - (1 - dark) * texture_at(texture, x, y, side);
}

static void paint(Sprite s, float inside, float tone, float pixel[3])
{
    const float *ink = colours[s.value[SPRITE_COLOUR]], *paper = backgrounds[s.value[SPRITE_BACKGROUND]];
    for (int k = 0; k < 3; k++) pixel[k] = paper[k] + inside * (fminf(1, tone * ink[k]) - paper[k]);
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

/* ---- reading: what is it that, drawn again, looks most like the picture? ---- */

enum { MOST_SIDE = 64 };

static float squares(const float *a, const float *b, int n)
{
    float sum = 0;
    for (int i = 0; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

/* The mean colour of the picture's outermost pixels, which no shape reaches far into. */
static int read_background(const float *rgb, int side)
{
    float mean[3] = {0}, nearest = 1e9f;
    int n = 0, found = 0;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            bool corner = (i < side / 8 || i >= side - side / 8) && (j < side / 8 || j >= side - side / 8);
            for (int k = 0; k < 3 && corner; k++) mean[k] += rgb[3 * (i * side + j) + k];
            n += corner;
        }
    for (int k = 0; k < 3; k++) mean[k] /= (float)n;
    for (int b = 0; b < sprite_values(SPRITE_BACKGROUND); b++) {
        float d = squares(mean, backgrounds[b], 3);
        if (d >= nearest) continue;
        nearest = d;
        found = b;
    }
    return nearest < .03f ? found : SPRITE_UNCLEAR;
}

/* Every pixel that is clearly not background votes for the colour of which it is most nearly a shade. */
static int read_colour(const float *rgb, int side, const float *paper)
{
    float votes[MOST_VALUES] = {0}, furthest = 0;
    for (int i = 0; i < side * side; i++) furthest = fmaxf(furthest, squares(rgb + 3 * i, paper, 3));
    if (furthest < .02f) return SPRITE_UNCLEAR;
    for (int i = 0; i < side * side; i++) {
        const float *p = rgb + 3 * i;
        float weight = squares(p, paper, 3);
        if (weight < .3f * furthest) continue;
        for (int c = 0; c < sprite_values(SPRITE_COLOUR); c++) {
            float along = p[0] * colours[c][0] + p[1] * colours[c][1] + p[2] * colours[c][2];
            float shade = fminf(1.1f, fmaxf(.45f, along / squares(colours[c], (float[3]){0}, 3)));
            float there[3] = {fminf(1, shade * colours[c][0]), fminf(1, shade * colours[c][1]),
                              fminf(1, shade * colours[c][2])};
            votes[c] -= weight * fminf(squares(p, there, 3), .1f);
        }
    }
    int best = 0;
    for (int c = 1; c < sprite_values(SPRITE_COLOUR); c++)
        if (votes[c] > votes[best]) best = c;
    return best;
}

/* Middle and area of what is not background. */
typedef struct {
    float x, y, area;
} Blot;

static Blot blot(const float *rgb, int side, const float *paper, const float *ink)
{
    float second[3] = {dark * ink[0], dark * ink[1], dark * ink[2]};
    float contrast = sqrtf(fminf(squares(ink, paper, 3), squares(second, paper, 3)));
    Blot b = {0};
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            float m = fminf(1, sqrtf(squares(rgb + 3 * (i * side + j), paper, 3)) / contrast);
            if (m < .3f) continue;
            b.area += m;
            b.x += m * ((float)j + .5f);
            b.y += m * ((float)i + .5f);
        }
    if (b.area > 0) {
        b.x /= b.area * (float)side;
        b.y /= b.area * (float)side;
    }
    b.area /= (float)(side * side);
    return b;
}

/* The area of a shape of radius 1. */
static const float areas[] = {2.545f, 2.56f, 1.572f, 1.616f, 2.352f, 2.203f};

/* A picture that is read: rgb, and how far each pixel is from the background, squared, and all of them together. */
typedef struct {
    const float *rgb;
    int side;
    float empty[MOST_SIDE * MOST_SIDE], all;
} Picture;

static void look(Picture *p, const float *rgb, int side, const float *paper)
{
    p->rgb = rgb;
    p->side = side;
    p->all = 0;
    for (int i = 0; i < side * side; i++) {
        p->empty[i] = squares(rgb + 3 * i, paper, 3);
        p->all += p->empty[i];
    }
}

typedef struct {
    Sprite s;
    Place p;
    float miss;
} Guess;

/* miss: the squared difference of picture and drawing, for the guess's shape with each texture; only around the shape
 * do they differ from the empty picture. */
static void miss_of_all(const Guess *g, const Picture *picture, int from, int to, float miss[3])
{
    Place p = g->p;
    int side = picture->side;
    float scale = (float)side, reach = 1.5f * p.radius + 1 / scale, c = cosf(p.angle), t = sinf(p.angle);
    int top = (int)fmaxf(0, scale * (p.y - reach)), bottom = (int)fminf(scale, scale * (p.y + reach) + 1);
    int left = (int)fmaxf(0, scale * (p.x - reach)), right = (int)fminf(scale, scale * (p.x + reach) + 1);
    for (int k = from; k <= to; k++) miss[k] = picture->all;
    for (int i = top; i < bottom; i++)
        for (int j = left; j < right; j++) {
            float x = ((float)j + .5f) / scale - p.x, y = ((float)i + .5f) / scale - p.y;
            float u = (c * x + t * y) / p.radius, v = (c * y - t * x) / p.radius;
            float inside = covered(shape_distance(g->s.value[SPRITE_SHAPE], u, v) * p.radius * scale), pixel[3];
            if (inside == 0) continue;
            for (int k = from; k <= to; k++) {
                paint(g->s, inside, p.shade * tone_at(k, x, y, scale), pixel);
                miss[k] += squares(pixel, picture->rgb + 3 * (i * side + j), 3) - picture->empty[i * side + j];
            }
        }
}

static void judge(Guess *g, const Picture *picture)
{
    float miss[3];
    int texture = g->s.value[SPRITE_TEXTURE];
    miss_of_all(g, picture, texture, texture, miss);
    g->miss = miss[texture];
}

/* Moves place, radius, angle and shade one after the other while that makes it more like the picture; then by smaller
 * steps; until it is near enough. */
static void refine(Guess *g, const Picture *picture, float near_enough)
{
    const float first[5] = {.02f, .02f, .012f, .08f, .05f};
    for (float step = 1; step > .1f; step *= .5f)
        for (int k = 0; k < 10 && g->miss > near_enough; k++) {
            Guess other = *g;
            float *at[] = {&other.p.x, &other.p.y, &other.p.radius, &other.p.angle, &other.p.shade};
            *at[k / 2] += (k % 2 ? step : -step) * first[k / 2];
            judge(&other, picture);
            if (other.miss < g->miss) *g = other;
        }
}

/* Whether a drawing is so like the picture that it may be read off: around the shape most must be explained, elsewhere
 * there must be nothing but a little noise. */
static bool explains(const Guess *g, const Picture *picture)
{
    int side = picture->side, around = 0;
    float reach = 1.5f * g->p.radius, left = 0;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            bool near = fabsf(((float)j + .5f) / (float)side - g->p.x) < reach &&
                        fabsf(((float)i + .5f) / (float)side - g->p.y) < reach;
            around += near;
            if (near) left += picture->empty[i * side + j];
        }
    float outside = picture->all - left, inside = g->miss - outside;
    return inside < .12f * left && outside < .004f * (float)(side * side - around) + 1e-6f;
}

static int nearest_of(const float *values, int n, float v)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (fabsf(values[i] - v) < fabsf(values[best] - v)) best = i;
    return best;
}

static int position_of(float x, float y)
{
    int best = 0;
    float nearest = 1e9f;
    for (int i = 0; i < sprite_values(SPRITE_POSITION); i++) {
        float d = (x - .5f - offsets[i][0]) * (x - .5f - offsets[i][0]) +
                  (y - .5f - offsets[i][1]) * (y - .5f - offsets[i][1]);
        if (d >= nearest) continue;
        nearest = d;
        best = i;
    }
    return best;
}

/* The likeliest drawings, best first: every shape, turned or not, with every texture, where the blot is and as
 * large. */
enum { KEPT = 3 };
static void first_guesses(const Picture *picture, int colour, int background, Blot b, Guess kept[KEPT])
{
    for (int i = 0; i < KEPT; i++) kept[i].miss = 1e9f;
    for (int shape = 0; shape < sprite_values(SPRITE_SHAPE); shape++)
        for (int turned = 0; turned < (is_round(shape) ? 1 : 2); turned++) {
            Guess g = {.s.value = {shape, colour, 0, 0, turned, 0, background}};
            float miss[3];
            g.p = (Place){b.x, b.y, sqrtf(b.area / areas[shape]), turned ? half_period[shape] : 0, 1};
            miss_of_all(&g, picture, 0, 2, miss);
            for (int texture = 0; texture < 3; texture++) {
                int at = KEPT;
                g.s.value[SPRITE_TEXTURE] = texture;
                g.miss = miss[texture];
                while (at > 0 && g.miss < kept[at - 1].miss) at--;
                for (int i = KEPT - 1; i > at; i--) kept[i] = kept[i - 1];
                if (at < KEPT) kept[at] = g;
            }
        }
}

static const Sprite unclear = {
    {SPRITE_UNCLEAR, SPRITE_UNCLEAR, SPRITE_UNCLEAR, SPRITE_UNCLEAR, SPRITE_UNCLEAR, SPRITE_UNCLEAR, SPRITE_UNCLEAR}};

Sprite sprite_read(const float *rgb, int side)
{
    check(side >= 8 && side <= MOST_SIDE, "sprite_read: a side of %d pixels; wants 8 to %d", side, MOST_SIDE);
    int background = read_background(rgb, side);
    if (background == SPRITE_UNCLEAR) return unclear;
    int colour = read_colour(rgb, side, backgrounds[background]);
    if (colour == SPRITE_UNCLEAR) return unclear;

    Picture picture;
    Guess kept[KEPT], best = {.miss = 1e9f};
    Blot b = blot(rgb, side, backgrounds[background], colours[colour]);
    look(&picture, rgb, side, backgrounds[background]);
    float near_enough = .005f * picture.all; /* there is no better one */
    for (int round = 0; round < 2 && best.miss > near_enough; round++) {
        first_guesses(&picture, colour, background, b, kept);
        for (int i = 0; i < KEPT && best.miss > near_enough; i++) {
            refine(&kept[i], &picture, near_enough);
            if (kept[i].miss < best.miss) best = kept[i];
        }
        /* again from the place that was found, which the blot had only roughly */
        b = (Blot){best.p.x, best.p.y, areas[best.s.value[SPRITE_SHAPE]] * best.p.radius * best.p.radius};
    }
    if (!explains(&best, &picture)) return unclear;
    best.s.value[SPRITE_SIZE] = nearest_of(radii, sprite_values(SPRITE_SIZE), best.p.radius);
    best.s.value[SPRITE_POSITION] = position_of(best.p.x, best.p.y);
    return best.s;
}
