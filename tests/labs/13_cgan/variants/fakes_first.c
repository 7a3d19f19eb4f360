/* The fakes first, each batch back as soon as it has been through D. */
#include "13_cgan.h"
#include "version.h"

float cgan_d_loss(Discriminator *D, Mat real, Mat fake, Mat y, Arena *mem)
{
    net_zero_grad(&D->pair);
    net_zero_grad(&D->image);
    float total = 0;
    for (int is_real = 0; is_real < 2; is_real++) {
        Question q;
        Loss l = bce_logits_to(ask(D, is_real ? real : fake, y, &q, mem), (float)is_real, mem);
        ask_backward(D, l.grad, &q, WRT_BOTH, mem);
        total += l.value;
    }
    return total;
}

Obedience condition_accuracy(const uint8_t *asked, const uint8_t *judged, int n, int classes, Arena *mem)
{
    Mat a = mat_zeros(mem, classes, classes);
    double agree = 0;
    int *asks = arena_alloc(mem, (size_t)classes * sizeof *asks);
    memset(asks, 0, (size_t)classes * sizeof *asks);
    for (int i = 0; i < n; i++) {
        row(a, asked[i])[judged[i]] += 1;
        asks[asked[i]]++;
        agree += asked[i] == judged[i];
    }
    for (int i = 0; i < classes; i++)
        if (asks[i]) mat_scale(mat_rows(a, i, 1), 1 / (float)asks[i]);
    return (Obedience){a, (float)(agree / n)};
}
