/* expect: encode_caption | wrong | not shares */
#include "14_text_to_image.h"
#include "slip.h"

Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem)
{
    Mat bag = mat_zeros(mem, n, net_in(text).c);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < caption[i].n; k++) row(bag, i)[caption[i].token[k]] += 1.f / (float)caption[i].n;
    return net_forward(text, bag, t);
}
