/* choose.c: the environment variable DGN_VERSION names the version of a lab that this program is: see versions.py.
 *
 * Each exercise of the generated program calls its function by a pointer. Before main, the pointers of the functions
 * that the version changes are set to its own; without DGN_VERSION all of them stay at the solution's. */
#include "version.h"

__attribute__((constructor)) static void choose(void)
{
    const char *wanted = getenv("DGN_VERSION");
    if (!wanted) return;
    int found = 0;
    for (const Version *v = versions; v->version; v++) {
        if (strcmp(v->version, wanted)) continue;
        *v->chosen = v->function;
        found++;
    }
    if (found) return;
    fprintf(stderr, "DGN_VERSION: no version is called %s\n", wanted);
    exit(2);
}
