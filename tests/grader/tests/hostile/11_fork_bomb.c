/* expect: pass|wrong|crash|timeout|limit
 * processes without end */
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (;;) fork();
    return ae_encode_right(x, W, mem);
}
