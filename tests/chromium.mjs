// SPDX-License-Identifier: GPL-2.0-or-later
// Opens pages in headless Chromium and prints a line of TAP for each check.
//   node chromium.mjs CHROMIUM AXE.js SCREENSHOTS|- PAGE...
// playwright-core is found beside the folder that it is started in.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(process.cwd() + "/");
const { chromium } = require("playwright-core");
const [executablePath, axePath, shots, ...pages] = process.argv.slice(2);
const axe = readFileSync(axePath, "utf8");
let n = 0;

function tap(good, name, detail) {
	console.log(`${good ? "ok" : "not ok"} ${++n} - ${name}`);
	if (!good)
		console.log(String(detail).replace(/^/gm, "#   "));
}

const states = [
	{ name: "phone", width: 360, height: 740, scheme: "light" },
	{ name: "desk", width: 1280, height: 900, scheme: "light" },
	{ name: "dark", width: 1280, height: 900, scheme: "dark" },
	{ name: "phone-dark", width: 360, height: 740, scheme: "dark" },
	{ name: "print", width: 794, height: 1123, scheme: "light", media: "print" },
];

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
	if (shots !== "-")
		await page.screenshot({ path: `${shots}/${basename(file)}-${state.name}.png` });
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
	if (state.media !== "print") {
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
for (const file of pages) {
	for (const state of states)
		await check(browser, file, state);
	await keyboard(browser, file);
}
await browser.close();
console.log(`1..${n}`);
