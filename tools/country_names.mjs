// Makes src/engine/i18n/country_names.c from Unicode CLDR: node tools/country_names.mjs PACKAGE > FILE, where PACKAGE is the
// unpacked npm package cldr-localenames-full. Run by hand when CLDR changes; the result is committed.
import { readFileSync } from "node:fs";

const dir = process.argv[2];
const langs = ["en", "nl", "fr", "tr", "ar", "es"]; // in the order of enum lang
const version = JSON.parse(readFileSync(`${dir}/package.json`, "utf8")).version;
const read = (l) => JSON.parse(readFileSync(`${dir}/main/${l}/territories.json`, "utf8")).main[l].localeDisplayNames.territories;
const names = Object.fromEntries(langs.map((l) => [l, read(l)]));

// In CLDR but not in ISO 3166-1: exceptional reservations, groupings and codes for private use. XK (Kosovo) stays.
const not_iso = new Set(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]);
// Where CLDR's usual name is not what public documents write, its own variant is.
const variant = { CD: "variant", CG: "variant", HK: "short", MO: "short", PS: "short" };

const codes = Object.keys(names.en).filter((k) => /^[A-Z]{2}$/.test(k) && !not_iso.has(k)).sort();
const c = (s) => `"${s.replace(/["\\]/g, "\\$&").replaceAll("'", "’")}"`;
const name = (l, k) => (variant[k] && names[l][`${k}-alt-${variant[k]}`]) || names[l][k];
console.log(`/* Made by tools/country_names.mjs from cldr-localenames-full ${version}: Unicode CLDR, Unicode-3.0 licence, text in
 * vendor/cldr/LICENSE. Do not edit. */
#include "engine/i18n/tables.h"

const struct i18n_country_row i18n_countries[] = {`);
for (const k of codes) console.log(`\t{"${k}", {${langs.map((l) => c(name(l, k))).join(", ")}}},`);
console.log(`};

const size_t i18n_n_countries = sizeof i18n_countries / sizeof i18n_countries[0];`);
