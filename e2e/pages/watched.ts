import { test as base, expect, type Page } from "@playwright/test";
import { type ConsoleProgram, type Demo, fabricView, startConsole, startDemo } from "./programs.ts";

export interface Watched {
  readonly demo: Demo;
  readonly app: ConsoleProgram;
}

/** One demo and one console for a worker; every test begins with all healed, and fails on any error in the browser's console. */
export const test = base.extend<{ demo: Demo; app: ConsoleProgram; quiet: undefined }, { watched: Watched }>({
  watched: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const demo = await startDemo("--seed", "7");
      const app = await startConsole(demo.config);
      await expect.poll(async () => notUp(app.url), { timeout: 30_000 }).toEqual([]);
      await use({ demo, app });
      await app.stop();
      await demo.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  demo: async ({ watched }, use) => {
    await use(watched.demo);
    await watched.demo.control("heal all");
    await expect.poll(async () => notUp(watched.app.url), { timeout: 40_000 }).toEqual([]);
  },
  app: async ({ watched }, use) => use(watched.app),
  quiet: [
    async ({ page }, use) => {
      const errors = listenForErrors(page);
      await use(undefined);
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** `inline event handler`: the one violation that a test provokes. */
const EXPECTED = /net::ERR_|Failed to (load|fetch)|EventSource|inline event handler/;

/** Network failures are what some tests cause on purpose; anything else in the console is a fault of the page. */
function listenForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) errors.push(message.text());
  });
  return errors;
}

async function notUp(url: string): Promise<string[]> {
  const { sessions } = await fabricView(url);
  // 24 of nodes and 8 of spines: fewer are still being found.
  if (sessions.length < 32) return [`${sessions.length} of 32 sessions found`];
  return sessions
    .filter((session) => session.status !== "up")
    .map((session) => `${session.id} ${session.status} ${session.cause}`);
}

/** Waits until the page shows the fabric, live. A phone has no room for the word; the mark on `main` is everywhere. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator("main[data-live='true']")).toBeVisible();
  await expect(page.locator("main h1").first()).toBeVisible();
  await expect(page).not.toHaveTitle(/^(Connecting|Not )/);
}
