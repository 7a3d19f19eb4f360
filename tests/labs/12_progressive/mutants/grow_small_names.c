/* expect: grow_generator | wrong | gbody8 */
#include "12_progressive.h"
#include "version.h"

void grow_generator(Generator *G, int c, Rng *rng, Arena *keep)
{
    int k = G->stages, colours = net_out(&G->image[0]).c;
    Net *body = &G->body[k], *image = &G->image[k];
    Shape below = net_out(&G->body[k - 1]);
    *body = net_new(name_of(keep, "gbody%d", below.h), below, keep);
    net_upsample(body);
    net_conv(body, c, 3, 1, 1, rng); net_lrelu(body, .2f); net_pixelnorm(body);
    *image = net_new(name_of(keep, "gimage%d", below.h), net_out(body), keep);
    net_conv(image, colours, 1, 1, 0, rng);
    G->stages++;
}
