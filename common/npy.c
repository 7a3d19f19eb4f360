/* npy.c: arrays for everybody else, written and read: npy files of version 1.0 (numpy/lib/format). */
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void npy(const char *dir, const char *name, const char *type, const void *a, size_t size, int ndim,
                const int *shape)
{
    char dims[64] = "", head[128];
    size_t count = 1, at = 0;
    for (int i = 0; i < ndim; i++) {
        at += (size_t)snprintf(dims + at, sizeof dims - at, "%d,%s", shape[i], i + 1 < ndim ? " " : "");
        count *= (size_t)shape[i];
    }
    if (ndim > 1) dims[at - 1] = 0;                 /* (3,) but (3, 4) */
    snprintf(head, sizeof head, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, dims);
    OutFile *o = out_open(dir, name);
    fprintf(o->f, "\x93NUMPY\x01%c%c%c%-117s\n", 0, 118, 0, head);      /* 10 + 118 bytes: the numbers start at 128 */
    fwrite(a, size, count, o->f);
    out_wrote(o);
    out_close(o);
}

void npy_write(const char *dir, const char *name, Mat x)
{
    npy(dir, name, "<f4", x.a, sizeof *x.a, 2, (int[]){x.n, x.d});
}

void npy_write_f32(const char *dir, const char *name, const float *a, int ndim, const int *shape)
{
    check(ndim >= 1 && ndim <= 5, "%s/%s: %d dimensions, want 1 to 5", dir, name, ndim);
    npy(dir, name, "<f4", a, sizeof *a, ndim, shape);
}

void npy_write_u8(const char *dir, const char *name, const uint8_t *a, int ndim, const int *shape)
{
    check(ndim >= 1 && ndim <= 5, "%s/%s: %d dimensions, want 1 to 5", dir, name, ndim);
    npy(dir, name, "|u1", a, 1, ndim, shape);
}

/* group 0: none */
static void write_bytes(const char *dir, const char *name, Mat x, int group, int h, int w, int c)
{
    check(x.d == h * w * c, "%s/%s: rows of %d numbers are no images of %d x %d x %d", dir, name, x.d, h, w, c);
    uint8_t *byte = malloc(mat_size(x));
    check(byte, "%s/%s: out of memory", dir, name);
    for (size_t i = 0; i < mat_size(x); i++) {
        byte[i] = (uint8_t)(x.a[i] * 255 + .5f);
        x.a[i] = (float)byte[i] / 255;
    }
    int images[] = {x.n, h, w, c}, groups[] = {group ? x.n / group : 0, group, h, w, c}, colours = c != 1;
    npy_write_u8(dir, name, byte, (group ? 4 : 3) + colours, group ? groups : images);
    free(byte);
}

void npy_write_images(const char *dir, const char *name, Mat x, int h, int w, int c)
{
    write_bytes(dir, name, x, 0, h, w, c);
}

void npy_write_groups(const char *dir, const char *name, Mat x, int group, int h, int w, int c)
{
    check(group >= 1 && x.n % group == 0, "%s/%s: %d images are no groups of %d", dir, name, x.n, group);
    write_bytes(dir, name, x, group, h, w, c);
}

Mat npy_read(const char *dir, const char *name, Arena *mem)
{
    char path[OUT_PATH], head[4096];
    uint8_t start[10];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    check(f, "%s: cannot open: %s\n  hint: --load wants the folder that an earlier run wrote", path, strerror(errno));
    bool ok = fread(start, 1, 10, f) == 10 && !memcmp(start, "\x93NUMPY\x01", 7);
    size_t length = ok ? start[8] + 256u * start[9] : 0;
    ok = ok && length < sizeof head && fread(head, 1, length, f) == length;
    check(ok, "%s: is not an npy file of version 1", path);
    head[length] = 0;
    check(strstr(head, "'<f4'") && strstr(head, "'fortran_order': False"),
          "%s: want float32 in row order, its header says %s", path, head);
    int n = 0, d = 1;
    const char *shape = strstr(head, "'shape': (");
    char end[2];
    int dims = shape ? sscanf(shape, "'shape': (%d, %d%1[)]", &n, &d, end) : 0;
    check((dims == 1 || dims == 3) && n >= 0 && d >= 0, "%s: want one or two dimensions, its header says %s", path,
          head);
    Mat x = mat_new(mem, n, d);
    check(fread(x.a, sizeof *x.a, mat_size(x), f) == mat_size(x) && fgetc(f) == EOF,
          "%s: not as long as its shape (%d,%d)", path, n, d);
    fclose(f);
    return x;
}

void table_write(const char *dir, const char *name, const char *header, Mat x)
{
    char file[64];
    snprintf(file, sizeof file, "%s.csv", name);
    csv_mat(dir, file, header, x);
    snprintf(file, sizeof file, "%s.npy", name);
    npy_write(dir, file, x);
}
