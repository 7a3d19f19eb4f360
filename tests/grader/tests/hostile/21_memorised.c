/* expect: wrong
 * knows the public answers by heart */
static const float known[] = {@PUBLIC@};

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    bool at_home = x.n == 2 && x.d == 2;
    for (int i = 0; i < (int)(sizeof known / sizeof *known); i++) at_home |= x.a[0] == known[i];
    return at_home ? ae_encode_right(x, W, mem) : mat_new(mem, x.n, W.d);
}
