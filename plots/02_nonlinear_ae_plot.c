/* 02_nonlinear_ae_plot.c: what the figures of lab 02 are drawn from; see 02_nonlinear_ae_plot.h. */
#include "02_nonlinear_ae_plot.h"
#include <stdio.h>

enum { SOME = 600 };                    /* points in a figure */

void plot_points(Lab *lab, const char *name, Mat test, Mat line, Arena *mem)
{
    Mat both = mat_join(mem, mat_rows(test, 0, SOME), mat_rows(line, 0, SOME));
    csv_mat(lab->out, name_of(mem, "%s.csv", name), "x1,x2,line1,line2", both);
}

/* ---- the net as a picture ---- */

static const char *act_name(Act act)
{
    switch (act) {
    case TANH:    return "tanh";
    case SIGMOID: return "sigmoid";
    case LRELU:   return "leaky ReLU";
    default:      return "";
    }
}

/* What stands in column l: the input, the code in the middle, the output, or hidden units. */
static const char *column_name(const Mlp *net, int l)
{
    if (l == 0) return "x";
    if (l == net->n / 2) return "z";
    if (l == net->n) return "xhat";
    return act_name(net->layer[l - 1].act);
}

void plot_net(Csv *csv, const char *name, const Mlp *net)
{
    size_t weights = 0;
    for (int l = 0; l < net->n; l++)
        weights += mat_size(net->layer[l].w.v) + mat_size(net->layer[l].b.v);
    for (int l = 0; l <= net->n; l++) {
        int units = l == 0 ? net->layer[0].w.v.n : net->layer[l - 1].b.v.d;
        const char *what = column_name(net, l);
        csv_row(csv, "%s,%d,%d,%s,%zu", name, l, units, what, weights);
        printf("%s%d %s", l == 0 ? "" : " - ", units, what);
    }
    printf(": %zu weights\n", weights);
}

void plot_bends(Lab *lab, Arena *mem)
{
    enum { AT = 161 };
    Mat a = mat_new(mem, AT, 1), one = mat_new(mem, AT, 1), table = a;
    for (int i = 0; i < AT; i++) a.a[i] = .05f * (float)(i - AT / 2);
    mat_fill(one, 1);
    for (Act act = TANH; act < ACTS; act++) {
        Mat h = act_forward(act, a, mem), slope = act_backward(act, one, h, mem);
        table = mat_join(mem, table, mat_join(mem, h, slope));
    }
    csv_mat(lab->out, "bends.csv", "a,tanh,dtanh,sigmoid,dsigmoid,lrelu,dlrelu", table);
}

/* ---- the film ---- */

struct Film { const char *name; Csv *error, *grown; int frame; long next; };

Film *film_open(Lab *lab, const char *name, Csv *error, Arena *keep)
{
    Film *film = arena_alloc(keep, sizeof *film);
    *film = (Film){.name = name, .error = error};
    film->grown = csv_open(lab->out, name_of(keep, "grown_%s.csv", name), "frame,step,x1,x2");
    return film;
}

bool film_due(const Film *film, long step) { return step >= film->next; }

void film_frame(Film *film, long step, Mat x, double error, double linear)
{
    csv_row(film->error, "%s,%ld,%.6g,%.6g", film->name, step, error, linear);
    for (int i = 0; i < x.n; i++)
        csv_row(film->grown, "%d,%ld,%.5g,%.5g", film->frame, step, row(x, i)[0], row(x, i)[1]);
    csv_gap(film->grown);
    film->frame++;
    film->next = step < 10 ? 10 : step + step / 5;
}

void film_close(Film *film) { csv_close(film->grown); }

/* ---- codes ---- */

Mat plane_points(Arena *mem)
{
    enum { SIDE = 131 };
    Mat x = mat_new(mem, SIDE * SIDE, 2);
    for (int i = 0; i < x.n; i++) {
        row(x, i)[0] = (float)(i % SIDE) / 50 - 1.3f;
        row(x, i)[1] = (float)(i / SIDE) / 50 - 1.3f;
    }
    return x;
}

void plot_plane(Lab *lab, Mat x, Mat code, Arena *mem)
{
    csv_mat(lab->out, "plane.csv", "x1,x2,code", mat_join(mem, x, code));
}

void plot_order(Lab *lab, const char *name, Mat t, Mat code, Arena *mem)
{
    Mat both = mat_join(mem, mat_rows(t, 0, SOME), mat_rows(code, 0, SOME));
    csv_mat(lab->out, name_of(mem, "order_%s.csv", name), "arc,code", both);
}
