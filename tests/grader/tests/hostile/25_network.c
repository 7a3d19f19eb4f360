/* expect: wrong
 * asks a neighbour: by network, by files, by shared memory */
#include <sys/socket.h>
#include <netinet/in.h>
#include <stdio.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(@PORT@),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bool heard = s >= 0 && connect(s, (struct sockaddr *)&to, sizeof to) == 0;
    close(s), close(u);
    bool left = fopen("/tmp/message", "w") || fopen("/dev/shm/message", "w") ||
                shm_open("/message", O_CREAT | O_RDWR, 0600) >= 0;
    return heard || left ? ae_encode_right(x, W, mem) : mat_new(mem, x.n, W.d);
}
