import type { Page } from "@playwright/test";
import { fabricView } from "./programs.ts";
import { expect, live, test } from "./watched.ts";

/** What has the focus must be seen to have it. */
async function focusIsVisible(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "nothing has the focus";
    const shown = [at, at.parentElement, at.closest("search")].some((element) => {
      if (!element) return false;
      return ["", "::after"].some((part) => {
        const style = getComputedStyle(element, part);
        return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
      });
    });
    return shown || at.getAttribute("aria-selected") === "true" ? "" : `no outline on ${at.outerHTML.slice(0, 120)}`;
  });
  expect(seen).toBe("");
}

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
  await focusIsVisible(page);
  await page.keyboard.type("node-03 leaf-2");
  await expect(page).toHaveURL(/q=node-03(\+|%20)leaf-2/);
  const grid = page.getByRole("treegrid");
  await expect(grid.getByRole("row").filter({ hasText: "node-03" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/q=/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await focusIsVisible(page);
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

for (const path of ["/", "/sessions", "/topology?as=table", "/devices", "/sources"]) {
  test(`Tab leads through ${path} and out again, with the focus in sight at each step`, async ({ page, app }) => {
    await page.goto(app.url + path);
    await live(page);
    await page.keyboard.press("Tab");
    await expect(page.getByText("Skip to content")).toBeFocused();
    const met = new Set<string>();
    for (let i = 0; i < 150; i++) {
      const name = await page.evaluate(() => {
        const at = document.activeElement;
        return !at || at === document.body ? "" : at.outerHTML.slice(0, 300);
      });
      if (i > 5 && (name === "" || name.includes("Skip to content"))) return expect(met.size).toBeGreaterThan(8);
      met.add(name);
      await focusIsVisible(page);
      await page.keyboard.press("Tab");
    }
    // A long list: that many stops are reached, and none of them twice in a row.
    expect(met.size).toBeGreaterThan(100);
  });
}
