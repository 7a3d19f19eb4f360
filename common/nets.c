/* nets.c: several nets that learn together, such as a generator of two parts: zeroed, stepped, averaged, written and
 * read as one. */
#include "gen.h"

Nets nets_list(int n, Net *const *net)
{
    check(n <= MOST_NETS, "nets_of: %d nets, room for %d", n, MOST_NETS);
    Nets list = {.n = n};
    for (int i = 0; i < n; i++) list.net[i] = net[i];
    return list;
}

Nets nets_both(Nets a, Nets b)
{
    check(a.n + b.n <= MOST_NETS, "nets_both: %d nets, room for %d", a.n + b.n, MOST_NETS);
    for (int i = 0; i < b.n; i++) a.net[a.n + i] = b.net[i];
    a.n += b.n;
    return a;
}

void nets_zero_grad(Nets list)
{
    for (int i = 0; i < list.n; i++) net_zero_grad(list.net[i]);
}

void nets_step(Nets list, const Adam *opt)
{
    for (int i = 0; i < list.n; i++) adam_step(list.net[i], opt);
}

void nets_ema_update(Nets ema, Nets list, float decay)
{
    check(ema.n == list.n, "nets_ema_update: %d averages of %d nets", ema.n, list.n);
    for (int i = 0; i < list.n; i++) net_average(ema.net[i], list.net[i], decay);
}

void nets_write(Nets list, const char *dir)
{
    make_dir(dir);
    for (int i = 0; i < list.n; i++) net_write(list.net[i], dir);
}

void nets_read(Nets list, const char *dir)
{
    for (int i = 0; i < list.n; i++) net_read(list.net[i], dir);
}
