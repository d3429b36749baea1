import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { startOwnBird } from "./own-bird.ts";
import { fabricView, type SessionOfView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

function rows(page: Page) {
  return page
    .getByRole("treegrid")
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
}

async function exported(page: Page, type: "CSV" | "JSON"): Promise<string> {
  await page.getByRole("button", { name: /^Export/ }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: `Save ${type}` }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

async function exportedIds(page: Page): Promise<string[]> {
  const { sessions } = JSON.parse(await exported(page, "JSON")) as { sessions: readonly { id: string }[] };
  return sessions.map(({ id }) => id).sort();
}

const ends = (row: SessionOfView) => [row.near, row.far];
const in29 = (address: string | undefined) => /^10\.20\.0\.[0-7]$/.test(address ?? "");
/** What each filter means, said once more without the console's own code. */
const FILTERS: readonly [string, (row: SessionOfView) => boolean][] = [
  ["state:down", (row) => row.status === "down"],
  ["state:down,admin-down", (row) => row.status === "down" || row.status === "admin-down"],
  ["!state:up", (row) => row.status !== "up"],
  ["rack:r1", (row) => ends(row).some(({ rack }) => rack === "r1")],
  ["!leaf-1", (row) => ends(row).every(({ device }) => device !== "leaf-1")],
  ["as:65102", (row) => ends(row).some(({ asn }) => asn === 65_102)],
  ["10.20.0.0/29", (row) => ends(row).some(({ address }) => in29(address))],
  [
    "rack:r1 !leaf-1 as:65101",
    (row) =>
      ends(row).some(({ rack }) => rack === "r1") &&
      ends(row).every(({ device }) => device !== "leaf-1") &&
      ends(row).some(({ asn }) => asn === 65_101),
  ],
];

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

test("a filter that nothing matches is cleared by key, and the focus stays in the page's main part", async ({
  page,
  app,
}) => {
  for (const path of ["/sessions?q=nobody-is-called-so", "/devices?q=nobody-is-called-so"]) {
    await page.goto(app.url + path);
    const clear = page.getByRole("button", { name: "Clear the filter", exact: true });
    await clear.focus();
    await page.keyboard.press("Enter");
    await expect(clear).toHaveCount(0);
    await expect(page.locator("#main")).toBeFocused();
  }
});

test("what is not there says so, with a way back", async ({ page, app }) => {
  for (const path of ["/sessions/10.9.9.8~10.9.9.9", "/devices/nobody", "/nowhere"]) {
    await page.goto(app.url + path);
    await expect(page.locator("main h1")).toBeVisible();
    await expect(page.locator("main a[href]").first()).toBeVisible();
    await expect(page.locator("main")).toContainText(/no such|no session|no device|not|gone/i);
  }
});

test("every filter of an address lets through what it says and nothing else", async ({ page, app, demo }) => {
  await demo.control("inject kill node-05");
  await demo.control("inject admin-down leaf-1 node-04 CHG-1");
  const wrong = async () =>
    (await (await fabricView(app.url)).sessions)
      .filter(({ status }) => status !== "up")
      .map((row) => row.status)
      .sort();
  await expect.poll(wrong, { timeout: 20_000 }).toEqual(["admin-down", "down", "down"]);
  for (const [q, holds] of FILTERS) {
    const wanted = (await (await fabricView(app.url)).sessions)
      .filter(holds)
      .map(({ id }) => id)
      .sort();
    expect(wanted.length, q).toBeGreaterThan(0);
    await page.goto(`${app.url}/sessions?q=${encodeURIComponent(q)}`);
    await live(page);
    await expect(page.getByText(`${wanted.length} of 32 sessions shown`), q).toBeVisible();
    expect(await exportedIds(page), q).toEqual(wanted);
  }
});

test("a column sorts up, down and not at all; the address holds it, Back undoes it", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions?fold=false&q=kind:node-tor`);
  await live(page);
  const grid = page.getByRole("treegrid");
  const head = grid.getByRole("columnheader").filter({ has: page.getByRole("button", { name: "Node", exact: true }) });
  const first = grid.getByRole("row").nth(1);
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=near/);
  await expect(first).toContainText("node-01");
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(first).toContainText("node-12");
  await page.goBack();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(first).toContainText("node-01");
  await page.goForward();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(first).toContainText("node-12");
  await page.reload();
  await expect(head).toHaveAttribute("aria-sort", "descending");
});

test("sessions of one cause are one row that opens, and can all stand by themselves", async ({ page, app, demo }) => {
  await demo.control("inject kill node-05");
  await page.goto(`${app.url}/sessions?q=state:down`);
  await live(page);
  await expect(page.getByText("2 of 32 sessions shown in 1 row")).toBeVisible({ timeout: 20_000 });
  const fold = page.getByRole("treegrid").locator("[aria-expanded]");
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await fold.getByRole("gridcell").first().click();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText("2 of 32 sessions shown in 3 rows")).toBeVisible();
  await expect(page).toHaveURL(/open=/);
  await page.getByRole("button", { name: "Same cause folded" }).click();
  await expect(page).toHaveURL(/fold=false/);
  await expect(page.getByText(/^2 of 32 sessions shown;/)).toBeVisible();
  await expect(fold).toHaveCount(0);
});

test("an exported cell is never a formula", async ({ page }) => {
  const own = await startOwnBird("=1+1", [{ address: "10.0.1.1", asn: 65_546 }]);
  try {
    await expect.poll(async () => (await own.sessions()).length, { timeout: 15_000 }).toBe(1);
    await page.goto(`${own.url}/sessions`);
    await live(page);
    const csv = await exported(page, "CSV");
    expect(csv).toContain("'=1+1");
    expect(csv.split("\r\n").slice(1).join("\n")).not.toMatch(/(^|,)"?[=+@\t-]/m);
    expect(await exported(page, "JSON")).toContain('"=1+1"');
  } finally {
    await own.stop();
  }
});

test("a press on a row opens its session, and Back stands on the row", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions?q=${encodeURIComponent("node-03 leaf-2")}`);
  await live(page);
  await page.getByRole("treegrid").getByRole("gridcell").first().click();
  await expect(page).toHaveURL(/\/sessions\/./);
  await expect(page.locator("h1")).toContainText("node-03");
  await page.goBack();
  await expect(page.locator("[aria-selected='true']")).toContainText("node-03");
});

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the list is narrowed, a session opened, and Back finds the list as it was", async ({ page, app, demo }) => {
    await demo.control("inject link-down leaf-2 node-03");
    await expect
      .poll(async () => (await (await fabricView(app.url)).sessions).filter(({ status }) => status === "down").length, {
        timeout: 20_000,
      })
      .toBe(1);
    await page.goto(`${app.url}/sessions`);
    await live(page);
    await page.getByRole("button", { name: "Narrow" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^down\D*1$/ })
      .click();
    await page.keyboard.press("Escape");
    await expect(page.getByText(/^1 of 32 sessions shown/)).toBeVisible();
    await page.getByRole("treegrid").getByRole("gridcell").click();
    await expect(page.locator("h1")).toContainText("node-03");
    await page.goBack();
    await expect(page.getByText(/^1 of 32 sessions shown/)).toBeVisible();
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
  });
});
