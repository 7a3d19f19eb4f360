/* slip.h: for a wrong version of an exercise that its judge must catch (NN_name.mutants/), or an unusual right one that it must accept
 * (NN_name.variants/).
 *
 * Such a file holds the changed functions alone and is linked with the reference, whose own functions of these names are then called
 * NAME_right: all other exercises go on using those. RIGHT(NAME) declares one, for a slip that is the right function with a twist.
 */
#ifndef SLIP_H
#define SLIP_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RIGHT(name) __typeof__(name) name##_right

#endif
