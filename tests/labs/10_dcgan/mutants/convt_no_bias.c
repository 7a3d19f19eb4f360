/* expect: convt_forward | wrong | bias is missing */
#include "10_dcgan.h"
#include "version.h"

RIGHT(convt_forward);

Mat convt_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    return convt_forward_right(win, x, W, mat_zeros(mem, 1, b.d), mem);
}
