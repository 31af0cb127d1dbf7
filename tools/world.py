#!/usr/bin/env python3
"""Country outlines for the maps: from the npm package world-atlas (Natural Earth, public domain) to a C table.

usage: world.py DIR_OF_WORLD_ATLAS ISO_3166-1.json > src/engine/chart/world.c

DIR is the unpacked package (countries-110m.json gives the outlines, countries-50m.json the places of countries too
small for it); the second file is /usr/share/iso-codes/json/iso_3166-1.json of Debian's iso-codes, for the two-letter
codes. Run once, the result is committed. The projection is Equal Earth (Savric, Patterson, Jenny 2018): areas are true.
Antarctica is left out. Outlines that Natural Earth draws apart without an ISO code are joined to the state that the
United Nations count them to (Northern Cyprus, Somaliland); Kosovo has its user-assigned code XK.
"""
import json
import math
import sys

MIDDLE = 11  # central meridian: the map is cut in the Bering Strait, through no country of note
WIDTH = 4000  # units from the western to the eastern edge, on the equator
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2
SCALE = WIDTH / (2 * math.pi / (M * A1))
TOP = 83.7  # northernmost latitude shown; its y is 0
WITHOUT_CODE = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK", "Siachen Glacier": None, "Indian Ocean Ter.": None}
LEFT_OUT = {"AQ"}


def equal_earth(lon, lat):
    t = math.asin(M * math.sin(math.radians(lat)))
    t2, t6 = t * t, t ** 6
    x = math.radians(lon) * math.cos(t) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return x * SCALE, y * SCALE


Y0 = equal_earth(0, TOP)[1]


def place(lon, lat):
    x, y = equal_earth(lon, lat)
    return x + WIDTH / 2, Y0 - y


def placed(ring):
    """A ring of longitudes and latitudes on the map, in one piece: no jump at the edge."""
    out, last = [], None
    for lon, lat in ring:
        lon -= MIDDLE
        if last is not None:
            lon += 360 * round((last - lon) / 360)
        out.append((lon, lat))
        last = lon
    turn = 360 * round(sum(lon for lon, _ in out) / len(out) / 360)
    return [place(lon - turn, lat) for lon, lat in out]


class Atlas:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            t = json.load(f)
        (kx, ky), (dx, dy) = t["transform"]["scale"], t["transform"]["translate"]
        self.arcs = []
        for arc in t["arcs"]:
            x = y = 0
            pts = []
            for ax, ay in arc:
                x, y = x + ax, y + ay
                pts.append((x * kx + dx, y * ky + dy))
            self.arcs.append(pts)
        self.geometries = t["objects"]["countries"]["geometries"]

    def points(self, index):
        return self.arcs[index] if index >= 0 else self.arcs[~index][::-1]

    @staticmethod
    def rings(geometry):
        polygons = {"Polygon": lambda a: [a], "MultiPolygon": lambda a: a}[geometry["type"]](geometry["arcs"])
        return [ring for polygon in polygons for ring in polygon]


def joined_rings(atlas, rings):
    """Rings of points; arcs that two rings share from both sides (an inner border) are dropped and the rest closed."""
    used = {i for ring in rings for i in ring}
    inner = {i for i in used if ~i in used}
    if not inner:
        return [[p for i in ring for p in atlas.points(i)[1:]] for ring in rings]
    left = [i for ring in rings for i in ring if i not in inner]
    start = {}
    for i in left:
        start.setdefault(atlas.points(i)[0], []).append(i)
    result = []
    while left:
        i = left[0]
        first, pts = atlas.points(i)[0], []
        while True:
            left.remove(i)
            start[atlas.points(i)[0]].remove(i)
            pts += atlas.points(i)[1:]
            if pts[-1] == first:
                break
            i = start[pts[-1]][0]
        result.append(pts)
    return result


def area(pts):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(pts, pts[1:] + pts[:1])) / 2


def centroid(pts):
    a = area(pts)
    if abs(a) < 1e-9:
        return sum(x for x, _ in pts) / len(pts), sum(y for _, y in pts) / len(pts)
    x = y = 0.0
    for (x1, y1), (x2, y2) in zip(pts, pts[1:] + pts[:1]):
        k = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * k, y + (y1 + y2) * k
    return x / (6 * a), y / (6 * a)


def whole(pts):
    """On the grid, without repetitions."""
    out = []
    for x, y in pts:
        q = (round(x), round(y))
        if not out or out[-1] != q:
            out.append(q)
    if len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def path(rings):
    parts = []
    for pts in rings:
        (x, y), text = pts[0], "M%d %dl" % pts[0]
        sep = ""
        for nx, ny in pts[1:]:
            dx, dy = nx - x, ny - y
            text += (sep if dx >= 0 else "") + str(dx) + (" " if dy >= 0 else "") + str(dy)
            x, y, sep = nx, ny, " "
        parts.append(text + "z")
    return "".join(parts)


def by_code(atlas, iso):
    found = {}
    for g in atlas.geometries:
        name = g["properties"]["name"]
        code = iso.get(g["id"]) if g.get("id") else WITHOUT_CODE[name]
        if code and code not in LEFT_OUT and g.get("type"):
            found.setdefault(code, []).extend(Atlas.rings(g))
    return found


def main():
    folder, iso_file = sys.argv[1:]
    with open(iso_file, encoding="utf-8") as f:
        iso = {c["numeric"]: c["alpha_2"] for c in json.load(f)["3166-1"]}
    coarse, fine = Atlas(folder + "/countries-110m.json"), Atlas(folder + "/countries-50m.json")
    shapes, places = by_code(coarse, iso), by_code(fine, iso)
    out = [
        "/* Made by tools/world.py; change that, not this. Outlines: Natural Earth 1:110m and 1:50m (public domain), through",
        " * the npm package world-atlas 2.0.2 (ISC, Michael Bostock); codes: ISO 3166-1 of Debian's iso-codes. */",
        '#include "engine/chart/world.h"', "",
        "/* Outlines are longer than the 4095 bytes that C promises; gcc and clang take them. */",
        '#pragma GCC diagnostic ignored "-Woverlength-strings"', "",
        "const struct world_country world_countries[] = {",
    ]
    bottom = 0
    for code in sorted(set(shapes) | set(places)):
        rings = []
        for ring in joined_rings(coarse, shapes.get(code, [])):
            pts = whole(placed(ring))
            if len(pts) >= 3:
                rings.append(pts)
        rings.sort(key=lambda r: -abs(area(r)))
        source = [placed(r) for r in joined_rings(fine, places[code])] if code in places else rings
        largest = max(source, key=lambda r: abs(area(r)))
        cx, cy = centroid(largest)
        box = whole(rings[0] if rings else largest)
        xs, ys = [p[0] for p in box], [p[1] for p in box]
        bottom = max([bottom] + [y for r in rings for _, y in r])
        out.append('\t{"%s", %d, %d, {%d, %d, %d, %d},' % (code, round(cx), round(cy), min(xs), min(ys), max(xs), max(ys)))
        text = path(rings)
        for i in range(0, len(text), 96):
            out.append('\t    "%s"' % text[i:i + 96])
        if not text:
            out[-1] += ' ""'
        out[-1] += "},"
    out += ["};", "", "const size_t world_countries_n = sizeof world_countries / sizeof *world_countries;",
            "const int world_width = %d;" % WIDTH, "const int world_height = %d;" % bottom]
    print("\n".join(out))


main()
