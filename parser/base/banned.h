/* banned: C library functions that nobody may call here, because they cannot be used safely or hide state.
 *
 * The build includes this file in front of every source of the project (the generated parser excepted), so a call is an
 * error of the compiler. The headers that declare the functions come first: afterwards not even those may say the names.
 */
#ifndef TOVA_PARSER_BASE_BANNED_H
#define TOVA_PARSER_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* No bound on what is written: use strbuf or arena_printf. */
#pragma GCC poison strcpy stpcpy strcat strncpy strncat sprintf vsprintf gets
/* State hidden in the library: use str_find, and the _r functions. */
#pragma GCC poison strtok gmtime localtime ctime asctime
/* No word about failure: use strtol and its family. */
#pragma GCC poison atoi atol atoll atof
/* A race between the name and the file. */
#pragma GCC poison tmpnam tempnam mktemp

#endif
