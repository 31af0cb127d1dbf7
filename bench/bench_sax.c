/* The limit of an import: the same file through a bare parser that only counts elements.   bench_sax libxml2|expat FILE */
#include <expat.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 256 * 1024 };

static void on_sax2(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int n_ns, const xmlChar **nss,
    int n, int n_default, const xmlChar **attributes)
{
	(void)name, (void)prefix, (void)ns, (void)n_ns, (void)nss, (void)n, (void)n_default, (void)attributes;
	++*(size_t *)ctx;
}

static void on_expat(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
	(void)name, (void)attributes;
	++*(size_t *)ctx;
}

int main(int argc, char **argv)
{
	static char chunk[CHUNK];
	size_t elements = 0, n;
	FILE *f = argc == 3 ? fopen(argv[2], "rb") : NULL;
	if (!f)
		return 2;
	if (strcmp(argv[1], "expat") == 0) {
		XML_Parser p = XML_ParserCreate(NULL);
		XML_SetUserData(p, &elements);
		XML_SetStartElementHandler(p, on_expat);
		while ((n = fread(chunk, 1, CHUNK, f)) > 0)
			if (XML_Parse(p, chunk, (int)n, 0) != XML_STATUS_OK)
				return 3;
		(void)XML_Parse(p, chunk, 0, 1);
		XML_ParserFree(p);
	} else {
		xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = on_sax2};
		xmlParserCtxtPtr p = xmlCreatePushParserCtxt(&sax, &elements, NULL, 0, NULL);
		while ((n = fread(chunk, 1, CHUNK, f)) > 0)
			if (xmlParseChunk(p, chunk, (int)n, 0) != 0)
				return 3;
		(void)xmlParseChunk(p, chunk, 0, 1);
		xmlFreeParserCtxt(p);
	}
	(void)fclose(f);
	printf("%zu elements\n", elements);
	return 0;
}
