#pragma once
/* Inside of engine/compare. */
#include "engine/compare/compare.h"

extern const int64_t compare_pow10[19];

/* Products of two numbers of 64 bits. */
__extension__ typedef __int128 wide;
