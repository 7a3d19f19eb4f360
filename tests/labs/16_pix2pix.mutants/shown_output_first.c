/* expect: pix2pix_d_input | wrong | the input comes first */
#include "16_pix2pix.h"
#include "slip.h"

Mat pix2pix_d_input(Mat input, Mat output, int pixels, Arena *mem)
{
    return skip_join(output, input, pixels, mem);
}
