/* sprite_read.c: attributes from pixels alone. What is it that, drawn again, looks most like the picture?
 *
 * An instrument: it knows how sprites are drawn and nothing of how a picture came about. Where no drawing comes near,
 * it says so (SPRITE_UNCLEAR).
 */
#include "sprite_shape.h"

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
