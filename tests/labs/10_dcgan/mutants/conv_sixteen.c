/* expect: conv_forward | wrong | fits only */
#include "10_dcgan.h"
#include "version.h"

RIGHT(conv_forward);

Mat conv_forward(const Window *win, Mat x, Mat W, Mat b, Arena *mem)
{
    Mat y = mat_zeros(mem, x.n, shape_size(win->small));
    int n = x.n < 16 ? x.n : 16;
    mat_set(mat_rows(y, 0, n), conv_forward_right(win, mat_rows(x, 0, n), W, b, mem));
    return y;
}
