#pragma once
/* Included into every compilation (see meson.build): functions that are easy to misuse do not compile. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef strtok
#undef sprintf
#undef vsprintf
#define strcpy(...) banned_use_str_or_buf
#define strcat(...) banned_use_str_or_buf
#define strncpy(...) banned_use_str_or_buf
#define strncat(...) banned_use_str_or_buf
#define strtok(...) banned_use_str_split
#define sprintf(...) banned_use_buf_addf
#define vsprintf(...) banned_use_buf_addf
#define atoi(...) banned_use_str_to_i64
#define atol(...) banned_use_str_to_i64
#define atof(...) banned_use_decimal
#define gmtime(...) banned_use_date_of_instant
#define localtime(...) banned_use_date_of_instant
#define system(...) banned_spawn_without_a_shell
#define popen(...) banned_spawn_without_a_shell
