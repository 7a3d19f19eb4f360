/* base.c: errors that say what to do, arenas, splittable random numbers, a progress line. */
#include "internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__ /* SAN=1: between allocations lies memory that must not be touched */
#include <sanitizer/asan_interface.h>
enum { REDZONE = 64 };
#else
#define ASAN_POISON_MEMORY_REGION(from, bytes) ((void)(from), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(from, bytes) ((void)(from), (void)(bytes))
enum { REDZONE = 0 };
#endif

/* ---- errors ---- */

enum { WORDS = 8 };
static void (*last_words[WORDS])(void);

void at_death(void (*words)(void))
{
    int i = 0;
    while (i < WORDS && last_words[i] && last_words[i] != words) i++;
    check(i < WORDS, "at_death: more than %d functions", WORDS);
    last_words[i] = words;
}

void die_alone(void)
{
    static atomic_flag dying = ATOMIC_FLAG_INIT;
    static _Thread_local bool mine;
    while (!mine && atomic_flag_test_and_set(&dying)) pause();
    mine = true;
}

void die(int status, const char *fmt, ...)
{
    die_alone();
    fflush(stdout);
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);       /* a progress line may stand there */
    va_list args;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    for (int i = WORDS - 1; i >= 0; i--)
        if (last_words[i]) last_words[i]();
    exit(status);
}

/* ---- arenas ---- */

enum { ALIGN = 64 };                                /* a cache line, and the widest vector register */

Arena arena_new(const char *name, size_t bytes)
{
    bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    Arena mem = {.name = name, .base = aligned_alloc(ALIGN, bytes), .size = bytes};
    check(mem.base, "arena '%s': no %zu MB of memory to be had\n  hint: close other programs, or try --quick", name,
          bytes >> 20);
    ASAN_POISON_MEMORY_REGION(mem.base, bytes);
    return mem;
}

void *arena_alloc(Arena *mem, size_t bytes)
{
    size_t room = (bytes + ALIGN - 1) / ALIGN * ALIGN + REDZONE;
    check(room >= bytes && room <= mem->size - mem->used,
          "arena '%s' is full: %zu kB wanted, %zu of %zu kB in use\n  hint: a smaller --batch, or a larger "
          "arena_new(\"%s\", ...); "
          "is arena_reset called once per step?",
          mem->name, bytes >> 10, mem->used >> 10, mem->size >> 10, mem->name);
    void *p = mem->base + mem->used;
    mem->used += room;
    ASAN_UNPOISON_MEMORY_REGION(p, bytes);
    return p;
}

void arena_reset(Arena *mem) { arena_rewind(mem, 0); }

void arena_rewind(Arena *mem, size_t mark)
{
#ifdef DEBUG                                        /* 0xffffffff is a NaN: whoever still reads it will notice */
    ASAN_UNPOISON_MEMORY_REGION(mem->base + mark, mem->used - mark);
    memset(mem->base + mark, 0xff, mem->used - mark);
#endif
    ASAN_POISON_MEMORY_REGION(mem->base + mark, mem->used - mark);
    mem->used = mark;
}

void arena_free(Arena *mem)
{
    ASAN_UNPOISON_MEMORY_REGION(mem->base, mem->size);
    free(mem->base);
    *mem = (Arena){.name = mem->name};
}

char *name_of(Arena *mem, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int length = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *name = arena_alloc(mem, (size_t)length + 1);
    va_start(args, fmt);
    vsnprintf(name, (size_t)length + 1, fmt, args);
    va_end(args);
    return name;
}

/* ---- random numbers ---- */

static uint64_t mix(uint64_t z)                     /* the output function of SplitMix64 */
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

Rng      rng_new(uint64_t seed) { return (Rng){.key = mix(seed + 1)}; }
Rng      rng_split(Rng *r) { return (Rng){.key = mix(rng_u64(r) ^ 0x5851f42d4c957f2du)}; }

uint64_t rng_u64(Rng *r)
{
    r->count++;
    return mix(r->key + r->count * 0x9e3779b97f4a7c15u);
}

float    rng_uniform(Rng *r) { return (float)(rng_u64(r) >> 40) * 0x1p-24f; }

float rng_normal(Rng *r)
{
    uint64_t bits = rng_u64(r);                     /* 32 bits for the radius, 32 for the angle */
    double u = ((double)(bits >> 32) + 1) * 0x1p-32, angle = (double)(uint32_t)bits * 0x1p-32 * 6.283185307179586;
    return (float)(sqrt(-2 * log(u)) * cos(angle));
}

int rng_below(Rng *r, int n)
{
    check(n > 0, "rng_below: wants a positive bound, got %d", n);
    return (int)(((rng_u64(r) >> 32) * (uint64_t)n) >> 32);     /* bias below n / 2^32 */
}

void rng_shuffle(Rng *r, int *index, int n)
{
    for (int i = n - 1; i > 0; i--) {
        int j = rng_below(r, i + 1), t = index[i];
        index[i] = index[j];
        index[j] = t;
    }
}

/* ---- clock and progress ---- */

double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress(long i, long n, const char *fmt, ...)
{
    static double last;
    static long tenth = -1;
    char text[128];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 1) n = 1;

    if (isatty(STDERR_FILENO)) {
        if (i < n && now_s() - last < .1) return;
        last = now_s();
        int bar = (int)(24 * i / n);
        fprintf(stderr, "\r\033[K  %3ld%% [%.*s%*s] %s", 100 * i / n, bar, "########################", 24 - bar, "",
                text);
        if (i == n) fputs("\r\033[K", stderr);      /* leave the screen to the results */
    } else if (10 * i / n != tenth) {
        tenth = 10 * i / n;
        fprintf(stderr, "  %3ld%% %s\n", 100 * i / n, text);
    }
    if (i == n) tenth = -1;
}
