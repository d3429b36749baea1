import { ringIsSeen, tabTo } from "./focus.ts";
import { startOwnBird } from "./own-bird.ts";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

test("from screen to screen by two keys each, and to any thing by the palette", async ({ page, app }) => {
  await page.goto(app.url);
  await live(page);
  for (const [key, path] of [
    ["s", "/sessions"],
    ["t", "/topology"],
    ["d", "/devices"],
    ["o", "/sources"],
    ["h", "/"],
  ] as const) {
    // A page that has just opened may still be adding keys of its own: who presses too early presses again.
    await expect(async () => {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await expect(page).toHaveURL((url) => url.pathname === path, { timeout: 1_500 });
    }).toPass();
    await live(page);
  }
  const { sessions } = await fabricView(app.url);
  const wanted = sessions.find((row) => row.near.device === "node-03" && row.far.device === "leaf-2");
  const session = `/sessions/${encodeURIComponent(wanted?.id ?? "")}`;
  for (const [text, found, path] of [
    ["leaf-3", "leaf-3", "/devices/leaf-3"],
    [wanted?.id.split("~")[1] ?? "", "node-03", session],
  ] as const) {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.type(text);
    await expect(page.getByRole("option", { selected: true })).toContainText(found);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL((url) => decodeURIComponent(url.pathname) === decodeURIComponent(path));
  }
});

test("a session is found, opened and left again without a mouse", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions`);
  await live(page);
  await page.keyboard.press("/");
  await ringIsSeen(page);
  await page.keyboard.type("node-03 leaf-2");
  await expect(page).toHaveURL(/q=node-03(\+|%20)leaf-2/);
  const grid = page.getByRole("treegrid");
  await expect(grid.getByRole("row").filter({ hasText: "node-03" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/q=/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await ringIsSeen(page);
  await expect(grid.locator("[aria-selected='true']")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/./);
  await expect(page.locator("h1")).toContainText("↔");
  await page.goBack();
  await expect(page).toHaveURL(/\/sessions(\?|$)/);
});

test("the sheet lists the keys, single keys can be switched off, and then do nothing", async ({ page, app }) => {
  await page.goto(app.url);
  await live(page);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("Sessions");
  await expect(sheet).toContainText("Filter this page");
  const off = sheet.getByRole("checkbox").or(sheet.getByRole("switch"));
  await off.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.keyboard.press("/");
  await expect(page).toHaveURL((url) => url.pathname === "/");
  await expect(page.getByLabel("Filter this page")).not.toBeFocused();
});

test("the skip link goes past the frame into the page", async ({ page, app }) => {
  await page.goto(`${app.url}/devices`);
  await live(page);
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to content")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("the palette finds an AS written either way", async ({ page }) => {
  const own = await startOwnBird("r1", [
    { address: "10.0.1.1", asn: 65_546 },
    { address: "10.0.2.1", asn: 65_102 },
  ]);
  try {
    await expect.poll(async () => (await own.sessions()).length, { timeout: 15_000 }).toBe(2);
    const id = (await own.sessions()).find((row) => row.id.includes("10.0.1.1"))?.id ?? "";
    for (const text of ["65546", "1.10"]) {
      await page.goto(own.url);
      await live(page);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.keyboard.type(text);
      await expect(page.getByRole("option", { selected: true })).toContainText("node-1");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL((url) => decodeURIComponent(url.pathname) === `/sessions/${id}`);
    }
  } finally {
    await own.stop();
  }
});

test("arrows, k, Home and End walk the rows, and Back from a session stands on its row again", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/sessions?fold=false`);
  await live(page);
  const grid = page.getByRole("treegrid");
  const at = grid.locator("[aria-selected='true']");
  await tabTo(page, grid);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(at).toHaveAttribute("aria-rowindex", "4");
  await page.keyboard.press("k");
  await expect(at).toHaveAttribute("aria-rowindex", "3");
  await page.keyboard.press("End");
  await expect(at).toHaveAttribute("aria-rowindex", "33");
  await expect(at).toBeInViewport();
  await page.keyboard.press("Home");
  await expect(at).toHaveAttribute("aria-rowindex", "2");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/sel=/);
  const id = await at.getAttribute("data-line");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/./);
  await expect(page.locator("h1")).toContainText("↔");
  // The browser's own Back: headless Chromium hears no Alt and arrow.
  await page.goBack();
  await expect(at).toHaveAttribute("data-line", id ?? "");
  await page.keyboard.press("j");
  await expect(at).toHaveAttribute("aria-rowindex", "4");
});

test("a facet filters, filters out, and its chip is taken away; the focus stays on the page", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions`);
  await live(page);
  const facet = page.getByRole("button", { name: /^r1\D*\d+$/ });
  await tabTo(page, facet);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/q=rack:r1/);
  await expect(facet).toBeFocused();
  await expect(facet).toHaveAttribute("aria-pressed", "true");
  const chip = page.getByRole("button", { name: "Take away rack:r1" });
  await tabTo(page, chip);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByLabel("Filter the sessions")).toBeFocused();
  await facet.focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Filter out r1" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=!rack:r1/);
});

test("columns are chosen and a file saved by keys, and each menu gives the focus back", async ({ page, app }) => {
  await page.goto(`${app.url}/sessions`);
  await live(page);
  const columns = page.getByRole("button", { name: "Columns" });
  await tabTo(page, columns);
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "Columns and height of the rows" });
  await expect(menu).toBeVisible();
  const heads = page.getByRole("columnheader");
  const before = await heads.count();
  const box = menu.getByRole("checkbox", { checked: true, disabled: false }).last();
  const label = (await box.locator("xpath=..").innerText()).trim();
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await expect(heads).toHaveCount(before - 1);
  await expect(page).toHaveURL(/cols=/);
  expect(
    await page.evaluate(() => document.activeElement === document.body),
    `focus lost after unticking ${label}`,
  ).toBe(false);
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(columns).toBeFocused();
  await page.keyboard.press("Tab");
  const save = page.getByRole("button", { name: /^Export 32/ });
  await expect(save).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Save CSV" })).toBeFocused();
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await coming).suggestedFilename()).toMatch(/\.csv$/);
  await expect(save).toBeFocused();
});

test("the evidence of a session is walked by arrows and scrolled by keys", async ({ page, app }) => {
  const row = (await fabricView(app.url)).sessions.find(
    ({ near, far }) => near.device === "node-04" && far.device === "leaf-1",
  );
  await page.goto(`${app.url}/sessions/${encodeURIComponent(row?.id ?? "")}`);
  await live(page);
  const tabs = page.getByRole("tablist", { name: "Evidence" }).getByRole("tab");
  await expect(tabs.nth(1)).toBeVisible();
  await tabTo(page, tabs);
  await page.keyboard.press("ArrowRight");
  await expect(tabs.nth(1)).toBeFocused();
  await expect(tabs.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/evidence=/);
  await tabTo(page, page.getByRole("region", { name: /^Answer of/ }));
});

test("the table of the map is opened, unfolded and followed by keys", async ({ page, app }) => {
  await page.goto(`${app.url}/topology`);
  await live(page);
  await expect(async () => {
    await page.keyboard.press("v");
    await expect(page).toHaveURL(/as=table/, { timeout: 1_500 });
  }).toPass();
  const group = page.getByRole("button", { name: /^\W*Rack r1, / });
  await tabTo(page, group);
  await expect(group).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/./);
});

test("the theme goes round by one key and stays after a reload", async ({ page, app }) => {
  await page.goto(app.url);
  await live(page);
  const html = page.locator("html");
  const button = page.getByRole("button", { name: /^Theme: / });
  await tabTo(page, button);
  const names = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const name = (await button.getAttribute("aria-label")) ?? "";
    names.add(name);
    await page.keyboard.press("Enter");
    await expect(button).not.toHaveAttribute("aria-label", name);
  }
  expect(names.size).toBe(3);
  while (!(await button.getAttribute("aria-label"))?.endsWith("light")) await page.keyboard.press("Enter");
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.reload();
  await live(page);
  await expect(html).toHaveAttribute("data-theme", "light");
});

test("switched off, single keys stay off after a reload; Ctrl-K and the arrows of the list still work", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/sessions`);
  await live(page);
  await page.keyboard.press("?");
  const off = page.getByRole("dialog").getByRole("switch");
  await off.focus();
  await page.keyboard.press("Space");
  await expect(off).toHaveAttribute("aria-checked", "false");
  await page.keyboard.press("Escape");
  await page.reload();
  await live(page);
  for (const key of ["j", "?", "/", "g", "h"]) await page.keyboard.press(key);
  // What comes after them comes only when they have been heard: no time needs to be waited.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL((url) => url.pathname === "/sessions" && !url.search.includes("sel="));
  await expect(page.getByLabel("Filter this page")).not.toBeFocused();
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[aria-selected='true']")).toHaveCount(1);
});

test("dialogs hold the Tab, and Escape gives the focus back to where it was", async ({ page, app }) => {
  await page.goto(app.url);
  await live(page);
  const opener = page.getByRole("button", { name: "Shortcuts", exact: true });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[role='dialog']") !== null)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
});
