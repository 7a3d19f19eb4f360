/* expect: timeout
 * leaves its session and its group, then waits */
#include <signal.h>
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    setsid(), setpgid(0, 0), setpgid(0, getppid());
    signal(SIGTERM, SIG_IGN), signal(SIGXCPU, SIG_IGN);
    for (;;) pause();
    return ae_encode_right(x, W, mem);
}
