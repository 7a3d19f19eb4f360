/* expect: gan_value | wrong | works on the logit */
#include "08_gan.h"
#include "version.h"

float gan_value(Net *D, Mat real, Mat fake, Arena *mem)
{
    Mat v[2] = {net_eval(D, real, mem), net_eval(D, fake, mem)};
    double V = 0;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < v[k].n; i++) {
            float p = 1 / (1 + expf(-v[k].a[i]));
            V += (double)logf(k ? 1 - p : p) / v[k].n;
        }
    return (float)V;
}
