/* openmoji.c: OpenMoji 32, drawings as exactly aligned pairs of outline and colour; see common/data/README.md.
 *
 * Many drawings share an outline (skin tones, flags of one cut): the split into training and test is by outline, so no
 * outline of the test was ever trained on.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIDE = OPENMOJI_SIDE, COLUMNS = 67, LINE = 256 };
static const char again[] = "node common/data/make_openmoji.mjs makes it again";

/* ---- the list ---- */

static char *field(char **at)
{
    char *start = *at, *end = start ? start + strcspn(start, ",\n") : NULL;
    if (!start || !*start) return NULL;
    *at = *end ? end + 1 : end;
    *end = 0;
    return start;
}

static void read_list(Openmoji *o, const char *dir, Arena *mem)
{
    char path[LINE], line[LINE];
    snprintf(path, sizeof path, "%s/openmoji.csv", dir);
    FILE *f = fopen(path, "r");
    check(f, "%s: cannot open\n  hint: %s", path, again);
    int n = -1; /* the first line has the names of the columns */
    while (fgets(line, sizeof line, f)) n++;
    check(n > 0, "%s: holds no drawings\n  hint: %s", path, again);
    o->n = n;
    o->drawing = arena_alloc(mem, (size_t)n * sizeof *o->drawing);
    rewind(f);
    for (int i = -1; i < n && fgets(line, sizeof line, f); i++) {
        if (i < 0) continue;
        Drawing *d = &o->drawing[i];
        char *at = line, *code = field(&at), *group = field(&at), *name = field(&at), *outline = field(&at),
             *end = NULL;
        long first = outline ? strtol(outline, &end, 10) : -1;
        check(outline && end > outline && !*end && first >= 0 && first <= i,
              "%s: line %d is not CODE,GROUP,NAME,OUTLINE\n  hint: %s", path, i + 2, again);
        snprintf(d->code, sizeof d->code, "%.39s", code);
        snprintf(d->group, sizeof d->group, "%.19s", group);
        snprintf(d->name, sizeof d->name, "%.95s", name);
        d->outline = (int)first;
    }
    fclose(f);
}

/* ---- the sheets ---- */

/* Tiles of a sheet one below the other: (n, SIDE, SIDE, channels). */
static uint8_t *read_sheet(const char *dir, const char *name, int n, int channels, Arena *mem)
{
    char path[LINE];
    int rows = (n + COLUMNS - 1) / COLUMNS;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    uint8_t *tiles = arena_alloc(mem, (size_t)n * SIDE * SIDE * (size_t)channels);
    size_t mark = mem->used;
    Png sheet = png_read(path, again, mem);
    check(sheet.w == COLUMNS * SIDE && sheet.h == rows * SIDE && sheet.c == channels,
          "%s: %d x %d pixels of %d channels; %d drawings want %d x %d of %d\n  hint: %s", path, sheet.w, sheet.h,
          sheet.c, n, COLUMNS * SIDE, rows * SIDE, channels, again);
    for (int i = 0; i < n; i++)
        for (int y = 0; y < SIDE; y++) {
            const uint8_t *from = sheet.pixel + ((i / COLUMNS * SIDE + y) * sheet.w + i % COLUMNS * SIDE) * channels;
            memcpy(tiles + (size_t)(i * SIDE + y) * SIDE * (size_t)channels, from, (size_t)(SIDE * channels));
        }
    arena_rewind(mem, mark);
    return tiles;
}

Openmoji openmoji_read(const char *dir, Arena *mem)
{
    Openmoji o = {0};
    char path[LINE];
    snprintf(path, sizeof path, "%s/openmoji-LICENSE.txt", dir);
    check(access(path, R_OK) == 0,
          "%s: is missing\n  hint: the drawings are CC BY-SA 4.0 and may not be passed on without their licence", path);
    read_list(&o, dir, mem);
    o.outline = read_sheet(dir, "openmoji-outline.png", o.n, 1, mem);
    o.colour = read_sheet(dir, "openmoji-colour.png", o.n, 3, mem);
    return o;
}

/* ---- what labs ask for ---- */

/* A tenth of the outlines, whichever drawings have them: by the outline's number, scattered (Knuth's multiplicative
 * hash). */
bool openmoji_is_test(const Openmoji *o, int i)
{
    return ((uint32_t)o->drawing[i].outline * 2654435761u >> 16) % 10 == 0;
}

void openmoji_pair(const Openmoji *o, int i, float *outline, float *colour)
{
    check(i >= 0 && i < o->n, "openmoji_pair: drawing %d of %d", i, o->n);
    const uint8_t *line = o->outline + (size_t)i * SIDE * SIDE, *paint = o->colour + (size_t)i * SIDE * SIDE * 3;
    for (int k = 0; k < SIDE * SIDE; k++) outline[k] = (float)line[k] / 255;
    for (int k = 0; k < SIDE * SIDE * 3; k++) colour[k] = (float)paint[k] / 255;
}

int openmoji_split(const Openmoji *o, const char *group, bool test, int *index)
{
    int n = 0;
    for (int i = 0; i < o->n; i++)
        if (openmoji_is_test(o, i) == test && (!group || !strcmp(group, o->drawing[i].group))) index[n++] = i;
    return n;
}

void openmoji_test(const Openmoji *o, int n, int *index, const char *dir)
{
    int all = openmoji_split(o, NULL, true, index);
    check(n >= 1 && n <= all, "openmoji_test: %d of %d drawings", n, all);
    Csv *csv = csv_open(dir, "drawings.csv", "code,outline");
    for (int i = 0; i < n; i++) {
        index[i] = index[(long)i * all / n];
        csv_row(csv, "%s,%d", o->drawing[index[i]].code, o->drawing[index[i]].outline);
    }
    csv_close(csv);
}

Mat openmoji_rows(const Openmoji *o, const int *index, int n, bool coloured, Arena *mem)
{
    enum { RGB = 3 * SIDE * SIDE };
    float line[SIDE * SIDE], colour[RGB];
    Mat x = mat_new(mem, n, RGB);
    for (int i = 0; i < n; i++) {
        openmoji_pair(o, index[i], line, colour);
        for (int q = 0; q < RGB; q++) row(x, i)[q] = coloured ? colour[q] : line[q / 3];
    }
    return x;
}
