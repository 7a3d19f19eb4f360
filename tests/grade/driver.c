/* driver.c: see driver.h. */
#include "driver.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the transcript, kept in memory until the case has returned ---- */

typedef struct { char *text; size_t used, size; } Text;
static Text out;

static void say(const char *fmt, ...)
{
    va_list args;
    for (;;) {
        va_start(args, fmt);
        size_t room_left = out.size - out.used;
        int n = vsnprintf(out.text + out.used, room_left, fmt, args);
        va_end(args);
        if ((size_t)n < room_left) { out.used += (size_t)n; return; }
        out.size = 2 * out.size + (size_t)n + 1;
        check(out.text = realloc(out.text, out.size), "driver: out of memory");
    }
}

static void say_mat(const char *kind, const char *name, Mat x)
{
    check(x.n >= 0 && x.d >= 0 && mat_size(x) <= 1 << 20 && (x.a || !mat_size(x)), "%s is a matrix of shape (%d,%d) at %p", name, x.n, x.d, (void *)x.a);
    say("%s %s %d %d", kind, name, x.n, x.d);
    for (size_t i = 0; i < mat_size(x); i++) say(" %a", (double)x.a[i]);
    say("\n");
}

/* ---- guarded memory: fresh at every call, so nothing left over from the first run helps the second ---- */

enum { GUARDS = 32, BUFFERS = 64 };
static const uint32_t guard_word = 0x7fdeadbe;      /* a NaN of our own */
typedef struct { char name[32]; Mat x; float *before; float *whole; } Buffer;
static Buffer buffer[BUFFERS];
static int buffers;

static Buffer *guarded(int n, int d)
{
    size_t size = (size_t)n * (size_t)d;
    check(buffers < BUFFERS, "driver: more than %d buffers", BUFFERS);
    Buffer *b = &buffer[buffers++];
    *b = (Buffer){.whole = malloc((size + 2 * GUARDS) * sizeof(float))};
    check(b->whole, "driver: out of memory");
    for (size_t i = 0; i < size + 2 * GUARDS; i++) memcpy(&b->whole[i], &guard_word, sizeof guard_word);
    b->x = (Mat){.n = n, .d = d, .a = b->whole + GUARDS};
    return b;
}

Mat given(const char *name, Mat x)
{
    Buffer *b = guarded(x.n, x.d);
    snprintf(b->name, sizeof b->name, "%s", name);
    mat_set(b->x, x);
    b->before = malloc(mat_size(x) * sizeof(float) + 1);
    check(b->before, "driver: out of memory");
    memcpy(b->before, x.a, mat_size(x) * sizeof(float));
    say_mat("given", name, b->x);
    return b->x;
}

Mat room(int n, int d)
{
    Mat x = guarded(n, d)->x;
    mat_fill(x, NAN);
    return x;
}

void result(const char *name, Mat x)
{
    for (int i = 0; i < buffers; i++)               /* an input that is also a result, changed in place, may change */
        if (buffer[i].x.a == x.a) free(buffer[i].before), buffer[i].before = NULL;
    say_mat("result", name, x);
}

void result_value(const char *name, double v) { say("result %s 1 1 %a\n", name, v); }

static void inspect_buffers(void)
{
    for (int i = 0; i < buffers; i++) {
        Buffer *b = &buffer[i];
        size_t size = mat_size(b->x);
        for (size_t g = 0; g < GUARDS; g++)
            if (memcmp(&b->whole[g], &guard_word, 4) || memcmp(&b->whole[GUARDS + size + g], &guard_word, 4)) {
                say("note overrun %s\n", *b->name ? b->name : "a result");
                break;
            }
        if (b->before && memcmp(b->before, b->x.a, size * sizeof(float))) say("note changed %s\n", b->name);
        free(b->whole);
        free(b->before);
    }
    buffers = 0;
}

Mat random_mat(int n, int d, float sd, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, d);
    mat_normal(x, sd, rng);
    return x;
}

int main(int argc, char **argv)
{
    const Case *c = cases;
    for (; argc == 1 && c->name; c++) puts(c->name);
    if (argc == 1) return EXIT_OK;
    if (argc != 3) die(EXIT_USAGE, "usage: %s [CASE SEED]; alone it lists its cases", argv[0]);
    while (c->name && strcmp(c->name, argv[1])) c++;
    if (!c->name) die(EXIT_USAGE, "driver: no case '%s'", argv[1]);
    threads_set(1);

    Arena mem = arena_new("test", MB(64));
    Text first = {0};
    for (int turn = 0; turn < 2; turn++) {
        first = out;
        out = (Text){0};
        arena_reset(&mem);
        memset(arena_alloc(&mem, MB(1)), 0xff, MB(1));              /* NaN: a result that relies on zeros shows */
        arena_reset(&mem);
        Rng rng = rng_new(strtoull(argv[2], NULL, 10));
        c->run(&rng, &mem);
        inspect_buffers();
    }
    if (first.used != out.used || memcmp(first.text, out.text, out.used)) say("note unsteady\n");
    say("end\n");
    FILE *f = fdopen(3, "w");
    if (!f) f = stdout;
    if (fwrite(out.text, 1, out.used, f) != out.used || fclose(f)) return EXIT_FAILED;
    free(first.text);
    free(out.text);
    arena_free(&mem);
    return EXIT_OK;
}
