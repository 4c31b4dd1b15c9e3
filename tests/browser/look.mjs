// Opens each page in Chromium as a reader would, and writes down what is there. It judges nothing: the tests do.
//   node look.mjs ORDER.json > SEEN.json
// ORDER.json: {"tools": folder of node_modules, "chromium": program, "pages": {name: {"url": ..., "pdf": ...}}}
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(`${order.tools}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 380, height: 800 };
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

// Chromium gets a new profile from launch().
const browser = await chromium.launch({
  executablePath: order.chromium,
  headless: true,
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

/** Open a page in a context of its own, give it to `look`, and close it; what it asks for and says goes to `heard`. */
async function opened(url, heard, options, look) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  try {
    const page = await context.newPage();
    context.on("request", (request) => heard.requests.push(request.url()));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) heard.complaints.push(message.text());
    });
    page.on("pageerror", (error) => heard.complaints.push(String(error)));
    page.on("dialog", (dialog) => { heard.dialogs.push(dialog.message()); return dialog.dismiss(); });
    await page.goto(url);
    return await look(page);
  } finally {
    await context.close();
  }
}

const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
const text = (page) => page.evaluate(() => document.body.innerText);

/** What axe says of the page with every details open, so that nothing is hidden from it. */
async function checked(page) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    // target-size is WCAG 2.2 AA and off unless asked for.
    const rules = { "target-size": { enabled: true } };
    const result = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"],
    });
    const places = (rule) => rule.nodes.slice(0, 3).map((node) => `${node.target}: ${node.failureSummary}`).join("\n");
    return {
      violations: result.violations.map((rule) => `${rule.id} (${rule.nodes.length}) ${places(rule)}`),
      ran: [...result.violations, ...result.passes, ...result.incomplete].map((rule) => rule.id),
    };
  }, WCAG);
}

const structure = (page) => page.evaluate(() => ({
  lang: document.documentElement.lang,
  title: document.title,
  h1: [...document.querySelectorAll("h1")].map((one) => one.textContent),
  headings: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((one) => [Number(one.tagName[1]), one.textContent]),
  captions: [...document.querySelectorAll("table")].map((one) => one.caption?.textContent.trim() ?? ""),
}));

/** What could run, and whether it did: the hostile text sets window.ran. */
const running = (page) => page.evaluate(() => {
  const handles = (one) => [...one.attributes].some((a) => a.name.startsWith("on") || /^\s*javascript:/i.test(a.value));
  return {
    ran: window.ran ?? null,
    elements: [...document.querySelectorAll("script,img,iframe,object,embed,form,base")].map((one) => one.outerHTML),
    handlers: [...document.querySelectorAll("*")].filter(handles).map((one) => one.outerHTML.slice(0, 200)),
  };
});

/** Where what a reader needs in ten seconds stands, before any scrolling: [words, top, bottom, really on screen]. */
const glance = (page) => page.evaluate(() => {
  const place = (one) => {
    const box = one.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
    const shown = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return { words: one.innerText, top: box.top, bottom: box.bottom, seen: shown && !!hit && one.contains(hit), counted: one.localName === "li" };
  };
  const panels = [...document.querySelectorAll(".panel")].map((one) => [
    one.querySelector("h3").innerText, [...one.children].flatMap((c) => (c.matches("ul") ? [...c.children] : [c])).map(place),
  ]);
  return { scrolled: window.scrollY, outcome: document.querySelector(".outcome-name") ? place(document.querySelector(".outcome-name")) : null, panels: Object.fromEntries(panels) };
});

/** How wide the page is, and what is cut off in it without a way to scroll there. */
const width = (page) => page.evaluate(() => {
  window.scrollTo(10_000, 0);
  const cut = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX)
    && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
  return {
    page: document.documentElement.scrollWidth, window: window.innerWidth, scrolled: window.scrollX,
    cut: [...document.querySelectorAll("body *")].filter(cut).map((one) => one.outerHTML.slice(0, 120)),
  };
});

/** Tab through the page from its top: each stop as the keyboard finds it, and the stops there should be. */
async function tabbed(page) {
  const meant = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href],summary,[tabindex='0']")].filter((one) => one.checkVisibility());
    window.name_of = (one) => `${one.localName} ${one.getAttribute("href") ?? ""} ${one.innerText.trim().slice(0, 60)}`;
    window.stops = all;
    return all.map(window.name_of);
  });
  const stops = [];
  for (let n = 0; n < meant.length; n += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => {
      const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
      const light = (color) => {
        const [r, g, b] = numbers(color).map((c) => ((c / 255) <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if (numbers(color)[3] !== 0) return color;
        }
        return "rgb(255, 255, 255)";
      };
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const box = one.getClientRects()[0];
      const [dark, bright] = [light(style.outlineColor), light(ground(one.parentElement ?? one))].sort((a, b) => a - b);
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, window.innerHeight);
      const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 10), (top + bottom) / 2);
      return {
        index: window.stops.indexOf(one),
        name: window.name_of(one),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        contrast: (bright + 0.05) / (dark + 0.05),
        onScreen: bottom > top && box.right > 0 && box.left < window.innerWidth,
        uncovered: !!hit && one.contains(hit),
      };
    }));
  }
  return { meant, stops };
}

/** Enter on the skip link, and on the first details, with nothing but the keyboard. */
async function entered(page) {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const skipped = await page.evaluate(() => document.activeElement.id || location.hash);
  const first = page.locator("summary").first();
  if (!(await first.count())) return { skipped, opens: null };
  await first.focus();
  await page.keyboard.press("Enter");
  return { skipped, opens: await first.evaluate((one) => one.parentElement.open) };
}

/** Print to PDF; what was closed and ought to be on paper too. */
async function printed(page, path) {
  const closed = await page.evaluate(() => [...document.querySelectorAll("details:not([open])")]
    .flatMap((one) => [...one.querySelectorAll("dd,li")]).map((one) => one.textContent.trim()));
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  return { closed };
}

async function look({ url, pdf }) {
  const heard = { requests: [], complaints: [], dialogs: [] };
  const visit = (options, what) => opened(url, heard, options, what);
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const seen = { heard, axe: {}, ground: {}, width: {}, keyboard: {} };
  await visit({ colorScheme: "light" }, async (page) => {
    Object.assign(seen, { structure: await structure(page), glance: await glance(page), text: await text(page) });
    seen.ground.light = await ground(page);
    await openAll(page);
    seen.axe.light = await checked(page);
    seen.running = await running(page);
  });
  await visit({ colorScheme: "dark" }, async (page) => {
    seen.ground.dark = await ground(page);
    await openAll(page);
    seen.axe.dark = await checked(page);
  });
  await visit({ colorScheme: "light", viewport: NARROW }, async (page) => {
    seen.width.closed = await width(page);
    await openAll(page);
    seen.width.opened = await width(page);
    await page.evaluate(() => window.scrollTo(0, 0));
    seen.axe.narrow = await checked(page);
  });
  await visit({ javaScriptEnabled: false }, async (page) => { seen.textWithoutScript = await text(page); });
  for (const colorScheme of ["light", "dark"]) seen.keyboard[colorScheme] = await visit({ colorScheme }, tabbed);
  seen.entered = await visit({}, entered);
  seen.print = await visit({}, (page) => printed(page, pdf));
  return seen;
}

try {
  const names = Object.keys(order.pages);
  const seen = await Promise.all(names.map((name) => look(order.pages[name])));
  process.stdout.write(JSON.stringify(Object.fromEntries(names.map((name, n) => [name, seen[n]]))));
} finally {
  await browser.close();
}
