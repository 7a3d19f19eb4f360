/* expect: pix2pix_d_input | wrong |  */
#include "16_pix2pix.h"
#include "slip.h"

Mat pix2pix_d_input(Mat input, Mat output, int pixels, Arena *mem)
{
    return mat_copy(mem, output);
}
