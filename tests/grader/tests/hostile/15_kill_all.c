/* expect: wrong|crash|timeout|limit
 * kills and stops whatever it may */
#include <signal.h>
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    kill(getppid(), SIGSTOP), kill(getppid(), SIGKILL), kill(1, SIGKILL), kill(-1, SIGKILL), kill(0, SIGKILL);
    return mat_new(mem, x.n, W.d);
}
