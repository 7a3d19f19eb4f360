/* training.c: the steps of a training, counted: epochs of shuffled batches, to the last or until Ctrl-C. */
#include "internal.h"

static Training start(Mat rows, int epochs, int batch, bool whole, Rng *rng, Arena *mem)
{
    check(epochs > 0 && batch > 0, "training: %d epochs of batches of %d", epochs, batch);
    int n = rows.n;
    int batches_an_epoch = whole ? n / batch : (n + batch - 1) / batch;
    check(batches_an_epoch > 0,
          "nothing to train on: %d samples do not fill one batch of %d\n  hint: --batch %d or less", n, batch,
          n > 0 ? n : 1);
    Training t = {.rows = rows, .epochs = epochs, .batch = batch, .whole = whole, .rng = rng, .mem = mem};
    t.steps = (long)epochs * batches_an_epoch;
    t.start = mem->used;
    t.step = -1;                                    /* training_next makes it 0, and begins epoch 0 */
    t.epoch = -1;
    t.epoch_ends = true;
    return t;
}

Training training(Mat rows, int epochs, int batch, Rng *rng, Arena *mem)
{
    return start(rows, epochs, batch, false, rng, mem);
}

Training training_whole(Mat rows, int epochs, int batch, Rng *rng, Arena *mem)
{
    return start(rows, epochs, batch, true, rng, mem);
}

static void next_epoch(Training *t)
{
    arena_rewind(t->mem, t->start);
    t->batches = batches(t->rows, t->batch, t->rng, t->mem);
    t->mark = t->mem->used;
    t->epoch++;
}

bool training_next(Training *t)
{
    if (t->step < t->steps) t->step++;              /* after the end it stays there, however often it is asked */
    if (t->step == t->steps || lab_stopping()) {
        arena_rewind(t->mem, t->start);
        return false;
    }
    if (t->epoch_ends)
        next_epoch(t);
    else
        arena_rewind(t->mem, t->mark);
    batch_next(&t->batches);
    t->x = t->batches.x;
    t->index = t->batches.index;
    int left = t->rows.n - t->batches.at;
    t->epoch_ends = left == 0 || (t->whole && left < t->batch);
    return true;
}

void keep_mean(float *mean, float value, long step)
{
    float keep = step < 100 ? (float)step / (float)(step + 1) : .99f;
    *mean = keep * *mean + (1 - keep) * value;
}
