import { expect, type Page } from "@playwright/test";

/** The ring is on the focused thing itself, or on the box that it fills. */
export async function ringIsSeen(page: Page): Promise<void> {
  const missing = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "nothing has the focus";
    const ringed = [at, at.closest("search")].some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    return ringed ? "" : `no ring on ${at.outerHTML.slice(0, 160)}`;
  });
  expect(missing).toBe("");
}

/** Presses Tab until `there` has the focus; every stop on the way must be seen. */
export async function tabTo(page: Page, there: ReturnType<Page["locator"]>): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    await ringIsSeen(page);
    if (await there.evaluateAll((all) => all.some((one) => one === document.activeElement))) return;
  }
  throw new Error(`Tab does not reach ${there}`);
}
