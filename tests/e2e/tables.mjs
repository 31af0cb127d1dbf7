// Reading what the site gives away: CSV by RFC 4180, the first sheet of an XLSX file.
import { inflateRawSync } from "node:zlib";

// Rows of fields. What is not a table in the sense of RFC 4180 is an exception.
export function csvRows(text) {
	const rows = [];
	let row = [], field = "", at = text.startsWith("\uFEFF") ? 1 : 0;
	while (at < text.length) {
		if (text[at] === '"') {
			let end = at + 1;
			for (;; end += 2) {
				end = text.indexOf('"', end);
				if (end < 0)
					throw new Error(`row ${rows.length + 1}: a quoted field without end`);
				if (text[end + 1] !== '"')
					break;
			}
			field = text.slice(at + 1, end).replaceAll('""', '"');
			at = end + 1;
		} else {
			const end = /[,\r\n]|$/.exec(text.slice(at)).index + at;
			field = text.slice(at, end);
			if (field.includes('"'))
				throw new Error(`row ${rows.length + 1}: a quote in a field without quotes`);
			at = end;
		}
		row.push(field);
		const rest = text.slice(at, at + 2);
		if (rest[0] === ",") {
			at++;
			if (at === text.length)
				row.push("");
		} else if (rest === "\r\n" || rest[0] === "\n" || rest === "") {
			at += rest === "\r\n" ? 2 : 1;
			rows.push(row);
			row = [];
		} else {
			throw new Error(`row ${rows.length + 1}: "${rest}" behind a field`);
		}
	}
	for (const [i, r] of rows.entries())
		if (r.length !== rows[0].length)
			throw new Error(`row ${i + 1} has ${r.length} fields, not ${rows[0].length}`);
	return rows;
}

// One file of an archive, by its directory (APPNOTE 4.3.12).
function unzip(zip, wanted) {
	const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
	let at = zip.readUInt32LE(end + 16);
	for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
		const name = zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28));
		if (name === wanted) {
			const local = zip.readUInt32LE(at + 42);
			const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
			const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
			return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString("utf8");
		}
		at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return null;
}

// The first column of the first sheet, heading included, as text (ECMA-376 part 1, 18.3.1.4: inline and shared strings).
export function xlsxFirstColumn(zip) {
	const plain = (xml) => [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((m) => m[1]).join("");
	const sheet = unzip(zip, "xl/worksheets/sheet1.xml");
	if (!sheet)
		throw new Error("no sheet in the XLSX file");
	const shared = [...(unzip(zip, "xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map((m) => plain(m[1]));
	return [...sheet.matchAll(/<c r="A\d+"([^>]*)>(.*?)<\/c>/gs)].map(([, attributes, content]) => {
		const value = /<v>([^<]*)<\/v>/.exec(content)?.[1] ?? "";
		return attributes.includes('t="s"') ? shared[Number(value)] : attributes.includes('t="inlineStr"') ? plain(content) : value;
	});
}
