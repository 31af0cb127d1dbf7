#include "feat/rules/zones.h"

#include "codec/io.h"

enum { ZONE_FILE_MOST = 100000, ZONE_LIST_MOST = 1 << 20 };

static enum err_code load(struct feel_zones *zs, const char *dir, str name, struct err *e)
{
	char path[512];
	AUTO_BUF file = BUF_INIT(ZONE_FILE_MOST);
	int n = snprintf(path, sizeof path, "%s/%.*s", dir, STR_ARG(name));
	if (n < 0 || (size_t)n >= sizeof path || str_find(name, STR("..")) >= 0)
		return ERR_OK;
	enum err_code code = file_read(path, &file, e);
	if (code == ERR_NOT_FOUND)
		return ERR_OK; /* listed but not installed */
	if (code != ERR_OK)
		return code;
	return feel_zones_add(zs, name, buf_str(&file), e);
}

/* "Z Europe/Amsterdam …" names a zone, "L Europe/Brussels Europe/Amsterdam" a further name for one. */
enum err_code zones_load(struct arena *a, const char *dir, struct feel_zones **ret_zones, struct err *e)
{
	char path[512];
	AUTO_BUF list = BUF_INIT(ZONE_LIST_MOST);
	struct feel_zones *zs = feel_zones_new(a);
	if (!zs)
		return arena_fail(a, e);
	(void)snprintf(path, sizeof path, "%s/tzdata.zi", dir);
	enum err_code code = file_read(path, &list, e);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	struct str_split lines = str_split_on(buf_str(&list), '\n');
	str line, word, name = STR_NONE;
	while (code == ERR_OK && str_next(&lines, &line)) {
		if (!str_starts(line, STR("Z ")) && !str_starts(line, STR("L ")))
			continue;
		struct str_split words = str_split_on(line, ' ');
		size_t wanted = line.p[0] == 'Z' ? 1 : 2, at = 0;
		while (at <= wanted && str_next(&words, &word)) {
			name = word;
			at++;
		}
		if (at > wanted)
			TRY(load(zs, dir, name, e));
	}
	*ret_zones = zs;
	return ERR_OK;
}
