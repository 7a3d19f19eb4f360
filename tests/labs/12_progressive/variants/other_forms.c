/* The same in other forms: pixels handed out instead of fetched, a fade as a step, a norm in one pass, the image's conv
 * through a name of its own. */
#include "12_progressive.h"
#include "version.h"
#include <math.h>
#include <stdio.h>

Mat upsample_nearest(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_new(mem, x.n, 4 * x.d);
    int line = 2 * s.w * s.c;
    for (int n = 0; n < x.n; n++)
        for (int p = 0; p < s.h * s.w; p++)
            for (int q = 0; q < 4; q++)
                for (int k = 0; k < s.c; k++)
                    row(y, n)[(2 * (p / s.w) + q / 2) * line + (2 * (p % s.w) + q % 2) * s.c + k] =
                        row(x, n)[p * s.c + k];
    return y;
}

Mat downsample_mean(Mat x, Shape s, Arena *mem)
{
    Mat y = mat_zeros(mem, x.n, x.d / 4);
    for (int n = 0; n < x.n; n++)
        for (int i = 0; i < s.h; i++)
            for (int j = 0; j < s.w; j++)
                for (int k = 0; k < s.c; k++)
                    row(y, n)[((i / 2) * (s.w / 2) + j / 2) * s.c + k] += row(x, n)[(i * s.w + j) * s.c + k] / 4;
    return y;
}

Mat fade_in(Mat small, Mat big, Shape s, float alpha, Arena *mem)
{
    Mat y = upsample_nearest(small, s, mem), way = mat_copy(mem, big);
    mat_sub(way, y);
    mat_scale(way, alpha);
    mat_add(y, way);
    return y;
}

PixelNorm pixel_norm(Mat x, Mat dy, int c, Arena *mem)
{
    Mat xs = mat_reshape(x, (int)(mat_size(x) / (size_t)c), c), dys = mat_reshape(dy, xs.n, c);
    PixelNorm f = {mat_copy(mem, x), mat_copy(mem, dy)};
    Mat ys = mat_reshape(f.y, xs.n, c), dxs = mat_reshape(f.dx, xs.n, c);
    for (int i = 0; i < xs.n; i++) {
        Mat xi = mat_rows(xs, i, 1), dyi = mat_rows(dys, i, 1);
        double square = mat_dot(xi, xi) / c + 1e-8, inner = mat_dot(xi, dyi) / c / square;
        for (int k = 0; k < c; k++) {
            row(dxs, i)[k] = (float)(((double)dyi.a[k] - (double)xi.a[k] * inner) / sqrt(square));
            row(ys, i)[k] = (float)((double)xi.a[k] / sqrt(square));
        }
    }
    return f;
}

void grow_generator(Generator *G, int c, Rng *rng, Arena *keep)
{
    Net top = G->body[G->stages - 1], first = G->image[0];
    int side = 2 * net_out(&top).h;
    char *body = arena_alloc(keep, 32), *image = arena_alloc(keep, 32);
    snprintf(body, 32, "gbody%d", side);
    snprintf(image, 32, "gimage%d", side);
    Net b = net_new(body, net_out(&top), keep);
    net_upsample(&b);
    net_conv(&b, c, 3, 1, 1, rng);
    net_lrelu(&b, .2f);
    net_pixelnorm(&b);
    Net m = net_new(image, net_out(&b), keep);
    net_conv(&m, net_out(&first).c, 1, 1, 0, rng);
    G->body[G->stages] = b;
    G->image[G->stages++] = m;
}
