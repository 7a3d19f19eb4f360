/* together.c: several models that learn side by side, a thread each. */
#include "gen.h"
#include "parallel.h"

#include <stdio.h>
#include <string.h>

/* Which step of the longest training ends block number k, from 1. */
static long block_end(const Together *how, long steps, long k)
{
    long end = how->rows ? k * steps / how->rows : k * how->every;
    return end < steps ? end : steps;
}

static void train_until(const Together *how, void *model, long from, long until)
{
    for (long step = from; step < until && !lab_stopping(); step++)
        if (!how->step(model)) return;
}

/* "d_loss 0.195  cycle 0.062": the last row of a model, without the columns that `progress` shows itself. */
static void say(long done, long steps, const char *header, const char *row)
{
    char text[160];
    size_t used = 0;
    for (int column = 0; *header && *row; column++) {
        size_t name = strcspn(header, ","), value = strcspn(row, ",");
        const char *between = column == 0 ? "" : ", ";
        if (column != 1 && used + name + value + 4 < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s %.*s", between,
                                     column == 0 ? 0 : (int)name, header, (int)value, row);
        header += name + (header[name] == ',');
        row += value + (row[value] == ',');
    }
    progress(done, steps, "%.*s", (int)used, text);
}

void train_together(const Together *how, void *models, int n, size_t size, long steps, const char *dir)
{
    check((how->every > 0) != (how->rows > 0), "train_together: rows every %d steps, or %d rows?", how->every,
          how->rows);
    Csv *losses = csv_open(dir, how->file, how->header);
    char *model = models;
    long done = 0;
    for (long k = 1; done < steps && !lab_stopping(); k++) {
        long until = block_end(how, steps, k);
        if (n == 1) {
            train_until(how, model, done, until);               /* a lone model has all threads */
        } else {
            PARALLEL_JOBS
            for (int i = 0; i < n; i++) train_until(how, model + (size_t)i * size, done, until);
        }
        done = until;
        for (int i = 0; i < n; i++) how->note(model + (size_t)i * size, done, losses);
        say(done, steps, how->header, csv_last_row(losses));
    }
    csv_close(losses);
}
