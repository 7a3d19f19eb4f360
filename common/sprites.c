/* sprites.c: many sprites at a time: data to train on, and the readers' verdict on a set of pictures. */
#include "internal.h"
#include "parallel.h"

#include <stdio.h>
#include <stdlib.h>

/* The generator of picture i is drawn before the threads begin, so that pictures do not depend on their number. */
Sprites sprites_draw(int n, int side, bool held_out, Rng *rng, Arena *mem)
{
    check(n >= 1 && side >= 8, "sprites_draw: %d pictures of %d x %d; wants 1 or more of 8 x 8 or more", n, side, side);
    Sprites s = {mat_new(mem, n, 3 * side * side), mat_new(mem, n, SPRITE_ATTRIBUTES)};
    Rng *own = arena_alloc(mem, (size_t)n * sizeof *own);
    for (int i = 0; i < n; i++) own[i] = rng_split(rng);
    PARALLEL_IF(n > 1, for (int i = 0; i < n; i++) {
        Sprite one = sprite_among(held_out, &own[i]);
        sprite_to_row(one, s.value, i);
        sprite_draw(one, side, &own[i], row(s.x, i), NULL);
    })
    return s;
}

Sprites sprites_plain(int n, int side, bool held_out, Rng *rng, Arena *mem)
{
    check(n >= 1 && side >= 8,
          "sprites_plain: %d pictures of %d x %d; wants 1 or more of 8 x 8 or more", n, side, side);
    Sprites s = {mat_new(mem, n, 3 * side * side), mat_new(mem, n, SPRITE_ATTRIBUTES)};
    for (int i = 0; i < n; i++) {
        Sprite one = sprite_plain(held_out, rng);
        sprite_to_row(one, s.value, i);
        sprite_draw(one, side, rng, row(s.x, i), NULL);
    }
    return s;
}

Mat sprites_one_hot(Mat value, Arena *mem)
{
    int first[SPRITE_ATTRIBUTES + 1] = {0};
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) first[k + 1] = first[k] + sprite_values(k);
    Mat y = mat_zeros(mem, value.n, first[SPRITE_ATTRIBUTES]);
    for (int i = 0; i < value.n; i++)
        for (int k = 0; k < SPRITE_ATTRIBUTES; k++) row(y, i)[first[k] + (int)row(value, i)[k]] = 1;
    return y;
}

Sprite sprite_of_row(Mat value, int i)
{
    Sprite s;
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) s.value[k] = (int)row(value, i)[k];
    return s;
}

void sprite_to_row(Sprite s, Mat value, int i)
{
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) row(value, i)[k] = (float)s.value[k];
}

Mat sprites_read(Mat x, int side, Arena *mem)
{
    check(x.d == 3 * side * side, "sprites_read: rows of %d numbers are no pictures of %d x %d x 3", x.d, side, side);
    Mat value = mat_new(mem, x.n, SPRITE_ATTRIBUTES);
    PARALLEL_IF(x.n > 1, for (int i = 0; i < x.n; i++) sprite_to_row(sprite_read(row(x, i), side), value, i);)
    return value;
}

SpriteScore sprites_score(Mat asked, Mat seen)
{
    check(asked.n == seen.n && asked.n > 0, "sprites_score: %d sprites asked for, %d seen", asked.n, seen.n);
    SpriteScore s = {0};
    for (int i = 0; i < asked.n; i++) {
        int right = 0;
        for (int k = 0; k < SPRITE_ATTRIBUTES; k++) {
            bool same = row(asked, i)[k] == row(seen, i)[k];
            s.right[k] += same;
            right += same;
        }
        s.all += right == SPRITE_ATTRIBUTES;
        s.unclear += row(seen, i)[0] == SPRITE_UNCLEAR;
    }
    s.worst = 1;
    for (int k = 0; k < SPRITE_ATTRIBUTES; k++) {
        s.right[k] /= asked.n;
        if (s.right[k] < s.worst) s.worst = s.right[k];
    }
    s.all /= asked.n;
    s.unclear /= asked.n;
    return s;
}

static uint8_t *values_as_bytes(const char *dir, const char *name, Mat value)
{
    uint8_t *byte = malloc(mat_size(value));
    check(byte, "%s/%s: out of memory", dir, name);
    for (size_t i = 0; i < mat_size(value); i++) byte[i] = value.a[i] < 0 ? 255 : (uint8_t)value.a[i];
    return byte;
}

void sprites_write(const char *dir, const char *name, Mat value)
{
    uint8_t *byte = values_as_bytes(dir, name, value);
    npy_write_u8(dir, name, byte, 2, (int[]){value.n, value.d});
    free(byte);
}

void sprites_write_groups(const char *dir, const char *name, Mat value, int group)
{
    check(group >= 1 && value.n % group == 0, "%s/%s: %d sprites are no groups of %d", dir, name, value.n, group);
    uint8_t *byte = values_as_bytes(dir, name, value);
    npy_write_u8(dir, name, byte, 3, (int[]){value.n / group, group, value.d});
    free(byte);
}

void captions_write(const char *dir, const char *name, Mat value)
{
    OutFile *o = out_open(dir, name);
    for (int i = 0; i < value.n; i++) {
        char caption[SPRITE_CAPTION];
        sprite_caption(sprite_of_row(value, i), caption);
        fprintf(o->f, "%s\n", caption);
    }
    out_wrote(o);
    out_close(o);
}
