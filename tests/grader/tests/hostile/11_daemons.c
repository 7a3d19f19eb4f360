/* expect: any
 * leaves processes behind that leave its session */
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (int i = 0; i < 20; i++)
        if (fork() == 0) {
            setsid();
            if (fork() == 0) for (;;) sleep(100);
            _exit(0);
        }
    return ae_encode_right(x, W, mem);
}
