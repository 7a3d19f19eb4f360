/* csv.c: tables of text, columns counted, for gnuplot. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct Csv { OutFile *o; int commas; char last[256]; };

static int commas(const char *s)
{
    int n = 0;
    for (; *s; s++) n += *s == ',';
    return n;
}

Csv *csv_open(const char *dir, const char *name, const char *header)
{
    Csv *csv = calloc(1, sizeof *csv);
    check(csv, "out of memory");
    csv->o = out_open(dir, name);
    csv->o->owner = csv;
    csv->commas = commas(header);
    fprintf(csv->o->f, "%s\n", header);
    return csv;
}

void csv_row(Csv *csv, const char *fmt, ...)
{
    check(commas(fmt) == csv->commas, "%s: a row of %d columns under a header of %d", csv->o->path, commas(fmt) + 1,
          csv->commas + 1);
    va_list args;
    va_start(args, fmt);
    vfprintf(csv->o->f, fmt, args);
    va_end(args);
    fputc('\n', csv->o->f);
    out_wrote(csv->o);
    va_start(args, fmt);
    vsnprintf(csv->last, sizeof csv->last, fmt, args);
    va_end(args);
}

void csv_text(Csv *csv, const char *row)
{
    check(commas(row) == csv->commas, "%s: a row of %d columns under a header of %d", csv->o->path, commas(row) + 1,
          csv->commas + 1);
    fprintf(csv->o->f, "%s\n", row);
    out_wrote(csv->o);
    snprintf(csv->last, sizeof csv->last, "%s", row);
}

const char *csv_last_row(const Csv *csv) { return csv->last; }

void csv_gap(Csv *csv) { fputc('\n', csv->o->f); }

void csv_close(Csv *csv)
{
    out_close(csv->o);
    free(csv);
}

void csv_mat(const char *dir, const char *name, const char *header, Mat x)
{
    Csv *csv = csv_open(dir, name, header);
    check(csv->commas + 1 == x.d, "%s/%s: a header of %d columns over a matrix of %d", dir, name, csv->commas + 1, x.d);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < x.d; j++) fprintf(csv->o->f, "%.9g%c", (double)row(x, i)[j], j + 1 < x.d ? ',' : '\n');
    out_wrote(csv->o);
    csv_close(csv);
}
