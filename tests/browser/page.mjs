// Opens pages in a browser without a network and tells what they did: errors, requests, what a reader sees.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const FOLDER = process.env.VEDTAEGT_PAGES;
if (!FOLDER) {
  throw new Error("VEDTAEGT_PAGES must name the folder of pages; cargo test --test browser -- --ignored sets it");
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--proxy-server=127.0.0.1:9",
];

export function launch() {
  const executablePath = process.env.VEDTAEGT_CHROMIUM || "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: FLAGS });
}

export function read(file) {
  return readFileSync(path.join(FOLDER, file), "utf8");
}

// Returns the paths of the files in a folder and below it.
export function files(folder) {
  const all = readdirSync(path.join(FOLDER, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => path.relative(FOLDER, path.join(entry.parentPath, entry.name))).sort();
}

// Opens a page in a window of its own. `damage` edits the file before the browser sees it.
export async function open(browser, file, { hash = "", dark = false, width = 1280, script = true, damage } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.said = [];
  page.asked = [];
  page.on("console", (message) => { page.said.push(`${message.type()}: ${message.text()}`); });
  page.on("pageerror", (error) => { page.said.push(error.message); });
  page.on("dialog", (dialog) => { page.said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { page.asked.push(request.url()); });
  const url = pathToFileURL(path.join(FOLDER, file)).href;
  if (damage) {
    await page.route(url, (route) => route.fulfill({ contentType: "text/html", body: damage(read(file)) }));
  }
  await page.goto(url + hash, { waitUntil: "load" });
  // What the page does after it is loaded.
  if (script) { await page.evaluate(() => new Promise((done) => { setTimeout(done, 20); })); }
  return page;
}

// Returns what is wrong with a page that must keep to itself.
export function noise(page) {
  const out = page.asked.filter((url) => !url.startsWith("file:"));
  return [...page.said, ...out, ...(page.asked.length === 1 ? [] : [`${page.asked.length} requests`])];
}

// Returns what axe finds, in all of the page or in a part of it.
export async function axe(page, { include, runOnly } = {}) {
  await page.evaluate(AXE);
  const options = { resultTypes: ["violations"], ...(runOnly ? { runOnly } : {}) };
  const result = await page.evaluate(([where, how]) => globalThis.axe.run(where || document, how), [include, options]);
  return result.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);
}

// Returns the numbers of the changes whose marks a reader sees in the text shown.
export function seen(page) {
  return page.evaluate(() => {
    const keys = new Set();
    for (const mark of document.querySelectorAll("main > article [data-change]")) {
      if (mark.classList.contains("off")) { continue; }
      if (mark.getClientRects().length > 0) { keys.add(mark.dataset.change); }
    }
    return [...keys].sort();
  });
}

// Returns the lines of the text shown as they read when every mark shown is carried out.
export function amended(page) {
  return page.evaluate(() => {
    const article = [...document.querySelectorAll("main > article")].find((a) => a.getClientRects().length > 0);
    return [...article.querySelectorAll(".line")].filter((line) => !line.hidden).map((line) => {
      const copy = line.cloneNode(true);
      copy.querySelectorAll(".sr, .margin, .note, .from, del").forEach((e) => e.remove());
      return copy.textContent;
    });
  });
}

// Returns one column of the texts side by side.
export function column(page, n) {
  return page.evaluate((n) => {
    return [...document.querySelectorAll("table.columns tbody tr")].map((row) => {
      const copy = row.children[n].cloneNode(true);
      copy.querySelectorAll(".sr, .margin, .note, .from").forEach((e) => e.remove());
      return copy.textContent;
    });
  }, n);
}

// Folds lines so that a page and clean Markdown can be compared.
export function folded(lines) {
  return lines.map((line) => line.normalize("NFC").replace(/\s+/g, " ").trim()).filter((line) => line !== "");
}

export function markdown(file) {
  return folded(read(file).split("\n").map((line) => line.replace(/^#+ /, "").replace(/\\([^\p{L}\p{N}\s])/gu, "$1")));
}
