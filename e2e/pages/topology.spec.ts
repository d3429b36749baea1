import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type Demo, fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });

test("by mouse: what is pressed opens beside the map with its facts and evidence, and closes again", async ({
  page,
  app,
  demo,
}) => {
  await broken(demo, app.url);
  await openMap(page, app.url);
  await pressRack(page);
  const drawer = page.getByRole("complementary").filter({ has: page.getByRole("button", { name: "Close" }) });
  await expect(page).toHaveURL(/focus=/);
  await expect(drawer).toBeVisible();
  await page.goto(`${app.url}/topology?focus=node-03`);
  await expect(drawer.getByRole("heading", { name: "node-03" })).toBeVisible();
  await drawer.getByRole("button", { name: /leaf-2/ }).click();
  await expect(drawer.getByRole("heading", { name: "leaf-2 ↔ node-03" })).toBeVisible();
  await expect(drawer.getByRole("row", { name: /^says/ })).toBeVisible();
  await expect(drawer.getByRole("row", { name: /^AS/ })).toContainText("65203");
  await expect(drawer.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page).not.toHaveURL(/focus=/);
  await page.goBack();
  await expect(drawer.getByRole("heading", { name: "leaf-2 ↔ node-03" })).toBeVisible();
});

test("by keyboard alone: arrows walk and are read out, Enter opens and takes the focus, Escape gives it back", async ({
  page,
  app,
  demo,
}) => {
  await broken(demo, app.url);
  await openMap(page, app.url);
  const map = page.getByRole("application");
  await page.getByRole("button", { name: "Fit the whole fabric" }).focus();
  await page.keyboard.press("Tab");
  await expect(map).toBeFocused();
  await expect(spoken(page, /^spine-1: up/)).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect(spoken(page, /^leaf-\d: /)).toBeAttached();
  await page.keyboard.press("End");
  await expect(spoken(page, /^node-12: /)).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/focus=node-12/);
  const facts = page.getByRole("region", { name: "node-12" });
  await expect(facts).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(facts).toHaveCount(0);
  await expect(map).toBeFocused();
  await page.keyboard.press("v");
  await expect(page).toHaveURL(/as=table/);
});

test("nothing on the map moves when a fault comes and goes", async ({ page, app, demo }) => {
  await openMap(page, app.url);
  // Rack r2 and its leaves are healthy throughout: the right half of the racks' part of the stage.
  const healthy = async () => {
    const box = await page.getByTestId("topology-map").boundingBox();
    if (!box) throw new Error("the map is not drawn");
    return page.screenshot({
      clip: {
        x: box.x + box.width / 2 + 6,
        y: box.y + box.height / 2,
        width: box.width / 2 - 6,
        height: box.height / 2,
      },
    });
  };
  await page.waitForTimeout(800);
  const before = await healthy();
  await broken(demo, app.url);
  await expect(page.locator("h1")).toContainText("1 down");
  await page.waitForTimeout(800);
  expect((await healthy()).equals(before), "the healthy half is drawn as before the fault").toBe(true);
  await demo.control("heal all");
  await expect(page.locator("h1")).toContainText(/all .* up/i, { timeout: 40_000 });
  await page.waitForTimeout(800);
  expect((await healthy()).equals(before), "the healthy half is drawn as before the fault").toBe(true);
});

test("the table has every link of the map, with its state in words", async ({ page, app, demo }) => {
  await broken(demo, app.url);
  await openMap(page, app.url);
  await expect(page.getByRole("application", { name: "Map of 18 devices and 32 links" })).toBeVisible();
  const { sessions } = await fabricView(app.url);
  await page.getByRole("button", { name: "As table" }).click();
  const folded = page.getByRole("button", { expanded: false, name: /\d links/ });
  while ((await folded.count()) > 0) await folded.first().click();
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(32);
  const told = await rows.getByRole("rowheader").allTextContents();
  expect(told.toSorted()).toEqual(sessions.map(({ near, far }) => `${far.device} ↔ ${near.device}`).toSorted());
  await expect(rows.filter({ hasText: "leaf-2 ↔ node-03" })).toContainText("down");
  await expect(rows.filter({ hasText: "leaf-1 ↔ node-02" })).toContainText("shut on purpose");
});

test("the map is saved as a PNG that is named by its time", async ({ page, app }) => {
  await openMap(page, app.url);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a picture" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^fabric-topology-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.png$/);
  const png = readFileSync(await download.path());
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  // Two units a pixel: two racks of 202 and the gap between them, with the margins.
  expect(png.readUInt32BE(16)).toBeGreaterThan(840);
  expect(png.readUInt32BE(16)).toBeLessThan(1_600);
});

test("the address holds the view: overlay, racks and search survive a reload", async ({ page, app }) => {
  await openMap(page, app.url, "?overlay=age&racks=collapsed&q=node-1");
  await expect(page.getByRole("radio", { name: "Age" }).or(page.getByRole("button", { name: "Age" }))).toBeVisible();
  await expect(page.getByText("within an hour")).toBeVisible();
  await expect(page.getByText("3 devices found")).toBeVisible();
  await expect(page.getByRole("button", { name: "Show all nodes" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("3 devices found")).toBeVisible();
});

for (const scheme of ["dark", "light"] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`axe finds nothing beside an open drawer: ${scheme}, ${width} px`, async ({ page, app, demo }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await broken(demo, app.url);
      const { sessions } = await fabricView(app.url);
      const down = sessions.find(({ status }) => status === "down");
      for (const path of ["?focus=node-03", `?focus=${encodeURIComponent(down?.id ?? "")}`, "?focus=rack:r1"]) {
        await page.goto(`${app.url}/topology${path}`);
        await live(page);
        await expect(page.getByRole("button", { name: "Close" })).toBeVisible();
        await page.waitForTimeout(600);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" "))}`)).toEqual([]);
      }
    });
  }
}

/** Two faults in rack r1; rack r2 stays healthy. */
async function broken(demo: Demo, url: string): Promise<void> {
  await demo.control("inject link-down leaf-2 node-03");
  await demo.control("inject admin-down leaf-1 node-02 CHG-2209 line card swap");
  await expect
    .poll(
      async () =>
        (await fabricView(url)).sessions
          .map(({ status }) => status)
          .filter((one) => one !== "up")
          .sort(),
      {
        timeout: 20_000,
      },
    )
    .toEqual(["admin-down", "down"]);
}

async function openMap(page: Page, url: string, query = ""): Promise<void> {
  await page.goto(`${url}/topology${query}`);
  await live(page);
  await page.waitForFunction(() => performance.getEntriesByName("peerglass:topology-painted").length > 0);
}

/** Somewhere on the lower half of the map there is a rack; it is found as a person finds it, by trying. */
async function pressRack(page: Page): Promise<void> {
  const box = await page.getByTestId("topology-map").boundingBox();
  if (!box) throw new Error("the map is not drawn");
  for (let step = 0; step < 12 && !/focus=/.test(page.url()); step += 1) {
    await page.mouse.click(box.x + box.width * (0.3 + step * 0.03), box.y + box.height * 0.8);
    await page.waitForTimeout(150);
  }
}

function spoken(page: Page, words: RegExp) {
  return page.locator("[aria-live]").filter({ hasText: words });
}
