#pragma once
/* Named time zones (IANA). The engine reads no files: whoever has the zone files (RFC 8536) hands them in. After the
 * last feel_zones_add the set is only read and may be shared by threads. */
#include "base/str.h"

struct arena;
struct feel_zones;

enum { FEEL_ZONES_MOST = 2000 };

/* An empty set, in arena; NULL without memory. */
struct feel_zones *feel_zones_new(struct arena *a);
/* Add a zone from its TZif file. The name is copied. ERR_INVALID for malformed data. */
enum err_code feel_zones_add(struct feel_zones *zs, str name, str tzif, struct err *e) WARN_UNUSED;
/* Index of a zone by its exact name, or -1. zs may be NULL. */
int32_t feel_zone_find(const struct feel_zones *zs, str name);
str feel_zone_name(const struct feel_zones *zs, int32_t index);
/* Seconds east of UTC at an instant (seconds since 1970 UTC). */
int32_t feel_zone_offset(const struct feel_zones *zs, int32_t index, int64_t utc_s);
/* The same for a local time; in a gap the offset before it, in an overlap the earlier of the two instants. */
int32_t feel_zone_offset_local(const struct feel_zones *zs, int32_t index, int64_t local_s);
/* The zone's offset of winter time now: for times of day without a date. */
int32_t feel_zone_standard(const struct feel_zones *zs, int32_t index);
