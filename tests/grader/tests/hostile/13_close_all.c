/* expect: crash|wrong|timeout
 * closes every descriptor */
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (int fd = 0; fd < 64; fd++) close(fd);
    return mat_new(mem, x.n, W.d);
}
