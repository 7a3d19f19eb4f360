/* expect: tokenize_caption | wrong | begins */
#include "14_text_to_image.h"
#include "version.h"
#include <ctype.h>

static bool separates(char c) { return c == ' ' || c == ','; }

/* The number of the word that begins at `at`; v->n if it is not there. */
static int find(const Vocabulary *v, const char *at, int length)
{
    for (int k = 0; k < v->n; k++) {
        int same = 0;
        while (same < length && tolower((unsigned char)at[same]) == v->word[k][same]) same++;
        if (same == length && v->word[k][length] == 0) return k;
    }
    return v->n;
}

Tokens tokenize_caption(const char *caption, const Vocabulary *v)
{
    Tokens t = {0};
    const char *at = caption;
    while (*at) {
        if (separates(*at)) {
            at++;
            continue;
        }
        int length = 0;
        while (at[length] && !separates(at[length])) length++;
        int number = find(v, at, length);
        if (number == v->n || t.n == CAPTION_LENGTH) {
            (void)at;
            return t;
        }
        t.token[t.n] = number;
        t.n++;
        at += length;
    }
    return t;
}
