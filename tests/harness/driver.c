/* driver.c: see driver.h. */
#include "driver.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/* ---- notes: what a case did beside returning its results; the gravest is told ---- */

typedef enum {
    NOTHING,
    UNSTEADY,
    RACE,
    LEAK,
    CHANGED,
    READ_OUTSIDE,
    IS_STATIC,
    ON_STACK,
    GIVEN_BACK,
    IS_INPUT,
    OVERRUN
} Note;
static const char *const note_word[] = {
    [NOTHING] = "",
    [UNSTEADY] = "unsteady",
    [RACE] = "race",
    [LEAK] = "leak",
    [CHANGED] = "changed",
    [READ_OUTSIDE] = "read outside",
    [IS_STATIC] = "static",
    [ON_STACK] = "stack",
    [GIVEN_BACK] = "given back",
    [IS_INPUT] = "input",
    [OVERRUN] = "overrun",
};
static Note gravest;
static char gravest_name[32];

static void note(Note what, const char *name)
{
    if (what <= gravest) return;
    gravest = what;
    snprintf(gravest_name, sizeof gravest_name, "%.31s", name);
}

/* ---- the transcript, kept in memory until the case has returned ---- */

typedef struct {
    char *text;
    size_t used, size;
} Text;
static Text out;

static void say(const char *fmt, ...)
{
    va_list args;
    for (;;) {
        va_start(args, fmt);
        size_t room_left = out.size - out.used;
        int n = vsnprintf(out.text + out.used, room_left, fmt, args);
        va_end(args);
        if ((size_t)n < room_left) {
            out.used += (size_t)n;
            return;
        }
        out.size = 2 * out.size + (size_t)n + 1;
        check(out.text = realloc(out.text, out.size), "driver: out of memory");
    }
}

static void say_mat(const char *kind, const char *name, Mat x)
{
    check(x.n >= 0 && x.d >= 0 && mat_size(x) <= 1 << 20 && (x.a || !mat_size(x)),
          "%s is a matrix of shape (%d,%d) at %p", name, x.n, x.d, (void *)x.a);
    say("%s %s %d %d", kind, name, x.n, x.d);
    for (size_t i = 0; i < mat_size(x); i++) say(" %a", (double)x.a[i]);
    say("\n");
}

/* ---- guards: words before and behind every block that the case or the exercise is handed ----
 *
 * They are a NaN in the first turn, so that what is read there shows, and a number in the second, so that += shows too:
 * a NaN hands back its own bits. Sanitizers want to see an overrun themselves: no guards for them. */

#ifdef DEBUG
enum { GUARD = 0 };
#else
enum { GUARD = 128 }; /* bytes; a multiple of the arena's alignment */
#endif
static const float guard_number = 1234.5f;
static const uint32_t guard_nan = 0x7fdeadbe;
static unsigned char guard_word[4];

static void guards_of_turn(int turn)
{
    memcpy(guard_word, turn ? (const void *)&guard_number : (const void *)&guard_nan, 4);
}

static void guard_fill(unsigned char *at)
{
    for (int i = 0; i < GUARD; i++) at[i] = guard_word[i % 4];
}

static bool guard_whole(const unsigned char *at)
{
    for (int i = 0; i < GUARD; i++)
        if (at[i] != guard_word[i % 4]) return false;
    return true;
}

/* A block: `bytes` of 0xff, which are NaN, between guards. */
static void *guarded(void *whole, size_t bytes)
{
    unsigned char *p = (unsigned char *)whole + GUARD;
    guard_fill(p - GUARD);
    memset(p, 0xff, bytes);
    guard_fill(p + bytes);
    return p;
}

static bool unharmed(const void *block, size_t bytes)
{
    const unsigned char *p = block;
    return guard_whole(p - GUARD) && guard_whole(p + bytes);
}

/* ---- inputs and rooms: fresh at every call, so nothing left over from the first turn helps the second ---- */

enum { BUFFERS = 96 };
typedef struct {
    char name[32];
    Mat x;
    float *before;
} Buffer;
static Buffer buffer[BUFFERS];
static int buffers;

static Buffer *buffer_new(int n, int d)
{
    size_t bytes = (size_t)n * (size_t)d * sizeof(float);
    check(buffers < BUFFERS, "driver: more than %d buffers", BUFFERS);
    void *whole = malloc(bytes + 2 * GUARD);
    check(whole || !bytes, "driver: out of memory");
    Buffer *b = &buffer[buffers++];
    *b = (Buffer){.x = {.n = n, .d = d, .a = guarded(whole, bytes)}};
    return b;
}

Mat untold(const char *name, Mat x)
{
    Buffer *b = buffer_new(x.n, x.d);
    snprintf(b->name, sizeof b->name, "%s", name);
    mat_set(b->x, x);
    b->before = malloc(mat_size(x) * sizeof(float) + 1);
    check(b->before, "driver: out of memory");
    memcpy(b->before, x.a, mat_size(x) * sizeof(float));
    return b->x;
}

Mat given(const char *name, Mat x)
{
    x = untold(name, x);
    say_mat("given", name, x);
    return x;
}

Mat room(int n, int d) { return buffer_new(n, d)->x; }

static void inspect_buffers(void)
{
    for (int i = 0; i < buffers; i++) {
        Buffer *b = &buffer[i];
        size_t bytes = mat_size(b->x) * sizeof(float);
        if (!unharmed(b->x.a, bytes)) note(OVERRUN, *b->name ? b->name : "a result");
        if (b->before && memcmp(b->before, b->x.a, bytes)) note(CHANGED, b->name);
        free((char *)b->x.a - GUARD);
        free(b->before);
    }
    buffers = 0;
}

/* ---- blocks: what arena_alloc and the exercise's own malloc hand out, each between guards ----
 *
 * The Makefile links arena_alloc and its like here (ld's --wrap), and renames malloc and its like in the
 * student's object file. Not for sanitizers, which do all this better. */

static Arena *test_arena;

#ifndef DEBUG
typedef struct {
    const char *arena;
    unsigned char *p;
    size_t bytes;
} Block; /* arena: its base, NULL for malloc */
static Block *block;
static int blocks, blocks_size;

static void *block_new(const char *arena, void *whole, size_t bytes)
{
    if (blocks == blocks_size) {
        blocks_size = 2 * blocks_size + 256;
        check(block = realloc(block, (size_t)blocks_size * sizeof *block), "driver: out of memory");
    }
    block[blocks++] = (Block){arena, guarded(whole, bytes), bytes};
    return block[blocks - 1].p;
}

static void block_inspect(Block b)
{
    if (!unharmed(b.p, b.bytes)) note(OVERRUN, b.arena ? "memory from mat_new" : "memory from malloc");
}

/* Inspects the blocks of an arena that lie at or above `from`, and forgets them. */
static void blocks_leave(const char *arena, const void *from)
{
    int kept = 0;
    for (int i = 0; i < blocks; i++) {
        bool leaves = block[i].arena == arena && (const void *)block[i].p >= from;
        if (leaves)
            block_inspect(block[i]);
        else
            block[kept++] = block[i];
    }
    blocks = kept;
}

void *__real_arena_alloc(Arena *mem, size_t bytes);
void __real_arena_rewind(Arena *mem, size_t mark);
void *__wrap_arena_alloc(Arena *mem, size_t bytes);
void __wrap_arena_rewind(Arena *mem, size_t mark);
void __wrap_arena_reset(Arena *mem);
void __real_arena_free(Arena *mem);
void __wrap_arena_free(Arena *mem);

void *__wrap_arena_alloc(Arena *mem, size_t bytes)
{
    return block_new(mem->base, __real_arena_alloc(mem, bytes + 2 * GUARD), bytes);
}

void __wrap_arena_rewind(Arena *mem, size_t mark)
{
    blocks_leave(mem->base, mem->base + mark);
    memset(mem->base + mark, 0xff, mem->used - mark);
    __real_arena_rewind(mem, mark);
}

void __wrap_arena_reset(Arena *mem) { __wrap_arena_rewind(mem, 0); }

void __wrap_arena_free(Arena *mem)
{
    blocks_leave(mem->base, mem->base);
    __real_arena_free(mem);
}

void *student_malloc(size_t bytes);
void *student_calloc(size_t n, size_t bytes);
void *student_realloc(void *p, size_t bytes);
void student_free(void *p);

void *student_malloc(size_t bytes)
{
    void *whole = bytes < SIZE_MAX / 2 ? malloc(bytes + 2 * GUARD) : NULL;
    check(whole, "out of memory: malloc(%zu)", bytes);
    return block_new(NULL, whole, bytes);
}

void *student_calloc(size_t n, size_t bytes) { return memset(student_malloc(n * bytes), 0, n * bytes); }

static int block_at(const void *p)
{
    int i = blocks - 1;
    while (i >= 0 && (block[i].arena || block[i].p != p)) i--;
    return i;
}

void student_free(void *p)
{
    int i = block_at(p);
    if (i < 0) { /* from strdup and its like */
        free(p);
        return;
    }
    block_inspect(block[i]);
    free(block[i].p - GUARD);
    block[i] = block[--blocks];
}

void *student_realloc(void *p, size_t bytes)
{
    int i = block_at(p);
    if (i < 0) return p ? realloc(p, bytes) : student_malloc(bytes);
    size_t kept = block[i].bytes < bytes ? block[i].bytes : bytes;
    void *q = memcpy(student_malloc(bytes), p, kept);
    student_free(p);
    return q;
}

/* After a case: whole guards, and nothing left that malloc gave. Memory that the exercise keeps for its next call is
 * the first turn's. */
static void inspect_blocks(int turn)
{
    int kept = 0;
    for (int i = 0; i < blocks; i++) {
        block_inspect(block[i]);
        if (block[i].arena)
            block[kept++] = block[i];
        else if (turn > 0)
            note(LEAK, "");
    }
    blocks = kept;
}
#else
static void inspect_blocks(int turn) { (void)turn; }
#endif

/* ---- results ---- */

extern char __data_start[], _end[]; /* where static variables lie */

/* Where a fresh result may not lie: its numbers would not be there for long, or were somebody else's. */
static void inspect_place(const char *name, Mat x)
{
    const char *from = (const char *)x.a, *to = from + mat_size(x) * sizeof(float), *here = __builtin_frame_address(0);
    if (from == to) return;
    for (int i = 0; i < buffers; i++) {
        const char *start = (const char *)buffer[i].x.a;
        if (buffer[i].before && from < start + mat_size(buffer[i].x) * sizeof(float) && to > start)
            note(IS_INPUT, buffer[i].name);
    }
    if (from >= test_arena->base + test_arena->used && from < test_arena->base + test_arena->size)
        note(GIVEN_BACK, name);
    if (from < here && from > here - MB(8)) note(ON_STACK, name);
    if (from >= __data_start && from < _end) note(IS_STATIC, name);
}

void result(const char *name, Mat x)
{
    inspect_place(name, x);
    say_mat("result", name, x);
}

void result_in_place(const char *name, Mat x)
{
    for (int i = 0; i < buffers; i++) {
        if (buffer[i].x.a != x.a) continue;
        free(buffer[i].before);
        buffer[i].before = NULL;
    }
    say_mat("result", name, x);
}

void result_or_view(const char *name, Mat x) { say_mat("result", name, x); }

void result_value(const char *name, double v) { say("result %s 1 1 %a\n", name, v); }

Mat random_mat(int n, int d, float sd, Rng *rng, Arena *mem)
{
    Mat x = mat_new(mem, n, d);
    mat_normal(x, sd, rng);
    return x;
}

Net random_net(const char *name, int inputs, int outputs, Rng *rng, Arena *mem)
{
    Net net = net_new(name, (Shape){1, 1, inputs}, mem);
    net_dense(&net, 6, rng);
    net_lrelu(&net, .2f);
    net_dense(&net, outputs, rng);
    mat_fill(net.layer[0].w.g, 7);
    mat_fill(net.layer[2].w.g, 7);
    return net;
}

Net linear_net(const char *name, int inputs, int outputs, float sd, Rng *rng, Arena *mem)
{
    Net net = net_new(name, (Shape){1, 1, inputs}, mem);
    net_linear(&net, outputs, 1, rng);
    mat_normal(net.layer[0].w.v, sd, rng);
    mat_fill(net.layer[0].w.g, 7);
    return net;
}

static int witnessed;

static Mat saw(Layer *l, Mat x, LayerTrace *s, Trace *t)
{
    static const char *const name[] = {"saw0", "saw1", "saw2", "saw3"};
    if (witnessed < LENGTH(name)) given(name[witnessed], x);
    witnessed++;
    return x;
}

static Mat passed(Layer *l, Mat dy, LayerTrace *s, Trace *t) { return dy; }

void net_witness(Net *net)
{
    static const LayerType witness = {.kind = "witness", .forward = saw, .input_grad = passed};
    witnessed = 0;
    net_append(net, &witness, net_out(net));
}

int witness_calls(void) { return witnessed; }

Adam random_adam(Rng *rng)
{
    float lr = .05f + .1f * rng_uniform(rng), beta1 = .2f + .6f * rng_uniform(rng),
          beta2 = .6f + .3f * rng_uniform(rng);
    float eps = .1f + .2f * rng_uniform(rng);
    Adam opt = {.lr = lr, .beta1 = beta1, .beta2 = beta2, .eps = eps};
    return opt;
}

int size_in(int lo, int hi, Rng *rng) { return lo + rng_below(rng, hi - lo + 1); }

int turn_size(int turn, int letter, int large, Rng *rng)
{
    int few = size_in(2, 5, rng), many = (large + 1) / 2 * 2 + 1 + 2 * size_in(0, 5, rng);
    if (turn == 0) return 1;
    return turn == 2 + letter ? many : few;
}

/* ---- threads of the exercise's own ----
 *
 * The turns that are judged run on one thread. An exercise that has a parallel region is then called again and again on
 * two, which begin together so that they meet: its numbers may differ by rounding, and by no more. gcc's entry is
 * renamed to ours. */

static bool own_threads;

#if defined _OPENMP && !defined DEBUG
typedef struct {
    void (*region)(void *);
    void *data;
    int arrived;
} Team;
void GOMP_parallel(void (*region)(void *), void *data, unsigned threads, unsigned flags);
void student_parallel(void (*region)(void *), void *data, unsigned threads, unsigned flags);

static void begin_together(void *argument)
{
    Team *team = argument;
    __atomic_add_fetch(&team->arrived, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&team->arrived, __ATOMIC_SEQ_CST) < omp_get_num_threads()) {
    }
    team->region(team->data);
}

void student_parallel(void (*region)(void *), void *data, unsigned threads, unsigned flags)
{
    own_threads = true;
    GOMP_parallel(begin_together, &(Team){.region = region, .data = data}, threads, flags);
}
#endif

/* ---- turns ---- */

static Text turn_of(const Case *c, uint64_t seed, int turn, Arena *mem)
{
    out = (Text){0};
    guards_of_turn(turn);
    arena_reset(mem);
    Rng rng = rng_new(seed);
    c->run(&rng, mem);
    inspect_buffers();
    inspect_blocks(turn);
    arena_reset(mem);
    return out;
}

/* Two transcripts of one case, word by word. Where only the first turn, whose guards are NaN, has a NaN, a guard was
 * read. */
static void compare(const char *a, const char *b)
{
    if (!strcmp(a, b)) return;
    while (*a && *b) {
        size_t na = strcspn(a, " \n"), nb = strcspn(b, " \n");
        bool same = na == nb && !memcmp(a, b, na);
        bool is_nan = na >= 3 && !memcmp(a + na - 3, "nan", 3);
        if (!same) note(is_nan ? READ_OUTSIDE : UNSTEADY, "");
        a += na + (a[na] != 0);
        b += nb + (b[nb] != 0);
    }
    if (*a || *b) note(UNSTEADY, "");
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-5 + 1e-3 * fmax(fabs(a), fabs(b)) || a == b || (isnan(a) && isnan(b));
}

/* The same numbers but for rounding? */
static bool alike(const char *a, const char *b)
{
    while (*a && *b) {
        char *after_a, *after_b;
        double x = strtod(a, &after_a), y = strtod(b, &after_b);
        bool number = after_a > a && after_b > b;
        if (number ? !near(x, y) : *a != *b) return false;
        a = number ? after_a : a + 1;
        b = number ? after_b : b + 1;
    }
    return *a == *b;
}

static void meet(const Case *c, uint64_t seed, Arena *mem, Text alone)
{
    int threads = threads_get();
    double until = now_s() + .5;
    threads_set(2);
    for (int i = 0; i < 200 && now_s() < until && gravest < RACE; i++) {
        Text both = turn_of(c, seed, 0, mem);
        if (!alike(alone.text, both.text)) note(RACE, "");
        free(both.text);
    }
    threads_set(threads);
}

static void run_case(const Case *c, uint64_t seed, Arena *mem, FILE *f)
{
    gravest = NOTHING;
    Text first = turn_of(c, seed, 0, mem), second = turn_of(c, seed, 1, mem);
    compare(first.text ? first.text : "", second.text ? second.text : "");
    if (own_threads && first.text) meet(c, seed, mem, first);
    if (first.text) fputs(first.text, f);
    if (gravest) fprintf(f, "note %s %s\n", note_word[gravest], gravest_name);
    fputs("end\n", f);
    free(first.text);
    free(second.text);
}

int main(int argc, char **argv)
{
    const Case *c = cases;
    for (; argc == 1 && c->name; c++) puts(c->name);
    if (argc == 1) return EXIT_OK;
    if (argc != 3) die(EXIT_USAGE, "usage: %s [CASE|all SEED]; alone it lists its cases", argv[0]);
    bool all = !strcmp(argv[1], "all");
    while (!all && c->name && strcmp(c->name, argv[1])) c++;
    if (!c->name) die(EXIT_USAGE, "driver: no case '%s'", argv[1]);
    threads_set(getenv("DRIVER_THREADS") ? atoi(getenv("DRIVER_THREADS")) : 1);

    uint64_t seed = strtoull(argv[2], NULL, 10);
    Arena mem = arena_new("test", MB(64));
    test_arena = &mem;
    FILE *f = fdopen(3, "w");
    if (!f) f = stdout;
    if (!all) run_case(c, seed, &mem, f);
    for (; all && c->name; c++) {
        fprintf(f, "case %s\n", c->name);
        run_case(c, seed, &mem, f);
        fflush(f); /* whatever comes of the next one */
    }
    if (fclose(f)) return NO_TRANSCRIPT;
    arena_free(&mem);
    return EXIT_OK;
}
