import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

function rows(page: Page) {
  return page
    .getByRole("treegrid")
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
}

test("a filter stands in the address: the same rows for whoever opens it, and Back takes it away again", async ({
  page,
  context,
  app,
}) => {
  await page.goto(`${app.url}/sessions`);
  await live(page);
  await page.getByRole("button", { name: /^node and ToR/ }).click();
  await expect(page).toHaveURL(/kind/);
  await page.getByLabel("Filter the sessions").fill("kind:node-tor tor:leaf-2 !node-01");
  await expect(page.getByText(/5 of 32 sessions shown/)).toBeVisible();
  await expect(page).toHaveURL(/leaf-2/);
  const copy = await context.newPage();
  await copy.goto(page.url());
  await expect(copy.getByText(/5 of 32 sessions shown/)).toBeVisible();
  expect(await rows(copy).allInnerTexts()).toHaveLength(await rows(page).count());
  await copy.close();
  await page.goto(`${app.url}/sessions?q=${encodeURIComponent("10.20.0.0/29")}`);
  await expect(page.getByText(/4 of 32 sessions shown/)).toBeVisible();
});

test("a word that is not understood is told in words, and hides nothing", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions?q=${encodeURIComponent("colour:red")}`);
  await live(page);
  await expect(page.getByText(/there is no field colour/)).toBeVisible();
  await expect(page.getByText(/32 of 32 sessions shown/)).toBeVisible();
});

test("title, facets and footer count what the API tells", async ({ page, app, demo }) => {
  await demo.control("inject kill node-05");
  await expect
    .poll(async () => (await fabricView(app.url)).sessions.filter(({ status }) => status === "down").length, {
      timeout: 20_000,
    })
    .toBe(2);
  await page.goto(`${app.url}/sessions`);
  await live(page);
  await expect(page.locator("h1")).toContainText("2 down");
  await expect(page.locator("h1")).toContainText("30 up");
  await expect(page.getByRole("button", { name: /^down\D*2$/ })).toBeVisible();
  // Two sessions of one cause are one line until it is opened.
  await expect(page.getByText(/32 of 32 sessions shown in 31 rows/)).toBeVisible();
});

test("an export holds exactly the filtered sessions, as CSV and as JSON", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions?q=${encodeURIComponent("tor:leaf-3 kind:node-tor")}`);
  await live(page);
  for (const type of ["CSV", "JSON"]) {
    await page.getByRole("button", { name: /^Export/ }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menu").or(page.getByRole("dialog")).getByText(type, { exact: false }).first().click();
    const download = await coming;
    const text = readFileSync(await download.path(), "utf8");
    expect(download.suggestedFilename()).toMatch(type === "CSV" ? /\.csv$/ : /\.json$/);
    expect(text.match(/10\.20\.0\.\d+~10\.20\.0\.\d+/g)?.length).toBe(6);
    expect(text).toContain("leaf-3");
    expect(text).not.toContain("leaf-2~");
    await page.keyboard.press("Escape");
  }
});

test("a session's page tells both ends, the ground of its verdict and the devices' own words, and follows", async ({
  page,
  app,
  demo,
}) => {
  const { sessions } = await fabricView(app.url);
  const { id } = sessions.find((row) => row.near.device === "node-04" && row.far.device === "leaf-1") ?? { id: "" };
  await page.goto(`${app.url}/sessions/${encodeURIComponent(id)}`);
  await live(page);
  await expect(page.locator("h1")).toContainText("Up leaf-1 ↔ node-04");
  await expect(page.getByText("Established").first()).toBeVisible();
  await expect(page.getByText(/Neighbor address:/).first()).toBeVisible();
  await demo.control("inject admin-down leaf-1 node-04 CHG-77 swap");
  await expect(page.locator("h1")).toContainText("Shut on purpose leaf-1 ↔ node-04", { timeout: 15_000 });
  await expect(page.getByText(/CHG-77 swap/).first()).toBeVisible();
  await demo.control("heal all");
  await expect(page.locator("h1")).toContainText(/(Up|Back up) leaf-1/, { timeout: 40_000 });
});

test("what is not there says so, with a way back", async ({ page, app }) => {
  for (const path of ["/sessions/10.9.9.8~10.9.9.9", "/devices/nobody", "/nowhere"]) {
    await page.goto(app.url + path);
    await expect(page.locator("main h1")).toBeVisible();
    await expect(page.locator("main a[href]").first()).toBeVisible();
    await expect(page.locator("main")).toContainText(/no such|no session|no device|not|gone/i);
  }
});
