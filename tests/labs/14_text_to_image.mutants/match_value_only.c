/* expect: matching_aware_loss | wrong | the weight belongs to the gradient */
#include "14_text_to_image.h"
#include "slip.h"

MatchingLoss matching_aware_loss(PairD *D, Mat real, Mat fake, Mat right, Mat wrong,
                                 float share, Arena *mem)
{
    PairQuestion of_right, of_wrong, of_fake;
    Loss accept = bce_logits_to(pair_ask(D, real, right, &of_right, mem), 1, mem);
    Loss unfit = bce_logits_to(pair_ask(D, real, wrong, &of_wrong, mem), 0, mem);
    Loss refuse = bce_logits_to(pair_ask(D, fake, right, &of_fake, mem), 0, mem);

    PairAnswer a = pair_back(D, accept.grad, &of_right, WRT_PARAMS, mem);
    PairAnswer b = pair_back(D, unfit.grad, &of_wrong, WRT_PARAMS, mem);
    PairAnswer c = pair_back(D, refuse.grad, &of_fake, WRT_PARAMS, mem);
    mat_add(a.dmap, b.dmap);                                // the real image was asked about twice,
    mat_add(a.de, c.de);                                    // and the right caption
    MatchingLoss loss = {.dreal = a.dmap, .dfake = c.dmap, .dright = a.de, .dwrong = b.de};
    loss.value = accept.value + share * unfit.value + (1 - share) * refuse.value;
    return loss;
}
