/* expect: not_compiled
 * includes itself */
#include __FILE__

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
