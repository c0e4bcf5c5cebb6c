import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "./support/browsers.ts";
import { type FileServer, serveFiles } from "./support/file-server.ts";
import { needs } from "./support/needs.ts";
import { vernier } from "./support/program.ts";

for (const name of browserNames) {
  needs(browserPath(name))(`the page of examples/browser in ${name}`, () => {
    let server: FileServer;
    let opened: Awaited<ReturnType<typeof openBrowser>>;
    let page: Page;
    const complaints: string[] = [];
    beforeAll(async () => {
      server = await serveFiles();
      opened = await openBrowser(name);
      page = await opened.browser.newPage();
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(`${server.origin}/examples/browser/index.html`);
      await page.waitForFunction(() => document.querySelectorAll("select[name=model] option").length > 0);
    });
    afterAll(async () => {
      await opened?.close();
      await server?.close();
    });

    const text = (id: string): Promise<string> =>
      page.$eval(`#${id}`, (element) => (element as HTMLElement).textContent ?? "");
    const status = (words: string): Promise<unknown> =>
      page.waitForFunction((part) => document.getElementById("status")?.textContent?.includes(part), {}, words);

    async function start(values: Readonly<Record<string, string>>): Promise<void> {
      await page.evaluate((given) => {
        const { elements } = document.getElementById("search") as HTMLFormElement;
        for (const [field, value] of Object.entries(given))
          (elements.namedItem(field) as HTMLInputElement).value = value;
      }, values);
      await page.click("#start");
    }

    test.each(["1", "2"])("with %s workers a search ends with the command line's digest", async (workers) => {
      await start({ table: "iris", model: "logisticRegression", sampler: "tpe", trials: "15", workers });
      await status("15 trials in");
      const [program, ...args] = (await text("command")).split(" ").slice(1);
      expect(program).toBe("vernier");
      const { stdout } = await vernier([...args, "--json"]);
      const { digest, best } = JSON.parse(stdout) as { digest: string; best: { value: number } };
      expect(await text("digest")).toBe(digest);
      expect(await text("best")).toContain(best.value.toFixed(4));
      expect(await page.$$eval("#chart .trial", (dots) => dots.length)).toBe(15);
      expect(await page.$$eval("#rows tr", (rows) => rows.length)).toBe(5);
    });

    test("a search can be cancelled, and another started", async () => {
      await start({ table: "digits", model: "gradientBoostingClassifier", sampler: "random", trials: "500" });
      await status("of 500 trials");
      expect(await page.$eval("#start", (button) => (button as HTMLButtonElement).disabled)).toBe(true);
      await page.click("#cancel");
      await status("cancelled after");
      expect(await text("digest")).toBe("after the last trial");
      await start({ table: "iris", model: "kNeighborsClassifier", sampler: "qmc", trials: "4" });
      await status("4 trials in");
    });

    test("what is not allowed is refused by the form, or said in the library's words", async () => {
      await start({ table: "iris", sampler: "cmaes", trials: "3", seed: "8e30" });
      expect(await text("status")).toContain("4 trials in");
      await page.$eval("input[name=seed]", (input) => input.removeAttribute("max"));
      await page.click("#start");
      await status('VernierError: "seed": expected a whole number');
      await start({ seed: "7" });
      await status("3 trials in");
      expect(complaints).toEqual([]);
    });
  });
}
