/* net_io.c: a net on disk: its weights as npy files, and its layers as rows of a csv. */
#include "gen.h"

#include <stdio.h>
#include <string.h>

/* ---- weights ---- */

static const char *weight_file(const Net *net, int i, const char *what, char *buf, size_t size)
{
    snprintf(buf, size, "%s.%s%d.%s.npy", net->name, net->layer[i].type->kind, i, what);
    return buf;
}

void net_write(Net *net, const char *dir)
{
    char file[160];
    make_dir(dir);
    for (int i = 0; i < net->n; i++) {
        Layer *l = &net->layer[i];
        if (l->w.v.a) npy_write(dir, weight_file(net, i, "weight", file, sizeof file), l->w.v);
        if (l->b.v.a) npy_write(dir, weight_file(net, i, "bias", file, sizeof file), l->b.v);
        if (l->run.a) npy_write(dir, weight_file(net, i, "running", file, sizeof file), l->run);
    }
}

static void read_param(const Net *net, int i, const char *what, Mat into, const char *dir)
{
    char file[160];
    size_t mark = net->mem->used;
    Mat got = npy_read(dir, weight_file(net, i, what, file, sizeof file), net->mem);
    check(got.n == into.n && got.d == into.d,
          "%s/%s: holds (%d,%d), the net wants (%d,%d)\n  hint: was it written by another version of the lab?", dir,
          file, got.n, got.d, into.n, into.d);
    memcpy(into.a, got.a, mat_size(into) * sizeof *into.a);
    arena_rewind(net->mem, mark);
}

void net_read(Net *net, const char *dir)
{
    for (int i = 0; i < net->n; i++) {
        Layer *l = &net->layer[i];
        if (l->w.v.a) read_param(net, i, "weight", l->w.v, dir);
        if (l->b.v.a) read_param(net, i, "bias", l->b.v, dir);
        if (l->run.a) read_param(net, i, "running", l->run, dir);
    }
    net_touch(net);
}

/* ---- layers, for figures ---- */

static void maps_row(Csv *csv, const char *net, const char *kind, Shape s)
{
    csv_row(csv, "%s,%s,%d,%d,%d", net, kind, s.h, s.w, s.c);
}

void net_maps(const Net *net, Csv *csv)
{
    maps_row(csv, net->name, "input", net_in(net));
    for (int i = 0; i < net->n; i++)
        if (memcmp(&net->layer[i].in, &net->layer[i].out, sizeof(Shape)))
            maps_row(csv, net->name, net->layer[i].type->kind, net->layer[i].out);
}

void net_summary(const Net *net, Csv *csv)
{
    for (int i = 0; i < net->n; i++)
        csv_row(csv, "%s,%s%d,%d,%d", net->name, net->layer[i].type->kind, i, shape_size(net->layer[i].in),
                shape_size(net->layer[i].out));
}
