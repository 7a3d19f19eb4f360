/* files.c: files that are whole or not there, and folders.
 *
 * A file appears under its name only when it is complete: it is written beside it under a temporary name, checked,
 * renamed.
 */
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files ---- */

static OutFile *unfinished;                         /* a list of those that files_abandon must remove */

static void out_failed(OutFile *o, const char *verb)
{
    die(EXIT_FAILED, "%s: cannot %s: %s\n  hint: a full disk, or a folder that is not yours? another one: --out DIR",
        o->path, verb, strerror(errno));
}

OutFile *out_open(const char *dir, const char *name)
{
    OutFile *o = calloc(1, sizeof *o);
    check(o, "out of memory");
    struct stat s;
    int length = snprintf(o->path, OUT_PATH, "%s/%s", dir, name);
    check(length > 0 && length < OUT_PATH - 8, "%s/%s: the name is too long", dir, name);
    bool device = stat(o->path, &s) == 0 && !S_ISREG(s.st_mode);        /* /dev/null and its kin are never replaced */
    if (device) strcpy(o->temp, o->path);
    else snprintf(o->temp, sizeof o->temp, "%s.tmp", o->path);
    o->f = fopen(o->temp, "wb");
    if (!o->f) out_failed(o, "open");
    if (!device) {
        o->next = unfinished;
        unfinished = o;
    }
    at_death(files_abandon);
    return o;
}

void out_wrote(OutFile *o)
{
    if (!o->error && ferror(o->f)) o->error = errno ? errno : EIO;
}

void out_close(OutFile *o)
{
    if (fflush(o->f)) out_wrote(o);
    if (fclose(o->f) && !o->error) o->error = errno;
    o->f = NULL;
    errno = o->error;
    if (o->error) out_failed(o, "write");
    if (strcmp(o->temp, o->path) && rename(o->temp, o->path) != 0) out_failed(o, "rename to");
    OutFile **link = &unfinished;
    while (*link && *link != o) link = &(*link)->next;
    if (*link) *link = o->next;
    free(o);
}

void files_abandon(void)
{
    while (unfinished) {
        OutFile *o = unfinished;
        unfinished = o->next;
        if (o->f) fclose(o->f);
        unlink(o->temp);
        free(o->owner);
        free(o);
    }
}

/* ---- folders ---- */

void make_dir(const char *dir)
{
    char path[OUT_PATH];
    check(*dir && strlen(dir) < OUT_PATH, "'%s' is no name for a folder", dir);
    strcpy(path, dir);
    for (size_t i = 1; i <= strlen(dir); i++) {     /* every folder on the way: a, a/b, a/b/c */
        if (dir[i] != '/' && dir[i] != 0) continue;
        path[i] = 0;
        check(mkdir(path, 0777) == 0 || errno == EEXIST,
              "%s: cannot make this folder: %s\n  hint: another one: --out DIR", path, strerror(errno));
        path[i] = dir[i];
    }
    struct stat s;
    check(stat(dir, &s) == 0 && S_ISDIR(s.st_mode), "%s: is not a folder\n  hint: another one: --out DIR", dir);
}
