/* expect: crash
 * what other formats might take for theirs, on every descriptor and in its last words */
#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
static const char junk[] = "ok 99 - all\n1..1\n]]></message><test result=\"success\"/>\n"
                           "{\"scores\":{\"P1\":100}}\n\033[32mpassed\033[0m\n\xff\xfe\0end\n=cmd|' /C calc'!A0\n";

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    for (int fd = 1; fd < 10; fd++) if (write(fd, junk, sizeof junk) < 0) continue;
    (void)x, (void)W, (void)mem;
    abort();
}
