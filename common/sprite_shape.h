/* sprite_shape.h: what drawing and reading sprites have in common: their shapes, colours, textures, and how a pixel is
 * painted. Included by sprite.c, sprite_read.c and scene.c alone.
 *
 * Lengths are fractions of the picture's side until they are drawn; y points down.
 */
#ifndef SPRITE_SHAPE_H
#define SPRITE_SHAPE_H

#include "internal.h"

#include <math.h>

enum { MOST_VALUES = 8 };                           /* of an attribute */
static const float pi = 3.14159265f;

/* A disc and a ring look the same however they are turned, so they are upright. */
static inline bool is_round(int shape) { return shape == 0 || shape == 4; }

/* ---- shapes: signed distances to their edges, negative inside, in units of the radius ---- */

static inline float largest(float a, float b) { return a > b ? a : b; }

static inline float box_distance(float x, float y, float w, float h) { return largest(fabsf(x) - w, fabsf(y) - h); }

static inline float triangle_distance(float x, float y) /* corners at radius 1.1, one of them at the top */
{
    return largest(y, .8660254f * fabsf(x) - .5f * y) - .55f;
}

/* Five tips at radius 1.1, five notches at .5. Mirrored at the lines between tips until the nearest tip is the top
 * one. */
static inline float star_distance(float x, float y)
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

static inline float shape_distance(int shape, float x, float y)
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

/* ---- colours, places, textures ---- */

static const float colours[][3] = {
    {.86f, .16f, .16f}, {.96f, .55f, .10f}, {.95f, .85f, .15f}, {.20f, .65f, .25f},
    {.15f, .75f, .75f}, {.16f, .30f, .85f}, {.52f, .20f, .70f}, {.96f, .45f, .70f},
};
static const float backgrounds[][3] = {{.97f, .97f, .97f}, {.60f, .60f, .60f}, {.08f, .08f, .08f}, {.70f, .84f, .95f}};

static const float dark = .5f; /* of the second tone of a texture */
static const float radii[] = {.165f, .22f, .285f};
static const float offsets[][2] = {{0, 0}, {-.16f, 0}, {.16f, 0}, {0, -.16f}, {0, .16f}};
static const float stripe = .17f, lattice = .19f; /* periods */

/* Where and how exactly a sprite is drawn. */
typedef struct {
    float x, y, radius, angle, shade;
} Place;

/* The share of a pixel that is inside, at that distance from an edge. */
static inline float covered(float pixels) { return fminf(1, fmaxf(0, .5f - pixels)); }

/* The share of the dark tone at a point, from the shape's middle. */
static inline float texture_at(int texture, float x, float y, float side)
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

static inline float tone_at(int texture, float x, float y, float side)
{
    return 1 - (1 - dark) * texture_at(texture, x, y, side);
}

static inline void paint(Sprite s, float inside, float tone, float pixel[3])
{
    const float *ink = colours[s.value[SPRITE_COLOUR]], *paper = backgrounds[s.value[SPRITE_BACKGROUND]];
    for (int k = 0; k < 3; k++) pixel[k] = paper[k] + inside * (fminf(1, tone * ink[k]) - paper[k]);
}

#endif
