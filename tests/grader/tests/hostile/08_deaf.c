/* expect: timeout
 * never ends, and ignores every signal that it can */
#include <signal.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (int s = 1; s < 65; s++) signal(s, SIG_IGN);
    volatile int on = 1;
    while (on) {}
    return ae_encode_right(x, W, mem);
}
