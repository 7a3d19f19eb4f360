/* few_labels.c: for studies with few labels: fixed draws of training images, and features made comparable. */
#include "gen.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

int *data_draw(int draw, int below, int *n, Arena *mem)
{
    enum { DRAWS = 10, DRAWN = 3000 };
    check(draw >= 0 && draw < DRAWS, "data_draw: there are draws 0 to %d, not %d", DRAWS - 1, draw);
    char path[4096];
    snprintf(path, sizeof path, "%s/draws.csv", data_shipped());
    FILE *f = fopen(path, "r");
    check(f, "cannot open %s: %s", path, strerror(errno));
    int *index = arena_alloc(mem, DRAWN * sizeof *index), number;
    *n = 0;
    for (int i = 0; i < (draw + 1) * DRAWN; i++) {
        check(fscanf(f, "%d%*[,\n]", &number) == 1 && number >= 0, "%s: number %d is missing or damaged", path, i + 1);
        if (i < draw * DRAWN || number >= below) continue;
        index[*n] = number;
        *n += 1;
    }
    fclose(f);
    return index;
}

void data_standardise(Mat train, Mat test, float length, Arena *mem)
{
    check(train.d == test.d && train.n > 0, "data_standardise: (%d,%d) and (%d,%d)", train.n, train.d, test.n, test.d);
    Mat mean = mat_zeros(mem, 1, train.d);
    mat_add_column_sums(mean, train);
    mat_scale(mean, 1.f / (float)train.n);
    mat_sub_row(train, mean);
    mat_sub_row(test, mean);
    float norm = mat_norm(train), scale = norm > 0 ? sqrtf(length * (float)train.n) / norm : 1;
    mat_scale(train, scale);
    mat_scale(test, scale);
}
