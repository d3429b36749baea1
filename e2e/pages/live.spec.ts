import { startConsole } from "./programs.ts";
import { expect, live, test } from "./watched.ts";
import { startWire } from "./wire.ts";

/** The longest that a screen may pass for live after its server fell silent (R46), and a little for the machine. */
const SILENCE_MS = 6_500;

test("a change of a device reaches the open page without anybody's doing", async ({ page, app, demo }) => {
  await page.goto(app.url);
  await live(page);
  await expect(page.locator("h1")).toContainText(/all .* up/i);
  await demo.control("inject admin-down leaf-1 node-02 CHG-2209 line card swap");
  await expect(page.locator("h1")).toContainText(/1 shut on purpose/i);
  await expect(page.getByText("CHG-2209 line card swap").first()).toBeVisible();
  await demo.control("heal all");
  await expect(page.locator("h1")).toContainText(/all .* up/i, { timeout: 40_000 });
});

test("a killed server turns every page not live within seconds; started again, the page heals by itself", async ({
  page,
  demo,
}) => {
  const own = await startConsole(demo.config);
  try {
    await page.goto(own.url);
    await live(page);
    await own.kill();
    await expect(page.locator("main")).toHaveAttribute("data-live", "false", { timeout: SILENCE_MS });
    await own.restart();
    await expect(page.locator("main")).toHaveAttribute("data-live", "true", { timeout: 30_000 });
    // The new run has another boot id: the page fetched the view anew, and follows it.
    await demo.control("inject admin-down leaf-2 node-02 after the restart");
    await expect(page.getByText("after the restart").first()).toBeVisible({ timeout: 20_000 });
  } finally {
    await own.stop();
  }
});

test("a network cut for a while is told, and afterwards the page has exactly what it missed", async ({
  page,
  app,
  demo,
}) => {
  const wire = await startWire(app.url);
  try {
    await page.goto(wire.url);
    await live(page);
    wire.cut();
    await expect(page.locator("main")).toHaveAttribute("data-live", "false", { timeout: SILENCE_MS });
    await demo.control("inject admin-down leaf-3 node-08 while you were away");
    await page.waitForTimeout(8_000);
    await expect(page.getByText("while you were away")).toHaveCount(0);
    await expect(page.locator("main")).toHaveAttribute("data-live", "false");
    wire.mend();
    await expect(page.locator("main")).toHaveAttribute("data-live", "true", { timeout: 30_000 });
    await expect(page.getByText("while you were away").first()).toBeVisible({ timeout: 5_000 });
  } finally {
    await wire.stop();
  }
});

test("a browser that slept shows nothing as live before the server is heard again", async ({ page, app }) => {
  await page.goto(app.url);
  await live(page);
  // A frozen page runs no timers and reads no stream, as under a closed lid.
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const w = window as unknown as { wokeNotLive?: boolean };
    const main = document.querySelector("main");
    new MutationObserver(() => {
      if (main?.getAttribute("data-live") === "false") w.wokeNotLive = true;
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-live"] });
  });
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await expect(page.locator("main")).toHaveAttribute("data-live", "true", { timeout: 20_000 });
});

test("the page that stays in the background for long is live again at once when looked at", async ({
  page,
  context,
  app,
}) => {
  await page.goto(app.url);
  await live(page);
  const other = await context.newPage();
  await other.goto("about:blank");
  await other.bringToFront();
  await other.waitForTimeout(5_000);
  await page.bringToFront();
  await live(page);
  await other.close();
});
