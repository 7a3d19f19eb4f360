/* scene.c: sprites that may overlap, on a ground with a texture: pictures whose label maps are known to the pixel. What
 * a label map does not say is which of two colours a sprite has, and what the ground is like.
 */
#include "parallel.h"
#include "sprite_shape.h"

#include <limits.h>
#include <string.h>

enum { GROUNDS = 4, TEXTURES = 3 };
_Static_assert(SCENE_CLASSES == 1 + 6 * TEXTURES, "a class for each shape in each texture, and the ground");

/* ---- the ground: sand, meadow, water, dusk; in waves, squares or blots ---- */

static const float grounds[GROUNDS][3] = {
    {.93f, .86f, .70f}, {.66f, .82f, .55f}, {.62f, .80f, .92f}, {.45f, .42f, .52f},
};
enum { WAVES, SQUARES, BLOTS, PATTERNS };
static const float darkest = .78f;                  /* tone of a pattern, where 1 is the ground's colour */

typedef struct { int kind; float angle, period, shift[2], blot[16][2]; } Pattern;

static Pattern pattern(Rng *rng)
{
    Pattern p = {.kind = rng_below(rng, PATTERNS)};
    p.angle = pi * rng_uniform(rng);
    p.period = .14f + .08f * rng_uniform(rng);
    for (int k = 0; k < 2; k++) p.shift[k] = rng_uniform(rng);
    for (int b = 0; b < LENGTH(p.blot); b++)
        for (int k = 0; k < 2; k++) p.blot[b][k] = rng_uniform(rng);
    return p;
}

static float fraction(float v) { return v - floorf(v); }

/* From 0, the ground's colour, to 1, its darkest tone. */
static float depth(const Pattern *p, float x, float y)
{
    if (p->kind == BLOTS) {
        float nearest = 1;
        for (int b = 0; b < LENGTH(p->blot); b++) {
            float dx = x - p->blot[b][0], dy = y - p->blot[b][1];
            nearest = fminf(nearest, dx * dx + dy * dy);
        }
        return fmaxf(0, 1 - nearest / .004f);
    }
    float c = cosf(p->angle), s = sinf(p->angle);
    float along = (c * x + s * y) / p->period + p->shift[0], across = (c * y - s * x) / p->period + p->shift[1];
    if (p->kind == WAVES) return .5f + .5f * sinf(2 * pi * along);
    return (fraction(.5f * along) < .5f) == (fraction(.5f * across) < .5f) ? 1 : 0;
}

static void draw_ground(int side, Rng *rng, float *rgb)
{
    const float *ground = grounds[rng_below(rng, GROUNDS)];
    Pattern p = pattern(rng);
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            float x = ((float)j + .5f) / (float)side, y = ((float)i + .5f) / (float)side;
            float tone = 1 - (1 - darkest) * depth(&p, x, y);
            for (int k = 0; k < 3; k++) rgb[3 * (i * side + j) + k] = tone * ground[k];
        }
}

/* ---- scenes ---- */

enum { MOST_SPRITES = 4, TRIES = 100 };
static const float near = .85f;                     /* so much of their radii together may sprites lie apart */

/* How far p is from the nearest that is there, over both radii together. */
static float apart(Place p, const Place *there, int n)
{
    float least = near;
    for (int i = 0; i < n; i++)
        least = fminf(least, hypotf(p.x - there[i].x, p.y - there[i].y) / (p.radius + there[i].radius));
    return least;
}

/* Somewhere; of some places the first that is not too near to any that is taken, or the farthest. */
static Place somewhere(Sprite s, const Place *there, int n, Rng *rng)
{
    Place best = {0};
    float farthest = -1;
    for (int k = 0; k < TRIES && farthest < near; k++) {
        Place p = {.radius = radii[s.value[SPRITE_SIZE]]};
        p.x = .15f + .7f * rng_uniform(rng);
        p.y = .15f + .7f * rng_uniform(rng);
        float far = apart(p, there, n);
        if (far <= farthest) continue;
        best = p;
        farthest = far;
    }
    return best;
}

/* Upright, and not small: textures want room. What a thing is says much about its colour, and not all: each shape comes
 * in two colours, far from each other. */
static Sprite scene_sprite(Rng *rng)
{
    enum { COLOURS = 8 };
    Sprite s = sprite_random(rng);
    s.value[SPRITE_ROTATION] = 0;
    s.value[SPRITE_SIZE] = 1 + rng_below(rng, 2);
    s.value[SPRITE_COLOUR] = (s.value[SPRITE_SHAPE] + COLOURS / 2 * rng_below(rng, 2)) % COLOURS;
    return s;
}

/* A cloth that is cut out: its pattern stays where it is, wherever the shape lies, and is the same in a mirror. True
 * where it is dark. */
static bool is_dark(int texture, int i, int j)
{
    enum { WIDE = 2 };                              /* pixels of a stripe, of a dot, and of the gap after it */
    bool row = (i + 1) / WIDE % 2, column = (j + 1) / WIDE % 2;
    if (texture == 1) return row;
    return texture == 2 && row && column;
}

/* Edges are sharp: each pixel belongs to one thing. */
static void put(Sprite s, Place p, int side, float *rgb, uint8_t *label)
{
    const float *ink = colours[s.value[SPRITE_COLOUR]];
    int shape = s.value[SPRITE_SHAPE], texture = s.value[SPRITE_TEXTURE];
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++) {
            float x = ((float)j + .5f) / (float)side - p.x, y = ((float)i + .5f) / (float)side - p.y;
            if (shape_distance(shape, x / p.radius, y / p.radius) > 0) continue;
            float tone = is_dark(texture, i, j) ? dark : 1;
            for (int k = 0; k < 3; k++) rgb[3 * (i * side + j) + k] = tone * ink[k];
            label[i * side + j] = (uint8_t)(1 + TEXTURES * shape + texture);
        }
}

static void draw_scene(int side, Rng *rng, float *rgb, uint8_t *label)
{
    draw_ground(side, rng, rgb);
    memset(label, 0, (size_t)(side * side));
    int n = 2 + rng_below(rng, MOST_SPRITES - 1);
    Place there[MOST_SPRITES];
    for (int i = 0; i < n; i++) {
        Sprite s = scene_sprite(rng);
        there[i] = somewhere(s, there, i, rng);
        put(s, there[i], side, rgb, label);
    }
}

/* The generator of scene i is drawn before the threads begin, so that scenes do not depend on their number. */
Scenes scenes_draw(int n, int side, Rng *rng, Arena *mem)
{
    check(n >= 1 && side >= 8, "scenes_draw: %d pictures of %d x %d; wants 1 or more of 8 x 8 or more", n, side, side);
    Scenes s = {mat_new(mem, n, 3 * side * side), arena_alloc(mem, (size_t)(n * side * side))};
    Rng *own = arena_alloc(mem, (size_t)n * sizeof *own);
    for (int i = 0; i < n; i++) own[i] = rng_split(rng);
    PARALLEL_IF(n > 1, for (int i = 0; i < n; i++)
        draw_scene(side, &own[i], row(s.x, i), s.label + (size_t)i * (size_t)(side * side));)
    return s;
}

/* ---- label maps as pictures ---- */

/* A hue for each shape, paler for stripes, palest for dots. The ground is black, and none but the ground is dark: even
 * a net that knows of a pixel only that something is there has a best guess. */
void scene_colour(int label, float rgb[3])
{
    static const float hue[][3] = {{1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0, 1, 1}, {0, 0, 1}, {1, 0, 1}};
    static const float white[TEXTURES] = {0, .3f, .6f};
    check(label >= 0 && label < SCENE_CLASSES, "scene_colour: class %d of %d", label, SCENE_CLASSES);
    for (int k = 0; k < 3; k++) {
        int shape = (label - 1) / TEXTURES, texture = (label - 1) % TEXTURES;
        rgb[k] = label == 0 ? 0 : white[texture] + (1 - white[texture]) * hue[shape][k];
    }
}

Mat scenes_map(const uint8_t *label, int n, int pixels, Arena *mem)
{
    Mat map = mat_new(mem, n, 3 * pixels);
    for (int q = 0; q < n * pixels; q++) scene_colour(label[q], map.a + 3 * (size_t)q);
    return map;
}

/* In whole numbers, halves of a byte's steps: ties are ties on every machine. */
static int nearest(const float rgb[3], int colour[SCENE_CLASSES][3])
{
    int pixel[3], best = 0, least = INT_MAX;
    for (int k = 0; k < 3; k++) pixel[k] = 2 * (int)lroundf(255 * rgb[k]);
    for (int c = 0; c < SCENE_CLASSES; c++) {
        int d = 0;
        for (int k = 0; k < 3; k++) {
            int off = pixel[k] - colour[c][k];
            d += off * off;
        }
        if (d < least) {
            best = c;
            least = d;
        }
    }
    return best;
}

void scenes_labels(Mat map, uint8_t *label)
{
    int colour[SCENE_CLASSES][3];
    for (int c = 0; c < SCENE_CLASSES; c++) {
        float rgb[3];
        scene_colour(c, rgb);
        for (int k = 0; k < 3; k++) colour[c][k] = (int)lroundf(510 * rgb[k]);
    }
    Mat pixel = mat_pixels(map, 3);
    PARALLEL_IF(pixel.n > 1, for (int q = 0; q < pixel.n; q++) label[q] = (uint8_t)nearest(row(pixel, q), colour);)
}
