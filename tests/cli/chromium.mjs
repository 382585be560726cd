// SPDX-License-Identifier: GPL-2.0-or-later
// Opens pages in headless Chromium and prints a line of TAP for each check.
//   node chromium.mjs CHROMIUM AXE.js SCREENSHOTS|- [--brief] PAGE...
// playwright-core is found beside the folder that it is started in.  Pages after --brief
// are opened as phone and as dark desk only.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";

const require = createRequire(process.cwd() + "/");
const { chromium } = require("playwright-core");
const [executablePath, axePath, shots, ...files] = process.argv.slice(2);
const briefly = files.includes("--brief") ? files.indexOf("--brief") : files.length;
const pages = files.filter((_, i) => i !== briefly);
const axe = readFileSync(axePath, "utf8");
let n = 0;

function tap(good, name, detail) {
	console.log(`${good ? "ok" : "not ok"} ${++n} - ${name}`);
	if (!good)
		console.log(String(detail).replace(/^/gm, "#   "));
}

// Print: A4 at 96 pixels an inch without the margins of page.css.
const states = [
	{ name: "phone", width: 360, height: 740, scheme: "light", brief: true },
	{ name: "desk", width: 1280, height: 900, scheme: "light" },
	{ name: "dark", width: 1280, height: 900, scheme: "dark", brief: true },
	{ name: "phone-dark", width: 360, height: 740, scheme: "dark" },
	{ name: "print", width: 672, height: 986, scheme: "light", media: "print" },
];

// ---- what a picture shows ----

// A PNG as Chromium writes them: 8 bits a channel, three or four channels, not interlaced.
function decode(png) {
	const width = png.readUInt32BE(16), height = png.readUInt32BE(20);
	const n = { 2: 3, 6: 4 }[png[25]];
	const parts = [];
	for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
		if (png.toString("latin1", at + 4, at + 8) === "IDAT")
			parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
	const raw = inflateSync(Buffer.concat(parts));
	const row = width * n;
	const bytes = Buffer.alloc(row * height);
	for (let y = 0; y < height; y++) {
		const filter = raw[y * (row + 1)];
		for (let i = 0; i < row; i++) {
			const to = y * row + i;
			const a = i >= n ? bytes[to - n] : 0;
			const b = y > 0 ? bytes[to - row] : 0;
			const c = i >= n && y > 0 ? bytes[to - row - n] : 0;
			const [pa, pb, pc] = [b - c, a - c, a + b - 2 * c].map(Math.abs);
			const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
			bytes[to] = raw[y * (row + 1) + 1 + i] + [0, a, b, (a + b) >> 1, paeth][filter];
		}
	}
	const colours = new Uint32Array(width * height);
	for (let i = 0; i < colours.length; i++)
		colours[i] = bytes.readUIntBE(i * n, 3);
	return { width, height, colours };
}

// Relative luminance and contrast: WCAG 2.
function luminance(colour) {
	const [r, g, b] = [16, 8, 0].map((bit) => (colour >> bit & 255) / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

// Its paper, which is the colour of most pixels; how much is something else; how far to the
// right anything reaches; and the strongest contrast in a box.
function look({ width, height, colours }, box = { x: 0, y: 0, width, height }) {
	const counts = new Map();
	for (const colour of colours)
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const [[paper, n]] = [...counts].sort((a, b) => b[1] - a[1]);
	let right = 0;
	for (let y = 0; y < height; y++)
		for (let x = width - 1; x > right; x--)
			if (colours[y * width + x] !== colours[width - 1])
				right = x;
	const inside = new Set();
	for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, box.y + box.height); y++)
		for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(width, box.x + box.width); x++)
			inside.add(colours[y * width + x]);
	const strongest = Math.max(1, ...[...inside].map((colour) => contrast(paper, colour)));
	return { paper, ink: 1 - n / colours.length, right, strongest };
}

async function picture(page, label, file, state) {
	const png = await page.screenshot(shots === "-" ? {} : { path: `${shots}/${basename(file)}-${state.name}.png` });
	const shown = decode(png);
	tap(shown.width === state.width && shown.height === state.height, `${label}: the picture has its size`,
		`${shown.width}x${shown.height}`);
	const seen = look(shown, await page.locator("h1, h2").first().boundingBox());
	const light = luminance(seen.paper);
	tap(state.media === "print" ? light === 1 : state.scheme === "dark" ? light < 0.05 : light > 0.9,
		`${label}: the paper is ${state.media ?? state.scheme}`, seen.paper);
	tap(seen.ink > 0.01 && seen.ink < 0.7, `${label}: the picture is neither blank nor full`, seen.ink);
	tap(seen.strongest >= 7, `${label}: its head can be read`, seen.strongest);
	// On paper the margin is the printer's.
	if (!state.media)
		tap(seen.right < state.width - 8, `${label}: a margin is left to the right`, seen.right);
	const drawing = page.locator("svg").first();
	if (await drawing.count() > 0) {
		const drawn = look(decode(await drawing.screenshot()));
		tap(drawn.ink > 0.005 && drawn.strongest >= 4.5 && contrast(drawn.paper, seen.paper) < 1.3,
			`${label}: the timeline is drawn`, JSON.stringify(drawn));
	}
}

// Pages whose answer is known to be of a usual length.
const answers = new Set(["incident", "alone", "log", "outlook"]);

// What reaches out of the window to the right, the widest first; run in the page.
function overflow() {
	const width = document.documentElement.clientWidth;
	const wide = [...document.body.querySelectorAll("*")]
		.filter((e) => !e.closest("svg") && !e.closest(".skip") && !e.closest(".hidden"))
		.filter((e) => getComputedStyle(e).clipPath === "none" && !e.closest("thead"))
		.filter((e) => e.getBoundingClientRect().right > width + 1)
		.map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 60)}`);
	return { page: document.documentElement.scrollWidth - width, wide: wide.slice(0, 5) };
}

async function check(browser, file, state) {
	const context = await browser.newContext({
		viewport: { width: state.width, height: state.height },
		colorScheme: state.scheme,
	});
	const page = await context.newPage();
	const label = `${basename(file)}, ${state.name}`;
	const noise = [];
	const requests = [];
	page.on("console", (m) => noise.push(m.text()));
	page.on("pageerror", (e) => noise.push(String(e)));
	page.on("dialog", (d) => { noise.push("dialog " + d.message()); d.dismiss(); });
	page.on("request", (r) => requests.push(r.url()));
	const url = pathToFileURL(file).href;
	await page.goto(url);
	if (state.media)
		await page.emulateMedia({ media: state.media });
	await picture(page, label, file, state);
	if (state.media && answers.has(basename(file, ".html"))) {
		const end = await page.evaluate(() =>
			document.querySelector("#page-answer").getBoundingClientRect().bottom + scrollY);
		tap(end <= state.height, `${label}: the answer stands on the first page`, end);
	}
	// Folded parts count too.
	await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
	const over = await page.evaluate(overflow);
	tap(over.page <= 0 && over.wide.length === 0, `${label}: nothing overflows`,
		`${over.page} pixels\n${over.wide.join("\n")}`);
	tap(noise.length === 0, `${label}: no script ran and nothing was blocked`, noise.join("\n"));
	tap(requests.length === 1 && requests[0] === url, `${label}: nothing was fetched`,
		requests.join("\n"));
	tap(await page.evaluate(() => document.scripts.length + document.images.length) === 0 &&
		await page.evaluate(() => window.pwned === undefined),
		`${label}: there is no script and no image`, "");
	tap(await page.evaluate(() => getComputedStyle(document.querySelector("h2")).borderBottomStyle) === "solid",
		`${label}: its own style is let in`, "");
	// Both widths and both colour schemes are among these; it takes seconds each time.
	if (state.brief) {
		await page.evaluate(axe);
		const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
		tap(found.violations.length === 0, `${label}: axe-core finds no violation`,
			found.violations.map((v) => `${v.id}: ${v.help}: ` +
				v.nodes.slice(0, 3).map((x) => x.target + " " + (x.any[0]?.message ?? "")).join("; ")).join("\n"));
	}
	await context.close();
}

// Tab reaches the skip link, and each folded part opens by the keyboard.
async function keyboard(browser, file) {
	const page = await browser.newPage();
	await page.goto(pathToFileURL(file).href);
	await page.keyboard.press("Tab");
	tap(await page.evaluate(() => document.activeElement.className) === "skip",
		`${basename(file)}: the first stop leads past the head`, "");
	const closed = page.locator("details:not([open]) > summary");
	if (await closed.count() > 0) {
		const first = await closed.first().elementHandle();
		await first.focus();
		await page.keyboard.press("Enter");
		tap(await first.evaluate((e) => e.parentElement.open),
			`${basename(file)}: a folded part opens by the keyboard`, "");
	}
	await page.close();
}

const browser = await chromium.launch({
	executablePath,
	headless: true,
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const [i, file] of pages.entries()) {
	for (const state of states)
		if (i < briefly || state.brief)
			await check(browser, file, state);
	if (i < briefly)
		await keyboard(browser, file);
}
await browser.close();
console.log(`1..${n}`);
