#pragma once
/* Files of the standard, built into the program: the schemas, codelists/mapping.xml, rules/standard.json. */
#include "iati_standard.h"
