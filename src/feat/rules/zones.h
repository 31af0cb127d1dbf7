#pragma once
/* The system's time zone files, handed to the engine. */
#include "base/arena.h"
#include "engine/feel/zone.h"

#define ZONES_DIR "/usr/share/zoneinfo"

/* All zones that tzdata.zi of dir names; an empty set when there are no such files. In arena. */
enum err_code zones_load(struct arena *a, const char *dir, struct feel_zones **ret_zones, struct err *e) WARN_UNUSED;
