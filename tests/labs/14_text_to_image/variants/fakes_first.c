/* The questions in another order, each back at once, and with more asked of pair_back than is needed. */
#include "14_text_to_image.h"
#include "version.h"

MatchingLoss matching_aware_loss(PairD *D, Mat real, Mat fake, Mat right, Mat wrong, float share, Arena *mem)
{
    const Mat map[3] = {fake, real, real}, e[3] = {right, wrong, right};
    const float weight[3] = {1 - share, share, 1};
    PairAnswer answer[3];
    MatchingLoss loss = {0};
    for (int k = 0; k < 3; k++) {
        PairTrace q;
        Loss l = bce_logits_to(pair_ask(D, map[k], e[k], &q, mem), k == 2, mem);
        mat_scale(l.grad, weight[k]);
        loss.value += weight[k] * l.value;
        answer[k] = pair_back(D, l.grad, &q, WRT_BOTH, mem);
    }
    loss.dfake = answer[0].dmap;
    loss.dwrong = answer[1].de;
    loss.dreal = answer[2].dmap;
    mat_add(loss.dreal, answer[1].dmap);
    loss.dright = mat_copy(mem, answer[0].de);
    mat_add(loss.dright, answer[2].de);
    return loss;
}

Tokens tokenize_caption(const char *caption, const Vocabulary *v)
{
    Tokens t = {.n = 0};
    const char *from = caption;
    while (true) {
        while (*from == ' ' || *from == ',') from++;
        if (!*from) return t;
        const char *to = from;
        while (*to && *to != ' ' && *to != ',') to++;
        int found = -1;
        for (int k = v->n - 1; k >= 0 && found < 0; k--) {
            bool same = strlen(v->word[k]) == (size_t)(to - from);
            for (const char *c = from; c < to && same; c++) {
                char small = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
                same = small == v->word[k][c - from];
            }
            if (same) found = k;
        }
        t.unknown = from;
        if (found < 0 || t.n >= CAPTION_LENGTH) return t;
        t.unknown = NULL;
        t.token[t.n] = found;
        t.n++;
        from = to;
    }
}
