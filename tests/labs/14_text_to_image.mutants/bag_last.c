/* expect: encode_caption | wrong | not only its last */
#include "14_text_to_image.h"
#include "slip.h"

Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem)
{
    Mat bag = mat_zeros(mem, n, net_in(text).c);
    for (int i = 0; i < n; i++)
        for (int k = caption[i].n - 1; k < caption[i].n; k++) row(bag, i)[caption[i].token[k < 0 ? 0 : k]] += 1;
    return net_forward(text, bag, t);
}
