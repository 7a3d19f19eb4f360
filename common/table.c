/* table.c: a table of numbers that is printed with aligned columns, filed as metrics, and written as csv. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 12, MOST_ROWS = 64, CELL = 48 };

/* Cells are kept as text until the table is closed: only then it is known how wide each column is. */
struct Table {
    Lab *lab;
    const Column *column;
    int columns, rows;
    Csv *csv;
    char (*cell)[MOST_COLUMNS + 1][CELL];         /* row 0 is the head; column 0 holds the rows' names */
};

static void check_column(const Column *c)
{
    const char *percent = c->format ? strchr(c->format, '%') : NULL;
    check(percent && !strchr(percent + 1, '%'), "table: column '%s' wants a format for one number", c->name);
    check(!strchr(c->name, ','), "table: a comma in the name of column '%s'", c->name);
}

Table *table_open(Lab *lab, const char *name, const char *rows, const Column *column, int columns)
{
    check(columns >= 1 && columns <= MOST_COLUMNS, "table %s: %d columns, at most %d", name, columns, MOST_COLUMNS);
    char header[MOST_COLUMNS * CELL], file[CELL + 8];
    size_t used = (size_t)snprintf(header, sizeof header, "%s", rows);
    Table *t = calloc(1, sizeof *t);
    char (*cell)[MOST_COLUMNS + 1][CELL] = calloc(MOST_ROWS + 1, sizeof *cell);
    check(t && cell, "out of memory");
    *t = (Table){.lab = lab, .column = column, .columns = columns, .cell = cell};
    snprintf(cell[0][0], CELL, "%s", rows);
    for (int c = 0; c < columns; c++) {
        check_column(&column[c]);
        used += (size_t)snprintf(header + used, sizeof header - used, ",%s", column[c].name);
        snprintf(cell[0][c + 1], CELL, "%s", column[c].name);
    }
    snprintf(file, sizeof file, "%s.csv", name);
    t->csv = csv_open(lab->out, file, header);
    return t;
}

static void file_metric(Lab *lab, const Column *c, const char *suffix, double number)
{
    if (c->unit) lab_metric(lab, c->unit, number, "%s%s", c->metric ? c->metric : c->name, suffix);
}

void table_numbers(Table *t, const char *name, const char *suffix, const double *number, int numbers)
{
    check(numbers == t->columns, "table: %d numbers in row '%s' of %d columns", numbers, name, t->columns);
    check(t->rows < MOST_ROWS, "table: more than %d rows", MOST_ROWS);
    check(!strchr(name, ','), "table: a comma in the name of row '%s'", name);
    t->rows++;
    char line[MOST_COLUMNS * CELL];
    char (*cell)[CELL] = t->cell[t->rows];
    snprintf(cell[0], CELL, "%s", name);
    size_t used = (size_t)snprintf(line, sizeof line, "%s", name);
    for (int c = 0; c < numbers; c++) {
        snprintf(cell[c + 1], CELL, t->column[c].format, number[c]);
        used += (size_t)snprintf(line + used, sizeof line - used, ",%s", cell[c + 1]);
        file_metric(t->lab, &t->column[c], suffix, number[c]);
    }
    csv_text(t->csv, line);
}

static void without_underscores(char *s)
{
    for (; *s; s++)
        if (*s == '_') *s = ' ';
}

static int width_of(const Table *t, int column)
{
    int width = 0;
    for (int r = 0; r <= t->rows; r++) {
        int n = (int)strlen(t->cell[r][column]);
        if (n > width) width = n;
    }
    return width;
}

/* The rows' names to the left, numbers to the right. */
static void print(const Table *t)
{
    for (int r = 0; r <= t->rows; r++) {
        printf("%-*s", width_of(t, 0), t->cell[r][0]);
        for (int c = 1; c <= t->columns; c++) printf("  %*s", width_of(t, c), t->cell[r][c]);
        putchar('\n');
    }
}

void table_close(Table *t)
{
    for (int c = 0; c <= t->columns; c++) without_underscores(t->cell[0][c]);
    print(t);
    csv_close(t->csv);
    free(t->cell);
    free(t);
}
