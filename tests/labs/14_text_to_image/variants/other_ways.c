/* Words are copied and compared whole, counts are sums, the loss is made of its parts. */
#include "14_text_to_image.h"
#include "version.h"
#include <strings.h>

Tokens tokenize_caption(const char *caption, const Vocabulary *v)
{
    Tokens t = {0};
    for (size_t at = strspn(caption, " ,"); caption[at]; at += strspn(caption + at, " ,")) {
        char word[64] = "";
        size_t length = strcspn(caption + at, " ,");
        if (length < sizeof word) memcpy(word, caption + at, length);
        int k = 0;
        while (k < v->n && strcasecmp(word, v->word[k])) k++;
        if (k == v->n || t.n == CAPTION_LENGTH) {
            t.unknown = caption + at;
            break;
        }
        t.token[t.n++] = k;
        at += length;
    }
    return t;
}

Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem)
{
    Mat bag = mat_new(mem, n, net_in(text).c);
    for (int i = 0; i < n; i++)
        for (int w = 0; w < bag.d; w++) {
            int times = 0;
            for (int k = 0; k < caption[i].n; k++) times += caption[i].token[k] == w;
            row(bag, i)[w] = (float)times;
        }
    return net_forward(text, bag, t);
}

Mat interp_captions(Mat a, Mat b, int steps, Arena *mem)
{
    Mat e = mat_new(mem, steps, a.d);
    for (int k = 0; k < a.d; k++)
        for (int i = 0; i < steps; i++) {
            double t = (double)i / (steps - 1);
            row(e, i)[k] = (float)((1 - t) * (double)a.a[k] + t * (double)b.a[k]);
        }
    return e;
}

Match caption_match(Mat seen, Mat asked, int others, Arena *mem)
{
    Match m = {.right = mat_zeros(mem, 1, seen.d)};
    double exact = 0, best = 0, *right = calloc((size_t)seen.d, sizeof *right);
    for (int i = 0; i < seen.n; i++) {
        int own = 0, highest = -1;
        for (int k = 0; k < seen.d; k++) {
            bool same = row(seen, i)[k] == row(asked, i)[k];
            own += same;
            right[k] += same;
        }
        for (int j = i + 1; j <= i + others; j++) {
            const float *other = row(asked, j < seen.n ? j : j - seen.n);
            int fits = 0, same = 0;
            for (int k = 0; k < seen.d; k++) {
                fits += other[k] == row(seen, i)[k];
                same += other[k] == row(asked, i)[k];
            }
            if (same < seen.d && fits > highest) highest = fits;
        }
        exact += own == seen.d;
        best += own > highest;
    }
    for (int k = 0; k < seen.d; k++) m.right.a[k] = (float)(right[k] / seen.n);
    free(right);
    m.exact = (float)(exact / seen.n);
    m.precision = (float)(best / seen.n);
    return m;
}
