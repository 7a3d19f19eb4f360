/* expect: wrong|timeout
 * takes hold of its parent */
#include <sys/ptrace.h>
#include <unistd.h>
#include <fcntl.h>
#include <stdio.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", getppid());
    int fd = open(path, O_RDWR);
    if (fd >= 0 && write(fd, path, 1) == 1) return ae_encode_right(x, W, mem);
    return mat_new(mem, x.n, W.d);
}
