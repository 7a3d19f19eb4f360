/* expect: encode_caption | wrong | not only its first */
#include "14_text_to_image.h"
#include "slip.h"

Mat encode_caption(Net *text, const Tokens *caption, int n, Trace *t, Arena *mem)
{
    Mat bag = mat_zeros(mem, n, net_in(text).c);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 1; k++) row(bag, i)[caption[i].token[k]] += 1;
    return net_forward(text, bag, t);
}
