import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch } from "puppeteer-core";

/** The browsers that the tests drive: Chromium by its DevTools protocol, Firefox by WebDriver BiDi. */
export type BrowserName = "chromium" | "firefox";

export const browserNames: readonly BrowserName[] = ["chromium", "firefox"];

const places: Record<BrowserName, readonly (string | undefined)[]> = {
  chromium: [
    process.env["VERNIER_CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ],
  firefox: [process.env["VERNIER_FIREFOX"], "/usr/bin/firefox-esr", "/usr/bin/firefox"],
};

const chromiumArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where a browser is installed; null where it is not. */
export function browserPath(name: BrowserName): string | null {
  return places[name].find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** A browser without a window, with a fresh profile that goes when it is closed; `more` are arguments for Chromium. */
export async function openBrowser(
  name: BrowserName,
  more: readonly string[] = [],
): Promise<{ browser: Browser; close(): Promise<void> }> {
  const executablePath = browserPath(name);
  if (executablePath === null) throw new Error(`${name}: expected an installed browser, found none`);
  const profile = await mkdtemp(join(tmpdir(), `vernier-${name}-`));
  const browser = await launch({
    browser: name === "chromium" ? "chrome" : "firefox",
    executablePath,
    headless: true,
    userDataDir: profile,
    args: name === "chromium" ? [...chromiumArguments, ...more] : [],
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
